"""What a quantitative result earns by 财预〔2020〕10号: met, full marks; else its share of them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from perfxl.formula.dated import constant
from perfxl.formula.expression import score_expression
from perfxl.formula.shapes import Better, Proportional, Reverse
from perfxl.formula.tree import Literal
from perfxl.model.form import Indicator
from perfxl.model.target import Bound, misses, parse_target
from perfxl.rules.alignment import alignment_of
from perfxl.rules.base import Subject
from perfxl.rules.fields import cap_of
from perfxl.rules.operands import value_of
from perfxl.scheme.model import CustomRows, Standard

TOLERANCE = Decimal("0.1")  # points, as the audit tools of the platform allow
_ACTUAL = "actual"
# A rate of growth or decline may be negative and has no share.
_CHANGE = re.compile("增长|下降|降低|提高|提升|减少|增幅|降幅|变动")
_DURATION = ("天", "日", "小时", "分钟", "个月", "工作日", "个工作日", "周", "秒", "年")


@dataclass(frozen=True, slots=True)
class Earned:
    """What a result that misses its target earns, by the method least and most favourable.

    `reverse` is how a smaller-is-better score falls, None where more is better.
    """

    target: str
    actual: str
    low: Decimal
    high: Decimal
    reverse: Reverse | None


def counted_leaves(subject: Subject) -> list[tuple[Indicator, CustomRows | None]]:
    """The leaves whose results are counted: own ones by completion; all, without a scheme."""
    assert subject.form
    if subject.scheme is None:
        paid = subject.form.fund_block
        leaves = (
            leaf for leaf in subject.form.leaves() if not paid or leaf.score is not paid.score
        )
        return [(leaf, None) for leaf in leaves]
    return [
        (leaf, group.custom)
        for leaf, group in alignment_of(subject).own
        if group.custom and group.custom.by_completion
    ]


def surely_overscored(subject: Subject) -> dict[int, Earned]:
    """The leaves, by `id`, scored above what the scheme's own method gives, with what it gives."""
    found: dict[int, Earned] = {}
    for leaf, rows in counted_leaves(subject):
        score = leaf.score.value
        outcome = earned(leaf, rows, subject.score_decimals) if is_binding(rows) else None
        if isinstance(outcome, Earned) and score is not None and score > outcome.high + TOLERANCE:
            found[id(leaf)] = outcome
    return found


def is_binding(rows: CustomRows | None) -> bool:
    """Whether the method is the scheme's own, printed by its bureau."""
    return rows is not None and rows.standard is Standard.PUBLISHED


def earned(leaf: Indicator, rows: CustomRows | None, decimals: int) -> Earned | str | None:
    """What a leaf earns that misses its target; why that cannot be told; None when nothing is lost.

    Nothing is said of results that are no numbers: those are judged, not counted.
    """
    if leaf.target_value is None or leaf.actual_value is None:
        return None
    target, actual = leaf.target_value.value, leaf.actual_value.value
    bound, reached = parse_target(target), parse_target(actual)
    cap, name = cap_of(leaf), "".join(leaf.path)
    if bound is None or cap is None or cap.value is None:
        return None
    missed = misses(target, actual, name)
    if missed is None or reached is None:
        return "目标值和实际值不能直接相比"
    if not missed:
        return None
    why = _no_share(bound, reached, name)
    if why:
        return why
    step = Decimal(1).scaleb(-reached.decimals) / 2 if reached.unit == "%" else Decimal(0)
    scores = [
        score
        for reverse in _reverses(bound, rows)
        for value in (reached.value - step, reached.value, reached.value + step)
        if (score := _score(bound, value, cap.value, reverse, decimals)) is not None
    ]
    is_reverse = bound.comparator in ("≤", "<")
    reverse = (rows.reverse if rows else Reverse.PLATFORM) if is_reverse else None
    return Earned(target.strip(), actual.strip(), min(scores), max(scores), reverse)


def _no_share(bound: Bound, reached: Bound, name: str) -> str:
    """Why a missed target has no share that could be computed; "" when it has one."""
    if bound.value <= 0:
        return "目标值为零或负数，不能按比例算"
    if reached.value < 0:
        return "实际值为负数，不能按比例算"
    if bound.unit in _DURATION:
        return "时限类指标，不能按比例算"
    if bound.unit == "%" and _CHANGE.search(name):
        return "增长、下降类比率，不能按比例算"
    if bound.unit != reached.unit and "%" in (bound.unit, reached.unit):
        return "单位不同，不能按比例算"
    return ""


def _reverses(bound: Bound, rows: CustomRows | None) -> tuple[Reverse, ...]:
    """The methods that may apply; both where no scheme says which."""
    if bound.comparator not in ("≤", "<") or rows is not None:
        return (rows.reverse if rows else Reverse.PLATFORM,)
    return tuple(Reverse)


def _score(
    bound: Bound, actual: Decimal, cap: Decimal, reverse: Reverse, decimals: int
) -> Decimal | None:
    better = Better.LOWER if bound.comparator in ("≤", "<") else Better.HIGHER
    shape = Proportional(_ACTUAL, constant(bound.value), better, reverse)
    expression = score_expression(shape, Literal(cap), decimals=decimals)
    assert expression is not None
    score = value_of(expression, {_ACTUAL: actual})
    return score if isinstance(score, Decimal) else None
