"""Numbers typed over the formulas of our template."""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.number import Number
from perfxl.rules.base import Subject
from perfxl.rules.operands import Operand, figures_of
from perfxl.rules.recompute import Outcome, Recomputed
from perfxl.scheme.model import Measure

_RATE_TOLERANCE = Decimal("0.00005")  # half of the last place that a rate of 0.00% shows


_FORMULAS_UNSEEN = "FL210"  # the remark on a file of the old format


def shows_formulas(subject: Subject) -> bool:
    """Whether it is a template of ours in a format whose formulas are read."""
    is_old = any(remark.code == _FORMULAS_UNSEEN for remark in subject.remarks)
    return subject.returned.is_template and not is_old


def is_typed_over(subject: Subject, outcome: Outcome) -> bool:
    """Whether a score that our template computes was typed and is not what it would be."""
    return (
        shows_formulas(subject)
        and isinstance(outcome, Recomputed)
        and outcome.is_certain
        and outcome.leaf.score.formula is None
        and (outcome.is_above or outcome.is_below)
    )


def measures_typed_over(subject: Subject) -> Iterator[tuple[Measure, Number, Operand]]:
    """Measures of our template that hold a typed number, the cell, and what they would be."""
    figures = figures_of(subject) if shows_formulas(subject) else None
    for measure in figures.scheme.measures if figures else ():
        cell = subject.returned.measures.get(measure.key)
        if figures is None or cell is None or cell.formula is not None or cell.value is None:
            continue
        computed = figures.computed(measure)
        right = computed.value if computed else None
        if computed and isinstance(right, Decimal) and abs(cell.value - right) > _RATE_TOLERANCE:
            yield measure, cell, computed
