"""回收情况: what came of each unit, and how far each district has got."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.batch.model import Collection, Received, ReturnState, UnitOutcome
from perfxl.batch.summary.counted import rate_of
from perfxl.batch.summary.table import Column, Kind, Source, Table, Value

_FROM_REGISTER = {"register": "回收登记", "zip": "压缩包内时间", "file": "文件时间"}
_HOW = {
    "register": "回收登记",
    "stamp": "表内标记",
    "unit": "表内单位名称",
    "path": "文件名或文件夹名",
    "": "未认出",
}
NOT_DUE = (ReturnState.EXEMPT, ReturnState.MERGED)
CAME = (ReturnState.RECEIVED, ReturnState.LATE)
NO_DISTRICT = "（未填）"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a district, or the whole round, has got."""

    district: str
    states: Counter[ReturnState]

    @property
    def units(self) -> int:
        """All units."""
        return self.states.total()

    @property
    def due(self) -> int:
        """Units that have to file themselves."""
        return self.units - sum(self.states[state] for state in NOT_DUE)

    @property
    def came(self) -> int:
        """Units whose return counts, late ones included."""
        return sum(self.states[state] for state in CAME)

    @property
    def rate(self) -> Decimal | None:
        """Returns that count ÷ due; None with nothing due."""
        return rate_of(Decimal(self.came), Decimal(self.due))


def progress(outcomes: Sequence[UnitOutcome]) -> list[Progress]:
    """By district in order of first sight."""
    found: dict[str, Counter[ReturnState]] = {}
    for outcome in outcomes:
        district = outcome.unit.district or NO_DISTRICT
        found.setdefault(district, Counter())[outcome.state] += 1
    return [Progress(district, states) for district, states in found.items()]


def whole(outcomes: Sequence[UnitOutcome]) -> Progress:
    """Of all units together."""
    return Progress("合计", Counter(outcome.state for outcome in outcomes))


def district_table(collection: Collection) -> Table:
    """区县进度: a line per district and the sum of all, states that occur only."""
    outcomes = collection.outcomes
    states = [s for s in ReturnState if any(o.state is s for o in outcomes)]
    table = Table(
        "区县进度",
        (
            Column("区县", 18),
            Column("单位数", 9, Kind.COUNT),
            Column("应报", 9, Kind.COUNT),
            *(
                Column(state.value, max(9.0, len(state.value) * 2.2), Kind.COUNT)
                for state in states
            ),
            Column("回收率", 10, Kind.RATE),
        ),
        frozen=1,
        note="应报不含免报、合并上报；回收率＝（已报＋迟报）÷应报",
    )
    for line in (*progress(outcomes), whole(outcomes)):
        counts = (line.states[state] for state in states)
        table.add([line.district, line.units, line.due, *counts, line.rate])
    return table


def returns_table(collection: Collection) -> Table:
    """回收情况: a line per unit, which return counts and why."""
    table = Table(
        "回收情况",
        (
            Column("单位代码", 14, Kind.CENTER),
            Column("单位名称", 26),
            Column("区县", 12),
            Column("状态", 11, Kind.CENTER),
            Column("是否迟报", 9, Kind.CENTER),
            Column("收到日期", 12, Kind.DATE),
            Column("日期出处", 12, Kind.CENTER),
            Column("报次", 8, Kind.CENTER),
            Column("计入的文件", 38),
            Column("怎样认出", 16),
            Column("未计入的文件", 9, Kind.COUNT),
            Column("单位说明", 9, Kind.COUNT),
            Column("说明", 40),
        ),
        frozen=2,
        note=f"截至{collection.as_of}",
    )
    for outcome in collection.outcomes:
        unit, chosen = outcome.unit, outcome.chosen
        table.add(
            [
                unit.code,
                unit.name,
                unit.district or None,
                outcome.state.value,
                _late_text(outcome),
                *(_told(chosen) if chosen else (None,) * 5),
                len(outcome.others),
                chosen.answers if chosen else None,
                outcome.why or None,
            ],
            {8: Source(chosen.path, chosen.member, "", "")} if chosen else None,
        )
    return table


def _late_text(outcome: UnitOutcome) -> str | None:
    """迟报 of a return that came too late, 逾期 while the day is past and nothing counts."""
    if not outcome.is_late:
        return None
    return "迟报" if outcome.chosen else "逾期"


def _told(chosen: Received) -> list[Value]:
    return [
        chosen.received,
        _FROM_REGISTER.get(chosen.dated_by, chosen.dated_by) or None,
        resubmission_text(chosen.resubmission),
        chosen.shown,
        _HOW.get(chosen.how, chosen.how),
    ]


def resubmission_text(number: int) -> str:
    """初报, 复报1, 复报2 …."""
    return f"复报{number}" if number else "初报"


def other_files_table(collection: Collection) -> Table:
    """未计入文件: every file that came and does not count, and why."""
    table = Table(
        "未计入文件",
        (
            Column("文件", 46),
            Column("单位代码", 14, Kind.CENTER),
            Column("单位名称", 26),
            Column("报次", 8, Kind.CENTER),
            Column("收到日期", 12, Kind.DATE),
            Column("为什么没有计入", 50),
        ),
        frozen=1,
    )
    for outcome in collection.outcomes:
        for other in outcome.others:
            table.add(
                [
                    other.shown,
                    outcome.unit.code,
                    outcome.unit.name,
                    resubmission_text(other.resubmission),
                    other.received,
                    _why_not(other, outcome, is_scan=_is_scan(other, collection)),
                ],
                {0: Source(other.path, other.member, "", "")},
            )
    for stranger in collection.strangers:
        why = stranger.remark or "认不出是哪个单位的表"
        table.add(
            [stranger.shown, stranger.code or None, None, None, stranger.received, why],
            {0: Source(stranger.path, stranger.member, "", "")},
        )
    for kind, count in passed_over(collection):
        table.add([f"{kind}{count}个", None, None, None, None, "不是电子表格"])
    return table


def passed_over(collection: Collection) -> list[tuple[str, int]]:
    """What is no return, by kind; without the scans that are told with their units."""
    scans = Counter(
        other.remark
        for outcome in collection.outcomes
        for other in outcome.others
        if _is_scan(other, collection)
    )
    left = ((kind, count - scans[kind]) for kind, count in collection.passed_over)
    return [(kind, count) for kind, count in left if count > 0]


def _is_scan(other: Received, collection: Collection) -> bool:
    return not other.sha256 and other.remark in dict(collection.passed_over)


def _why_not(other: Received, outcome: UnitOutcome, *, is_scan: bool) -> str:
    if other.is_copy_of:
        return f"与{other.is_copy_of}内容相同"
    remark = f"{other.remark}，不是电子表格" if is_scan else other.remark
    why = f"计入的是{outcome.chosen.shown}" if outcome.chosen else outcome.why or "待人工选定"
    return "；".join([*(part for part in remark.split("；") if part not in why), why])
