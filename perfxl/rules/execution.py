"""The points of the funds block by every basis on which its execution rate may rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfxl.formula.evaluate import Value
from perfxl.formula.expression import ratio, score_expression
from perfxl.formula.shapes import Proportional, Shape, is_manual, operands
from perfxl.formula.tree import Literal, Name
from perfxl.model.address import Place
from perfxl.model.form import FundBlock
from perfxl.model.number import Number
from perfxl.rules.alignment import alignment_of
from perfxl.rules.base import Subject
from perfxl.rules.money import last_place
from perfxl.rules.operands import value_of

_BASES = (("budget", "按全年预算数，"), ("initial_budget", "按年初预算数，"))
_RATE, _SPENT, _PLANNED = "rate", "spent", "planned"


@dataclass(frozen=True, slots=True)
class ExecutionScore:
    """The points by one basis; `low` and `high` differ where only a printed rate is known."""

    basis: str
    rate: Decimal
    cells: tuple[Place, ...]
    score: Decimal
    low: Decimal
    high: Decimal


def execution_scores(
    subject: Subject, block: FundBlock, cap: Decimal
) -> tuple[list[ExecutionScore], bool | None]:
    """What each basis gives, by amounts before the printed rate, and whether the method binds.

    The second is None where the scheme knows the indicator but not its standard.
    """
    shape, is_binding = _standard(subject, block)
    if shape is None:
        return [], None
    key = next(iter(operands(shape)))
    expression = score_expression(shape, Literal(cap), decimals=subject.score_decimals)

    def score(rate: Decimal) -> Decimal | None:
        value = value_of(expression, {key: rate}) if expression is not None else None
        return value if isinstance(value, Decimal) else None

    rates = list(_rates(block))
    found = []
    for basis, rate, slack, cells in rates:
        scores = [score(rate - slack), score(rate), score(rate + 2 * slack)]
        known = [one for one in scores if one is not None]
        if scores[1] is not None:
            found.append(ExecutionScore(basis, rate, cells, scores[1], min(known), max(known)))
    return found, is_binding


def _standard(subject: Subject, block: FundBlock) -> tuple[Shape | None, bool]:
    """The shape that the scheme gives the rate's indicator, the usual one without a scheme."""
    usual = Proportional(_RATE)
    if subject.scheme is None:
        return usual, False
    alignment = alignment_of(subject)
    pairs = (*alignment.leaves, *alignment.renamed)
    wanted = next((w for leaf, w in pairs if leaf.score is block.score), None)
    if wanted is None:
        return usual, False
    scoring = wanted.scoring
    if scoring is None or is_manual(scoring.shape) or len(set(operands(scoring.shape))) != 1:
        return None, False
    return scoring.shape, scoring.is_published


def _rates(block: FundBlock) -> Iterator[tuple[str, Decimal, Decimal, tuple[Place, ...]]]:
    """Basis, rate, half a printed unit, cells."""
    spent = block.total.amounts.get("executed")
    has_amounts = False
    for column, basis in _BASES:
        planned = block.total.amounts.get(column)
        rate = _quotient(spent, planned)
        if rate is not None and spent and planned:
            has_amounts = True
            yield basis, rate, Decimal(0), (spent.place, planned.place)
    printed = block.rate
    if has_amounts or printed is None or printed.value is None:
        return
    value, unit = printed.value, last_place(printed)
    if printed.unit == "%":
        unit = Decimal("0.01") * _last_of(printed.raw)
    elif value > 2:  # percent points under a heading that says %
        value, unit = value / 100, unit / 100
    yield "按表上的执行率，", value, unit / 2, (printed.place,)


def _quotient(spent: Number | None, planned: Number | None) -> Decimal | None:
    values: dict[str, Value] = {
        _SPENT: spent.value if spent else None,
        _PLANNED: planned.value if planned else None,
    }
    above, below = Name(_SPENT), Name(_PLANNED)
    rate = value_of(ratio(above, below, (above, below)), values)
    return rate if isinstance(rate, Decimal) and rate >= 0 else None


def _last_of(raw: str) -> Decimal:
    digits = raw.strip().rstrip("%％").partition(".")[2]
    return Decimal(1).scaleb(-len(digits))
