"""The formulas that a table of constants or blanks should hold: subtotals, total, rate, grade."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.formula.tree import Binary, Call, Literal, Node, Reference
from perfxl.model.address import Area, Place, from_a1
from perfxl.model.form import FundBlock, Indicator, SelfEvaluationForm
from perfxl.model.grade import GradeBand, grade_for
from perfxl.model.number import Number, NumberKind, round_half_up
from perfxl.model.sums import score_sum
from perfxl.scheme.model import Scheme

_RATE_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class ClosingFormula:
    """A formula for a cell: what it is called, its expression, its value, and what stands there.

    `trouble` says why it cannot be put in place ("" when it can): then nothing is written.
    """

    place: Place
    label: str
    expression: Node
    value: Decimal | str
    stands: str
    trouble: str = ""


def closing_formulas(form: SelfEvaluationForm, scheme: Scheme | None) -> Iterator[ClosingFormula]:
    """What the table's own cells leave to a person's arithmetic; cells with a formula are left.

    A constant that is what the formula gives may be replaced; one that differs is for a person
    to decide on.
    """
    decimals = scheme.score_decimals if scheme else 2
    for group in form.groups():
        if group.subtotal is not None:
            label = f"“{group.path[-1]}”小计"
            yield from _sum(group.subtotal, label, list(group.leaves()), decimals)
    if form.fund_block is not None:
        yield from _rate(form.fund_block)
    total = form.total
    if total is None:
        return
    yield from _sum(total.score, "总分", list(form.leaves()), decimals)
    yield from _grade(form, scheme, decimals)


def _sum(
    target: Number, label: str, leaves: Sequence[Indicator], decimals: int
) -> Iterator[ClosingFormula]:
    if target.formula is not None or not leaves:
        return
    value = score_sum(leaves, decimals)
    if value is None:
        return
    typed = [x.score for x in leaves if x.score.kind is NumberKind.TEXT_NUMBER]
    trouble = (
        f"{typed[0].place.cell}的“{typed[0].raw}”是文本，公式加不进去；请先改成数字"
        if typed
        else ""
    )
    expression: Node = Call("SUM", tuple(_areas(x.score.place for x in leaves)))
    expression = Call("ROUND", (expression, Literal(Decimal(decimals))))
    yield ClosingFormula(target.place, label, expression, value, target.raw, trouble)


def _areas(places: Iterable[Place]) -> Iterator[Reference]:
    """Cells as the fewest areas: runs of one column joined."""
    cells = sorted(from_a1(place.cell)[::-1] for place in places)
    start = end = cells[0]
    for column, row in cells[1:]:
        if (column, row) == (end[0], end[1] + 1):
            end = (column, row)
            continue
        yield Reference(None, Area(start[1], start[0], end[1], end[0]))
        start = end = (column, row)
    yield Reference(None, Area(start[1], start[0], end[1], end[0]))


def _rate(funds: FundBlock) -> Iterator[ClosingFormula]:
    rate = funds.rate
    budget = funds.total.amounts.get("budget") or funds.total.amounts.get("initial_budget")
    executed = funds.total.amounts.get("executed")
    if rate is None or rate.formula is not None or budget is None or executed is None:
        return
    if budget.value is None or executed.value is None or not budget.value:
        return
    # As a fraction, or as percents where the cell holds such a number already.
    whole = Decimal(100) if rate.value is not None and rate.value > 2 and rate.unit != "%" else 1
    value = round_half_up(executed.value / budget.value * whole, _RATE_DECIMALS)
    quotient: Node = Binary("/", _cell(executed.place), _cell(budget.place))
    if whole != 1:
        quotient = Binary("*", quotient, Literal(Decimal(100)))
    expression = Call("ROUND", (quotient, Literal(Decimal(_RATE_DECIMALS))))
    yield ClosingFormula(rate.place, "预算执行率", expression, value, rate.raw)


def _grade(
    form: SelfEvaluationForm, scheme: Scheme | None, decimals: int
) -> Iterator[ClosingFormula]:
    """The grade by the bands known, where its cell is blank or holds nothing but a grade."""
    field, total = form.grade, form.total
    bands = scheme.bands if scheme else field.printed_bands if field else ()
    if field is None or total is None or not bands:
        return
    score = score_sum(form.leaves(), decimals)
    raw = field.raw.strip()
    if score is None or (raw and [raw] != [grade.value for grade in field.stated]):
        return
    expression = _grade_expression(_cell(total.score.place), bands)
    yield ClosingFormula(field.place, "评价等级", expression, grade_for(score, bands).value, raw)


def _grade_expression(total: Node, bands: Sequence[GradeBand]) -> Node:
    *better, last = bands
    expression: Node = Literal(last.grade.value)
    for band in reversed(better):
        test = Binary(">=", total, Literal(band.lower))
        expression = Call("IF", (test, Literal(band.grade.value), expression))
    return expression


def _cell(place: Place) -> Reference:
    row, column = from_a1(place.cell)
    return Reference(None, Area(row, column, row, column))
