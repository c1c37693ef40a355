"""The ledger of one indicator: its score, the standard, and the figures that the standard reads."""

from dataclasses import dataclass, replace
from decimal import Decimal

from perfxl.engine.ledger.cells import Tracer
from perfxl.engine.ledger.entry import Entry, Footing, Kind, Reason
from perfxl.engine.ledger.operands import Operands, with_missing
from perfxl.engine.ledger.replay import settled
from perfxl.engine.ledger.results import completion_entry
from perfxl.engine.ledger.worked import worked
from perfxl.formula.expression import ratio, score_expression
from perfxl.formula.shapes import Proportional, Shape, is_manual, operands
from perfxl.formula.standard_sentence import standard_sentence
from perfxl.formula.terms import Term, Terms
from perfxl.formula.tree import Literal, Name
from perfxl.model.form import FundBlock, Indicator, Text
from perfxl.model.number import Number, NumberKind, plain
from perfxl.model.sums import lost_by
from perfxl.rules.alignment import alignment_of
from perfxl.rules.base import Subject
from perfxl.rules.completion import counted_leaves
from perfxl.rules.fields import cap_of, is_blank_text
from perfxl.rules.operands import figures_of
from perfxl.rules.recompute import Recomputed, recompute
from perfxl.scheme.model import CustomRows, SchemeIndicator, Scoring, Standard
from perfxl.scheme.pairing import name_key

_FOOTINGS = {
    Standard.PUBLISHED: Footing.PUBLISHED,
    Standard.DERIVED: Footing.DERIVED,
    Standard.BORROWED: Footing.BORROWED,
}
_LONGEST_REASON = 200
_BASES = (("budget", "全年预算数"), ("initial_budget", "年初预算数"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the scheme says of a row: its indicator, or the group of own rows it stands in."""

    indicator: SchemeIndicator | None = None
    rows: CustomRows | None = None
    is_counted: bool = False  # its result is counted against its target


class Scores:
    """Ledgers of the indicators of one form."""

    def __init__(self, subject: Subject, tracer: Tracer | None = None) -> None:
        self._subject = subject
        self._tracer = tracer
        figures = figures_of(subject)
        self._operands = Operands(figures, tracer) if figures else None
        self._wanted = _wanted(subject)

    def entry(self, leaf: Indicator, key: str) -> Entry:
        """The ledger of a leaf's score; `key` is what the sum above calls it."""
        cap = cap_of(leaf)
        entry = Entry(
            Kind.SCORE,
            key,
            _called(leaf),
            path=leaf.path,
            unit="分",
            place=leaf.score.place,
            stated=leaf.score.value,
            raw=leaf.score.raw,
            max_score=cap.value if cap else None,
            remark=unread(leaf.score) or _why_lost(leaf),
        )
        wanted = self._wanted.get(id(leaf), Wanted())
        scoring = wanted.indicator.scoring if wanted.indicator else None
        if scoring is not None and not is_manual(scoring.shape):
            assert wanted.indicator
            return self._by_standard(entry, leaf, wanted.indicator, scoring)
        funds = self._subject.form.fund_block if self._subject.form else None
        if funds is not None and leaf.score is funds.score and scoring is None:
            return self._by_rate(entry, funds)
        if wanted.is_counted:
            decimals = self._subject.score_decimals
            counted = completion_entry(entry, leaf, wanted.rows, decimals)
            if counted is not None:
                return counted
        return self._judged(entry, leaf, scoring, wanted.rows)

    def _by_standard(
        self, entry: Entry, leaf: Indicator, wanted: SchemeIndicator, scoring: Scoring
    ) -> Entry:
        assert self._operands
        full = entry.max_score if entry.max_score is not None else wanted.max_score
        keys = list(dict.fromkeys(operands(scoring.shape)))
        below = self._operands.entries(keys, leaf if len(keys) == 1 else None)
        terms = {child.key: Term(child.label, child.unit) for child in below}
        said = self._sentence(scoring.shape, full, terms)
        entry = replace(
            entry,
            reason=Reason(said, _FOOTINGS[scoring.standard], scoring.source),
            children=below,
        )
        if full is None:
            return replace(entry, obstacle="分值未填")
        entry = self._scored(entry, scoring.shape, full)
        if wanted.max_score is not None and wanted.max_score != full:
            other = f"方案的分值是{plain(wanted.max_score)}，表上是{plain(full)}"
            entry = replace(entry, remark="；".join(filter(None, (other, entry.remark))))
        return replace(entry, span=self._span(leaf, wanted))

    def _scored(self, entry: Entry, shape: Shape, full: Decimal) -> Entry:
        year = self._year
        expression = score_expression(
            shape, Literal(full), decimals=self._subject.score_decimals, year=year
        )
        entry = with_missing(settled(replace(entry, expression=expression)), "不在标准的任何一档内")
        return replace(entry, worked=worked(entry))

    def _span(self, leaf: Indicator, wanted: SchemeIndicator) -> tuple[Decimal, Decimal] | None:
        """What the score may be while its operands are only known as printed."""
        assert self._operands
        if leaf.score.value is None:
            return None
        found = recompute(self._operands.figures, leaf, wanted)
        return (found.low, found.high) if isinstance(found, Recomputed) else None

    def _by_rate(self, entry: Entry, funds: FundBlock) -> Entry:
        """预算执行率 of the funds block where no scheme says how it is scored."""
        shape = Proportional("rate")
        entry = replace(
            entry,
            reason=Reason(
                self._sentence(shape, entry.max_score, {"rate": Term("预算执行率", "%")}),
                Footing.USUAL,
                "财预〔2020〕10号",
            ),
        )
        if entry.max_score is None:
            return replace(entry, obstacle="分值未填")
        tried = [
            self._scored(replace(entry, children=(rate,)), shape, entry.max_score)
            for rate in self._rates(funds)
        ]
        fits = [one for one in tried if one.computed is not None and one.difference is None]
        return next(iter([*fits, *tried]), replace(entry, missing=("预算数", "执行数")))

    def _rates(self, funds: FundBlock) -> list[Entry]:
        """The execution rate by each basis that the block has, else as it is printed."""
        spent = funds.total.amounts.get("executed")
        found = []
        for column, name in _BASES:
            planned = funds.total.amounts.get(column)
            if spent is None or planned is None or spent.value is None or planned.value is None:
                continue
            above, below = Name("executed"), Name(column)
            entry = Entry(
                Kind.MEASURE,
                "rate",
                "预算执行率",
                unit="%",
                reason=Reason(f"预算执行率＝全年执行数÷{name}", Footing.FORMULA),
                expression=ratio(above, below, (above, below)),
                children=(
                    self._amount("executed", "全年执行数", spent, funds),
                    self._amount(column, name, planned, funds),
                ),
            )
            entry = with_missing(settled(entry), "预算数为0，算不出")
            found.append(replace(entry, worked=worked(entry)))
        if not found and funds.rate is not None and funds.rate.value is not None:
            value = funds.rate.value
            value = value / 100 if value > 2 else value  # percent points under a heading with %
            found.append(
                Entry(Kind.MEASURE, "rate", "预算执行率", unit="%", place=funds.rate.place,
                      stated=value, raw=funds.rate.raw, remark="表上填的数，按此计算")
            )  # fmt: skip
        return found

    def _amount(self, key: str, name: str, number: Number, funds: FundBlock) -> Entry:
        entry = Entry(Kind.INPUT, key, name, unit=funds.unit, place=number.place,
                      stated=number.value, raw=number.raw)  # fmt: skip
        return self._tracer.trace(entry) if self._tracer else entry

    def _judged(
        self, entry: Entry, leaf: Indicator, scoring: Scoring | None, rows: CustomRows | None
    ) -> Entry:
        """A score that a person gives: with what the form and the scheme say of how."""
        facts = (*_facts(leaf), *self._measures(leaf))
        printed = leaf.scoring_criteria.value if leaf.scoring_criteria else ""
        if scoring is not None:
            said = self._sentence(scoring.shape, entry.max_score, {})
            reason = Reason(said, Footing.JUDGED, scoring.source)
            if printed.strip():
                reason = replace(reason, sentence=f"{said}；表上印的：{_one_line(printed)}")
        elif printed.strip():
            reason = Reason(_one_line(printed), Footing.PRINTED)
        else:
            reason = Reason("没有可以复算的标准，由人评定", Footing.JUDGED,
                            rows.source if rows else "")  # fmt: skip
        entry = replace(entry, reason=reason, children=facts)
        if not facts and self._tracer and not self._subject.returned.is_template:
            return self._tracer.trace(entry)
        return entry

    def _measures(self, leaf: Indicator) -> tuple[Entry, ...]:
        """The rate that the indicator is named after: no score by itself, but what to judge by."""
        if self._operands is None:
            return ()
        key = name_key(leaf.path[-1])
        named = (
            measure.key
            for measure in self._operands.figures.scheme.measures
            if key in map(name_key, (measure.name, *measure.aliases))
        )
        found = self._operands.entries(list(named), None)
        return tuple(entry for entry in found if entry.value is not None)

    def _sentence(self, shape: Shape, cap: Decimal | None, terms: Terms) -> str:
        return standard_sentence(
            shape, cap, terms, decimals=self._subject.score_decimals, year=self._year
        )

    @property
    def _year(self) -> int | None:
        stated = self._subject.returned.year
        if stated is not None and stated.value.isdecimal():
            return int(stated.value)
        return self._subject.scheme.year if self._subject.scheme else None


def _wanted(subject: Subject) -> dict[int, Wanted]:
    """By the identity of a leaf."""
    found: dict[int, Wanted] = {}
    if subject.scheme is not None:
        alignment = alignment_of(subject)
        for leaf, indicator in (*alignment.leaves, *alignment.renamed):
            found[id(leaf)] = Wanted(indicator)
        for leaf, group in alignment.own:
            found[id(leaf)] = Wanted(rows=group.custom)
    for leaf, rows in counted_leaves(subject):
        found[id(leaf)] = Wanted(rows=rows, is_counted=True)
    return found


def _facts(leaf: Indicator) -> list[Entry]:
    """Target and actual value as texts, where the row states them."""
    pairs: tuple[tuple[str, str, Text | None], ...] = (
        ("target", "目标值", leaf.target_value),
        ("actual", "实际完成值", leaf.actual_value),
    )
    return [
        Entry(Kind.INPUT, key, name, place=text.place, stated=text.value, raw=text.value)
        for key, name, text in pairs
        if text is not None and text.value.strip()
    ]


def _why_lost(leaf: Indicator) -> str:
    """The unit's own reason, where points are lost and one is given."""
    reason = leaf.shortfall_reason.value if leaf.shortfall_reason else ""
    if lost_by(leaf) is None or is_blank_text(reason):
        return ""
    text = _one_line(reason)
    return f"未达标原因：{text if len(text) <= _LONGEST_REASON else text[:_LONGEST_REASON] + '…'}"


def unread(number: Number) -> str:
    """Why a cell gives no number; "" where it gives one."""
    if number.value is not None:
        return ""
    match number.kind:
        case NumberKind.BLANK:
            return "未填"
        case NumberKind.UNKNOWN:
            return "公式未能算出"
        case NumberKind.ERROR:
            return f"错误值{number.raw}"
        case NumberKind.MERGED:
            return "几项合在一格里"
    return f"“{_one_line(number.raw)[:20]}”不是数字"


def _called(leaf: Indicator) -> str:
    name = _one_line(leaf.path[-1] if leaf.path else leaf.name.value)
    return f"{name}（第{leaf.part}项）" if leaf.part else name


def _one_line(text: str) -> str:
    return " ".join(text.split())
