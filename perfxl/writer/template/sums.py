"""Sums of scores as the scheme counts rows that do not apply; `model/counting.py` counts alike."""

from collections.abc import Callable, Iterator

from perfxl.formula.tree import Reference
from perfxl.model.address import Area
from perfxl.model.counting import NotApplicable
from perfxl.writer.template.places import LeafRow
from perfxl.writer.template.plan import Plan

WORD = "不适用"

Say = Callable[[Reference], str]
"""How a reference is written: as formulas of its own sheet do, or of others."""


def has_exempt(plan: Plan) -> bool:
    """Whether any row may say that it does not apply."""
    return any(leaf.may_be_not_applicable for leaf in plan.score.leaves)


def subtotal_text(plan: Plan, first: int, last: int, say: Say) -> str:
    """The sum of a group's scores, rounded; "" while none is there."""
    scores = say(_column(plan.score.scores, first, last))
    known = f"COUNT({scores})"
    if has_exempt(plan):
        known += f'+COUNTIF({scores},"{WORD}")'
    return f'IF({known}=0,"",{_rounded(plan, _sum(plan, first, last, say))})'


def total_text(plan: Plan, say: Say) -> str:
    """The sum of all scores, rounded; "" while none is there."""
    return f'IF(COUNT({say(plan.score.scores)})=0,"",{_rounded(plan, whole_sum(plan, say))})'


def _rounded(plan: Plan, text: str) -> str:
    """Rounded; "" where all that a group has does not apply, and nothing is left to go by."""
    rounded = f"ROUND({text},{plan.scheme.score_decimals})"
    return f'IFERROR({rounded},"")' if has_exempt(plan) else rounded


def _sum(
    plan: Plan, first: int, last: int, say: Say, points: Callable[[Area], Reference] | None = None
) -> str:
    """The sum of the scores of some rows; an error where nothing is left to go by."""
    here = points or (lambda area: Reference(plan.score.sheet, area))
    rows = _column(plan.score.scores, first, last)
    sum_ = f"SUM({say(here(rows.area))})"
    match plan.scheme.not_applicable if has_exempt(plan) else None:
        case NotApplicable.FULL:
            return f"{sum_}+{_exempt(plan, first, last, say)}"
        case NotApplicable.WITHIN_LEVEL2:
            for top, end in _families(plan, first, last):
                exempt, left = _exempt(plan, top, end, say), _left(plan, top, end, say)
                own = f"SUM({say(here(_column(plan.score.scores, top, end).area))})"
                sum_ += f"+IF({exempt}=0,0,{own}*{exempt}/{left})"
    return sum_


def whole_sum(plan: Plan, say: Say, points: Callable[[Area], Reference] | None = None) -> str:
    """The sum of all scores before it is rounded, rescaled where the scheme has it so.

    Args:
        plan: the workbook.
        say: how references are written.
        points: where the points of rows are taken from, 得分 itself when None.
    """
    area = plan.score.scores.area
    sum_ = _sum(plan, area.top, area.bottom, say, points)
    if plan.scheme.not_applicable is not NotApplicable.RESCALE_100 or not has_exempt(plan):
        return sum_
    exempt = _exempt(plan, area.top, area.bottom, say)
    left = _left(plan, area.top, area.bottom, say)
    return f"IF({exempt}=0,{sum_},{sum_}*{say(plan.score.total_cap)}/{left})"


def full_text(plan: Plan, first: int, last: int, cap: str, say: Say) -> str:
    """What a group's sum is measured by: its cap, less what does not count where it is left out."""
    if plan.scheme.not_applicable is not NotApplicable.RESCALE_100 or not has_exempt(plan):
        return cap
    return f"({cap}-{_exempt(plan, first, last, say)})"


def _column(column: Reference, first: int, last: int) -> Reference:
    area = column.area
    return Reference(column.sheet, Area(first, area.left, last, area.right))


def _exempt(plan: Plan, first: int, last: int, say: Say) -> str:
    """The caps of rows that do not apply."""
    scores, caps = (_column(x, first, last) for x in (plan.score.scores, plan.score.caps))
    return f'SUMIF({say(scores)},"{WORD}",{say(caps)})'


def _left(plan: Plan, first: int, last: int, say: Say) -> str:
    """The caps of the others."""
    return f"(SUM({say(_column(plan.score.caps, first, last))})-{_exempt(plan, first, last, say)})"


def _families(plan: Plan, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The rows right under one group, where any of them need not apply."""
    families: dict[tuple[str, ...], list[LeafRow]] = {}
    for leaf in plan.score.leaves:
        if leaf.indicator is not None and first <= leaf.row <= last:
            families.setdefault(leaf.path[:-1], []).append(leaf)
    for rows in families.values():
        if any(leaf.may_be_not_applicable for leaf in rows):
            yield rows[0].row, rows[-1].row
