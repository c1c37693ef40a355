"""A score that is the completion of a result: met, full marks; else the share of its target."""

from dataclasses import replace
from decimal import Decimal

from perfxl.engine.ledger.entry import Entry, Footing, Kind, Reason
from perfxl.engine.ledger.operands import with_missing
from perfxl.engine.ledger.replay import settled
from perfxl.engine.ledger.worked import worked
from perfxl.formula.expression import score_expression
from perfxl.formula.shapes import Better, Proportional, Reverse
from perfxl.formula.standard_sentence import standard_sentence
from perfxl.formula.terms import Term
from perfxl.formula.tree import Literal
from perfxl.model.form import Indicator, Text
from perfxl.model.target import Bound, misses, parse_target
from perfxl.rules.completion import TOLERANCE, Earned, earned, is_binding
from perfxl.scheme.model import CustomRows

_SOURCE = "财预〔2020〕10号"


def completion_entry(
    entry: Entry, leaf: Indicator, rows: CustomRows | None, decimals: int
) -> Entry | None:
    """The score's ledger; None where target and actual value are no two numbers to compare."""
    target, actual = leaf.target_value, leaf.actual_value
    if target is None or actual is None or entry.max_score is None:
        return None
    bound, reached = parse_target(target.value), parse_target(actual.value)
    missed = misses(target.value, actual.value, "".join(leaf.path))
    if bound is None or reached is None or missed is None:
        return None
    children = (_result("actual", "实际完成值", actual, reached),
                _result("target", "目标值", target, bound))  # fmt: skip
    is_lower = bound.comparator in ("≤", "<")
    reverse = rows.reverse if rows else Reverse.PLATFORM
    shape = Proportional("actual", "target", Better.LOWER if is_lower else Better.HIGHER, reverse)
    terms = {child.key: Term(child.label, child.unit) for child in children}
    said = standard_sentence(shape, entry.max_score, terms, decimals=decimals)
    footing = Footing.PUBLISHED if is_binding(rows) else Footing.USUAL
    source = rows.source if rows and rows.source else _SOURCE
    entry = replace(entry, reason=Reason(said, footing, source), children=children)
    told = earned(leaf, rows, decimals)
    if isinstance(told, str):
        return replace(entry, obstacle=told)
    if missed is False and not _is_met(bound, reached):
        return replace(entry, obstacle="实际值和目标值的写法不同，不能直接按比例算")
    expression = score_expression(shape, Literal(entry.max_score), decimals=decimals)
    entry = with_missing(settled(replace(entry, expression=expression)), "算不出")
    return replace(entry, worked=worked(entry), span=_span(entry, told))


def _span(entry: Entry, told: Earned | None) -> tuple[Decimal, Decimal] | None:
    """What the printed places leave open, and what the audit tools of the platform allow."""
    if not isinstance(entry.computed, Decimal):
        return None
    low = min(entry.computed, told.low) if told else entry.computed
    high = max(entry.computed, told.high) if told else entry.computed
    return low - TOLERANCE, high + TOLERANCE


def _is_met(bound: Bound, reached: Bound) -> bool:
    wanted, got = _plain(bound), _plain(reached)
    return got <= wanted if bound.comparator in ("≤", "<") else got >= wanted


def _result(key: str, name: str, text: Text, bound: Bound) -> Entry:
    return Entry(
        Kind.INPUT,
        key,
        name,
        unit=bound.unit,
        place=text.place,
        stated=_plain(bound),
        raw=text.value,
    )


def _plain(bound: Bound) -> Decimal:
    """The number; a percentage as a fraction."""
    return bound.value / 100 if bound.unit == "%" else bound.value
