"""What is wrong in scoring standards: tiers with holes, points that do not reach the cap."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from perfxl.formula.dated import Dated
from perfxl.formula.shapes import (
    Checklist,
    DeductPerStep,
    Level,
    Manual,
    MeanCompletion,
    Pace,
    Proportional,
    Shape,
    Sum,
    Tier,
    Tiers,
    ZeroIf,
)
from perfxl.model.number import plain
from perfxl.scheme.model import Scheme, Standard


def lint_standards(scheme: Scheme) -> Iterator[str]:
    """The faults of all standards as Chinese sentences."""
    for leaf in scheme.leaves():
        if leaf.scoring is None:
            continue
        where = f"“{leaf.name}”" if not leaf.part else f"“{leaf.name}”（{leaf.part}）"
        told = dict.fromkeys(
            problem
            for year in _years(leaf.scoring.shape)
            for problem in lint_shape(leaf.scoring.shape, leaf.max_score, year)
        )
        yield from (f"{where}：{problem}" for problem in told)
        if leaf.scoring.standard is not Standard.PUBLISHED and not leaf.scoring.source:
            yield f"{where}：标准是推得或借用的，应在 source 写明出处"
    for group in scheme.groups():
        if group.custom is None:
            continue
        yield from (f"“{group.name}”：{problem}" for problem in _levels(group.custom.levels))
        if group.custom.standard is not Standard.PUBLISHED and not group.custom.source:
            yield f"“{group.name}”：标准是推得或借用的，应在 source 写明出处"


def lint_shape(  # noqa: C901 - one flat case for each shape
    shape: Shape, cap: Decimal | None, year: int | None
) -> Iterator[str]:
    """The faults of one standard in one year.

    Args:
        shape: the standard.
        cap: full marks, or None where units set them.
        year: the evaluation year, for parameters that changed.
    """
    match shape:
        case Tiers():
            yield from _tiers(shape, cap, year)
        case DeductPerStep():
            yield from _deduction(shape, cap, year)
        case Checklist():
            yield from _checklist(shape, cap, year)
        case Pace():
            yield from _pace(shape, cap, year)
        case Proportional():
            if isinstance(shape.target, Dated) and shape.target.at(year) < 0:
                yield f"target 是{plain(shape.target.at(year))}，应不小于0"
        case ZeroIf():
            yield from lint_shape(shape.otherwise, cap, year)
        case Manual():
            yield from _levels(shape.levels)
        case Sum():
            yield from _sum(shape, cap, year)
        case MeanCompletion():
            pass  # always within the cap


def _tiers(shape: Tiers, cap: Decimal | None, year: int | None) -> Iterator[str]:
    for tier in shape.tiers:
        lower, upper = _bounds(tier, year)
        is_point = tier.has_lower and tier.has_upper and lower == upper
        if lower is not None and upper is not None and lower >= upper and not is_point:
            yield f"档次{_range(tier, year)}是空的，下限应小于上限"
        if tier.score.at(year) < 0:
            yield f"档次{_range(tier, year)}得{plain(tier.score.at(year))}分，应不小于0"
    ordered = sorted(shape.tiers, key=lambda tier: _sort_key(tier, year))
    lowest, highest = ordered[0], ordered[-1]
    if lowest.lower is not None and (lowest.lower.at(year) > 0 or not lowest.has_lower):
        yield f"{plain(lowest.lower.at(year))}以下没有档次"
    if highest.upper is not None:
        yield f"{plain(highest.upper.at(year))}以上没有档次"
    for below, above in pairwise(ordered):
        yield from _seam(below, above, year)
    best = max(tier.score.at(year) for tier in shape.tiers)
    yield from _reaches(best, cap, "最高一档")


def _seam(below: Tier, above: Tier, year: int | None) -> Iterator[str]:
    """What is wrong where two neighbouring tiers meet."""
    end, start = _bounds(below, year)[1], _bounds(above, year)[0]
    ranges = f"{_range(below, year)}和{_range(above, year)}"
    if end is None or start is None or end > start:
        yield f"档次{ranges}重叠"
    elif end < start:
        yield f"{plain(end)}至{plain(start)}之间没有档次"
    elif below.has_upper and above.has_lower:
        yield f"档次{ranges}都含{plain(end)}"
    elif not below.has_upper and not above.has_lower:
        yield f"{plain(end)}不在任何档次"


def _deduction(shape: DeductPerStep, cap: Decimal | None, year: int | None) -> Iterator[str]:
    step, lost = shape.step.at(year), shape.per_step.at(year)
    if step <= 0:
        yield f"step 是{plain(step)}，应大于0"
    if lost <= 0:
        yield f"per_step 是{plain(lost)}，应大于0"
    elif cap is not None and lost > cap:
        yield f"每步扣{plain(lost)}分，超过分值{plain(cap)}"


def _checklist(shape: Checklist, cap: Decimal | None, year: int | None) -> Iterator[str]:
    best = Decimal(0)
    for item in shape.items:
        scores = [option.score.at(year) for option in item.options]
        if min(scores) < 0:
            yield f"{item.key} 有答案得{plain(min(scores))}分，应不小于0"
        answers = [option.answer for option in item.options]
        if len(set(answers)) < len(answers):
            yield f"{item.key} 的答案重复"
        best += max(scores)
    yield from _reaches(best, cap, "各题最高分合计")


def _pace(shape: Pace, cap: Decimal | None, year: int | None) -> Iterator[str]:
    for pace in shape.paces:
        if pace.at(year) <= 0:
            yield f"序时进度是{plain(pace.at(year))}，应大于0"
    whole = sum((weight.at(year) for weight in shape.weights), shape.mean_weight.at(year))
    yield from _reaches(whole, cap, "weights 与 mean_weight 合计")


def _sum(shape: Sum, cap: Decimal | None, year: int | None) -> Iterator[str]:
    whole = sum((part.max_score.at(year) for part in shape.parts), Decimal(0))
    yield from _reaches(whole, cap, "各部分合计")
    for part in shape.parts:
        for problem in lint_shape(part.shape, part.max_score.at(year), year):
            yield f"{part.name}：{problem}"


def _levels(levels: Sequence[Level]) -> Iterator[str]:
    if not levels:
        return
    if levels[0].upper != 1:
        yield f"最高一档“{levels[0].name}”的 upper 应为1"
    if levels[-1].lower != 0:
        yield f"最低一档“{levels[-1].name}”的 lower 应为0"
    for level in levels:
        if level.lower >= level.upper:
            yield f"“{level.name}”的 lower 应小于 upper"
    for better, worse in pairwise(levels):
        if better.lower != worse.upper:
            yield f"“{better.name}”和“{worse.name}”没有相接，应从高到低排列"


def _reaches(best: Decimal, cap: Decimal | None, what: str) -> Iterator[str]:
    if cap is not None and best != cap:
        yield f"{what}{plain(best)}分，分值是{plain(cap)}，应相等"


def _bounds(tier: Tier, year: int | None) -> tuple[Decimal | None, Decimal | None]:
    lower = None if tier.lower is None else tier.lower.at(year)
    return lower, None if tier.upper is None else tier.upper.at(year)


def _sort_key(tier: Tier, year: int | None) -> tuple[bool, Decimal, bool]:
    lower = _bounds(tier, year)[0]
    return lower is not None, lower or Decimal(0), not tier.has_lower


def _range(tier: Tier, year: int | None) -> str:
    lower, upper = _bounds(tier, year)
    left = "(" if lower is None or not tier.has_lower else "["
    right = "]" if upper is not None and tier.has_upper else ")"
    low = "" if lower is None else plain(lower)
    return f"{left}{low}，{'' if upper is None else plain(upper)}{right}"


def _years(shape: Shape) -> list[int | None]:
    """Every year from which a parameter has another value; None where none changes."""
    years = sorted({first for dated in _dated(shape) for first, _ in dated.steps if first})
    return list(years) or [None]


def _dated(shape: Shape) -> Iterator[Dated]:  # noqa: C901 - one flat case for each shape
    match shape:
        case Proportional():
            if isinstance(shape.target, Dated):
                yield shape.target
        case Tiers():
            for tier in shape.tiers:
                yield from (x for x in (tier.score, tier.lower, tier.upper) if x is not None)
        case DeductPerStep():
            yield from (shape.threshold, shape.step, shape.per_step)
        case Checklist():
            yield from (option.score for item in shape.items for option in item.options)
        case Pace():
            yield from (*shape.paces, *shape.weights, shape.mean_weight)
        case ZeroIf():
            yield from filter(None, [shape.over])
            yield from _dated(shape.otherwise)
        case Sum():
            for part in shape.parts:
                yield part.max_score
                yield from _dated(part.shape)
        case _:
            return
