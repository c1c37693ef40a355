"""The formulas that a table of constants or blanks should hold: subtotals, total, rate, grade."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfxl.formula.tree import Binary, Call, Literal, Node, Reference
from perfxl.model.address import Area, Place, from_a1
from perfxl.model.form import FundBlock, Indicator, SelfEvaluationForm
from perfxl.model.grade import GradeBand, grade_for
from perfxl.model.number import Number, NumberKind, plain, round_half_up
from perfxl.model.sums import exact_sum, is_addable, kept
from perfxl.rules.fund_rate import fund_rate
from perfxl.rules.funds import column_title
from perfxl.scheme.counted import awaits_rows, counting_of
from perfxl.scheme.grading import bands_for
from perfxl.scheme.model import Scheme

_RATE_DECIMALS = 4  # of a rate as a fraction
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class ClosingFormula:
    """A formula for a cell: what it is called, its expression, its value, and what stands there.

    `agrees`: the constant there says the same, as exactly as it is written. `trouble` says why the
    formula cannot be put in place ("" when it can): then nothing is written. `note` says what a
    person should know of it.
    """

    place: Place
    label: str
    expression: Node
    value: Decimal | str
    stands: str
    agrees: bool = False
    trouble: str = ""
    note: str = ""


def closing_formulas(
    form: SelfEvaluationForm, scheme: Scheme | None, *, overwrite: bool = False
) -> Iterator[ClosingFormula]:
    """What the table's own cells leave to a person's arithmetic; cells with a formula are left.

    A constant that is what the formula gives may be replaced; one that differs is for a person
    to decide on, or is to be replaced too (`overwrite`): the grade goes by what the total will be.
    """
    decimals = scheme.score_decimals if scheme else 2
    counting = counting_of(form, scheme)
    for group in form.groups():
        if group.subtotal is not None:
            label, leaves = f"“{group.path[-1]}”小计", list(group.leaves())
            sums = counting.sums(leaves, decimals)
            yield from _sum(group.subtotal, label, leaves, sums and sums[0], decimals)
    if form.fund_block is not None:
        yield from _rate(form.fund_block)
    if form.total is None:
        return
    score = form.total.score
    found = list(_sum(score, "总分", list(form.leaves()), counting.total, decimals))
    if form.total.label.place == score.place:
        why = "总分和文字写在同一格，写公式会把文字盖住"
        found = [replace(one, trouble=why) for one in found]
    yield from found
    settled = score.value
    if found:
        is_written = not found[0].trouble and (not score.raw or found[0].agrees or overwrite)
        settled = counting.total if is_written else None
    yield from _grade(form, scheme, settled)


def _sum(
    target: Number,
    label: str,
    leaves: Sequence[Indicator],
    value: Decimal | None,
    decimals: int,
) -> Iterator[ClosingFormula]:
    """The sum of some scores; `value` is what they count, None where that is not known."""
    if target.formula is not None or not leaves:
        return
    if all(leaf.score.kind is NumberKind.BLANK for leaf in leaves):
        trouble = "得分都还空着"
    else:
        trouble = _why_no_sum(leaves, value, decimals)
    expression: Node = Call("SUM", tuple(_areas(x.score.place for x in leaves)))
    expression = Call("ROUND", (expression, Literal(Decimal(decimals))))
    agrees = value is not None and target.value is not None and target.value == value
    yield ClosingFormula(
        target.place, label, expression, value or Decimal(0), target.raw, agrees, trouble
    )


def _why_no_sum(leaves: Sequence[Indicator], value: Decimal | None, decimals: int) -> str:
    """Why a SUM would not give what the scores count; "" where it does."""
    scores = [leaf.score for leaf in leaves]
    typed = [score for score in scores if score.kind is NumberKind.TEXT_NUMBER]
    if typed:
        return f"{_cells(typed)}的“{typed[0].raw}”是文本，公式加不进去；请先改成数字"
    strange = [score for score in scores if not is_addable(score)]
    if strange:
        said = f"写的是“{strange[0].raw}”，" if strange[0].raw else ""
        return f"{_cells(strange)}{said}不是能相加的数；请先改好"
    if value is None:
        return "各项得分怎样相加还不能确定"
    added = kept(exact_sum(leaves), decimals)
    if added == value:
        return ""
    if any(leaf.adjustment for leaf in leaves):
        return (
            f"加分、扣分计入后为{plain(value)}，直接相加为{plain(added)}；扣分请填负数，限额请核对"
        )
    fine = [
        one for one in scores if one.value is not None and one.value != kept(one.value, decimals)
    ]
    return (
        f"{_cells(fine)}多于{decimals}位小数：先舍入再相加为{plain(value)}，"
        f"直接相加为{plain(added)}；请先改成{decimals}位小数"
    )


def _cells(numbers: Sequence[Number]) -> str:
    shown = "、".join(number.place.cell for number in numbers[:_MOST_NAMED])
    return shown if len(numbers) <= _MOST_NAMED else f"{shown}等{len(numbers)}格"


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
    """The execution rate: a fraction, or percent points where the cell holds such a number."""
    rate, amounts = funds.rate, funds.total.amounts
    basis = "budget" if "budget" in amounts else "initial_budget"
    budget, executed = amounts.get(basis), amounts.get("executed")
    if rate is None or rate.formula is not None or budget is None or executed is None:
        return
    if budget.value is None or executed.value is None:
        return
    is_points = rate.value is not None and rate.unit != "%" and rate.value > 2
    quotient: Node = Binary("/", _cell(executed.place), _cell(budget.place))
    if is_points:
        quotient = Binary("*", quotient, Literal(Decimal(100)))
    decimals = _RATE_DECIMALS - 2 if is_points else _RATE_DECIMALS
    expression = Call("ROUND", (quotient, Literal(Decimal(decimals))))
    texts = [n for n in (rate, budget, executed) if n.kind is NumberKind.TEXT_NUMBER]
    value, trouble, agrees = Decimal(0), "", False
    if not budget.value:
        trouble = f"{budget.place.cell}的预算数为0，不能算执行率"
    else:
        whole = 100 if is_points else 1
        value = round_half_up(executed.value / budget.value * whole, decimals)
        stated = fund_rate(funds)
        agrees = stated is not None and column_title(funds, basis) in stated.fitting
    if texts:
        trouble = f"{_cells(texts)}的“{texts[0].raw}”是文本；请先改成数字"
    yield ClosingFormula(rate.place, "预算执行率", expression, value, rate.raw, agrees, trouble)


def _grade(
    form: SelfEvaluationForm, scheme: Scheme | None, total: Decimal | None
) -> Iterator[ClosingFormula]:
    """The grade by the bands known, where its cell is blank or holds nothing but a grade.

    `total` is what the total's cell holds in the end, None while that is open.
    """
    field = form.grade
    bands = bands_for(scheme, form)
    if field is None or form.total is None or not bands or total is None:
        return
    if awaits_rows(form, scheme):
        return
    raw = field.raw.strip()
    if raw and [raw] != [grade.value for grade in field.stated]:
        return
    expression = _grade_expression(_cell(form.total.score.place), bands)
    value = grade_for(total, bands).value
    is_assumed = scheme is not None and scheme.bands_assumed
    note = "等级划分暂按通行划分，请核实" if is_assumed else ""
    yield ClosingFormula(field.place, "评价等级", expression, value, raw, raw == value, note=note)


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
