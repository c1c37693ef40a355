"""What the dashboard shows, as plain texts and lengths: the page's template only lays them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.batch.advice.advise import advise
from perfxl.batch.advice.model import Advised
from perfxl.batch.dashboard.heat import HeatView, heat_view
from perfxl.batch.dashboard.units import UnitView, unit_views
from perfxl.batch.model import Collection, ReturnState
from perfxl.batch.summary.counted import Counted, counted
from perfxl.batch.summary.faults import answered, told_entries
from perfxl.batch.summary.grades import grades_table, mean
from perfxl.batch.summary.progress import Progress, progress, whole
from perfxl.batch.summary.shortfalls import standings
from perfxl.batch.summary.slim import slim
from perfxl.model.finding import Severity
from perfxl.model.number import plain, round_half_up, shown
from perfxl.render.wording import percent_text

_TOP = 10
_MAX_ADVICE = 30
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: its class, what it is, how many, and where it lies from 0 to 100."""

    kind: str
    label: str
    count: int
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class DistrictView:
    """How far a district has got."""

    name: str
    due: int
    came: int
    rate: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class GradeView:
    """A grade with how many tables have it; the lengths of its two bars from 0 to 100."""

    name: str
    stated: int
    computed: int
    stated_width: str
    computed_width: str


@dataclass(frozen=True, slots=True)
class TopView:
    """An indicator that fell short, with the length of its bar."""

    name: str
    losers: int
    units: int
    share: str
    lost_rate: str
    width: str


@dataclass(frozen=True, slots=True)
class AdviceView:
    """A piece of advice; `units` are numbers and names of those that the page tells of."""

    title: str
    code: str
    message: str
    units: tuple[tuple[int, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class DashboardView:
    """The page."""

    title: str
    verdict: str
    stamp: str
    cards: tuple[tuple[str, str, str], ...]  # name, figure, remark
    states: tuple[tuple[str, str, int], ...]  # key, label, units
    whole: DistrictView
    districts: tuple[DistrictView, ...]
    grades: tuple[GradeView, ...]
    top: tuple[TopView, ...]
    heat: HeatView
    advice: tuple[AdviceView, ...]
    advice_more: int
    units: tuple[UnitView, ...]


def dashboard_view(collection: Collection, advised: Advised | None = None) -> DashboardView:
    """The page of a round, with the advice on it (by default found here); contacts stay out."""
    round_ = slim(collection)
    tables = counted(round_)
    all_of = whole(round_.outcomes)
    numbers = {o.unit.code: n for n, o in enumerate(round_.outcomes, 1)}
    advice = (advised or advise(tables)).advice
    one = round_.round
    doc = f"{one.notice}{one.doc_no}｜" if one and (one.notice or one.doc_no) else ""
    scheme = f"｜评分方案 {round_.scheme_id}" if round_.scheme_id else ""
    districts = progress(round_.outcomes)
    return DashboardView(
        title=f"{one.year}年度绩效自评报送看板" if one else "绩效自评报送看板",
        verdict=_verdict(all_of, len(round_.strangers)),
        stamp=f"{doc}截至{round_.as_of}{scheme}",
        cards=_cards(round_, tables, len(advice)),
        states=tuple(
            (state.name.lower(), state.value, all_of.states[state])
            for state in ReturnState
            if all_of.states[state]
        ),
        whole=_district(all_of),
        districts=tuple(map(_district, districts)) if len(districts) > 1 else (),
        grades=_grades(round_),
        top=_top(tables),
        heat=heat_view(tables, numbers),
        advice=tuple(
            AdviceView(
                each.title,
                each.code,
                each.message,
                tuple((numbers[c], n) for c, n in zip(each.codes, each.units, strict=True))[
                    :_NAMED
                ],
                max(0, len(each.units) - _NAMED),
            )
            for each in advice[:_MAX_ADVICE]
        ),
        advice_more=max(0, len(advice) - _MAX_ADVICE),
        units=unit_views(round_),
    )


def _verdict(all_of: Progress, strangers: int) -> str:
    rate = "" if all_of.rate is None else f"，回收率{percent_text(all_of.rate)}"
    left = all_of.due - all_of.came
    tail = f"；还有{left}家没有可计入的表" if left else "；全部报齐"
    tail += f"；另有{strangers}份文件认不出是哪家的，没有计入" if strangers else ""
    return f"应报{all_of.due}家，已报{all_of.came}家{rate}{tail}"


def _cards(
    round_: Collection, tables: Sequence[Counted], advice: int
) -> tuple[tuple[str, str, str], ...]:
    all_of = whole(round_.outcomes)
    rates = [one.rate for one in tables if one.rate is not None]
    average = mean(rates)
    checked = [list(told_entries([outcome])) for outcome in round_.outcomes]
    counts = {s: sum(e.count(s) for entries in checked for e in entries) for s in Severity}
    wrong = sum(any(e.count(Severity.ERROR) for e in entries) for entries in checked)
    unknown = len(tables) - len(rates)
    told = sum(map(answered, checked))
    notices = f"提示{counts[Severity.NOTICE]}处"
    return (
        (
            "回收率",
            "—" if all_of.rate is None else percent_text(all_of.rate),
            f"{all_of.came}/{all_of.due}家，迟报{all_of.states[ReturnState.LATE]}家",
        ),
        (
            "平均得分率",
            "—" if average is None else percent_text(average),
            f"{len(rates)}张表" + (f"，另有{unknown}张算不出，没有计入" if unknown else ""),
        ),
        ("必改", str(counts[Severity.ERROR]), f"涉及{wrong}家"),
        (
            "请核实",
            str(counts[Severity.VERIFY]),
            f"其中{told}处已有单位说明；{notices}" if told else notices,
        ),
        ("抽查建议", str(advice), "只供参考，不是错误"),
    )


def _district(one: Progress) -> DistrictView:
    segments = []
    start = Decimal(0)
    for state in ReturnState:
        count = one.states[state]
        if not count:
            continue
        width = Decimal(count) * 100 / one.units
        segments.append(
            Segment(state.name.lower(), state.value, count, _length(start), _length(width))
        )
        start += width
    rate = "—" if one.rate is None else percent_text(one.rate)
    return DistrictView(one.district, one.due, one.came, rate, tuple(segments))


def _length(value: Decimal) -> str:
    return plain(round_half_up(value, 2))


def _grades(collection: Collection) -> tuple[GradeView, ...]:
    rows = [(str(name), int(str(a)), int(str(b))) for name, a, b in grades_table(collection).rows]
    most = max((max(a, b) for _, a, b in rows), default=0) or 1
    return tuple(
        GradeView(name, a, b, _length(Decimal(a) * 100 / most), _length(Decimal(b) * 100 / most))
        for name, a, b in rows
    )


def _top(tables: Sequence[Counted]) -> tuple[TopView, ...]:
    return tuple(
        TopView(
            "·".join(each.path),
            len(each.losers),
            each.units,
            "" if each.share is None else percent_text(each.share),
            f"失{shown(each.lost)}分，失分率{percent_text(each.lost_rate or Decimal(0))}",
            _length((each.share or Decimal(0)) * 100),
        )
        for each in standings(tables)[:_TOP]
        if each.losers
    )
