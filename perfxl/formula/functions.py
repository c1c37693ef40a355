"""The functions that are computed here; all others make a cell unknown, never zero."""

from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Protocol

from perfxl.formula.coerce import (
    ARITHMETIC,
    DIV0,
    VALUE,
    ZERO,
    Trouble,
    Unknown,
    Value,
    finite,
    shown,
    to_number,
    to_truth,
)
from perfxl.formula.tree import CellError, Node


class Context(Protocol):
    """What a function needs of the evaluation that calls it."""

    def value(self, node: Node) -> Value:
        """The value of an argument."""

    def members(self, node: Node) -> Iterable[Value] | None:
        """The non-blank cells of an argument that refers to cells, else None."""

    def listed(self, node: Node, *, with_hidden: bool) -> Iterable[Value] | None:
        """`members` as SUBTOTAL sees them: without other subtotals and without hidden rows.

        With `with_hidden` rows that were hidden by hand count; those that a filter hides never
        do, and the file does not say which is which.
        """


Arguments = tuple[Node, ...]
Function = Callable[[Context, Arguments], Value]

_BAD_ARGUMENTS = Unknown("参数个数不对的公式")


def _numbers(context: Context, arguments: Arguments) -> Iterator[Decimal | Trouble]:
    """Numbers as SUM takes them: from cells only true numbers, from typed arguments also "3"."""
    for argument in arguments:
        members = context.members(argument)
        if members is None:
            yield to_number(context.value(argument))
            continue
        for value in members:
            if isinstance(value, Decimal | CellError | Unknown):
                yield value


def _collect(context: Context, arguments: Arguments) -> list[Decimal] | Trouble:
    """All numbers, or what keeps them from being known; an unknown weighs more than an error."""
    numbers: list[Decimal] = []
    error: CellError | None = None
    for number in _numbers(context, arguments):
        if isinstance(number, Unknown):
            return number
        if isinstance(number, CellError):
            error = error or number
        else:
            numbers.append(number)
    return error or numbers


def _total(numbers: list[Decimal]) -> Decimal:
    total = ZERO
    for number in numbers:
        total = ARITHMETIC.add(total, number)
    return total


def _aggregate(reduce: Callable[[list[Decimal]], Value]) -> Function:
    def function(context: Context, arguments: Arguments) -> Value:
        numbers = _collect(context, arguments)
        return reduce(numbers) if isinstance(numbers, list) else numbers

    return function


def _average(numbers: list[Decimal]) -> Value:
    return ARITHMETIC.divide(_total(numbers), Decimal(len(numbers))) if numbers else DIV0


def _count(context: Context, arguments: Arguments) -> Value:
    count = 0
    for number in _numbers(context, arguments):
        if isinstance(number, Unknown):
            return number
        count += isinstance(number, Decimal)
    return Decimal(count)


def _count_filled(context: Context, arguments: Arguments) -> Value:
    count = 0
    for argument in arguments:
        members = context.members(argument)
        for value in (context.value(argument),) if members is None else members:
            if isinstance(value, Unknown):
                return value
            count += 1
    return Decimal(count)


def _if(context: Context, arguments: Arguments) -> Value:
    if not 2 <= len(arguments) <= 3:
        return _BAD_ARGUMENTS
    truth = to_truth(context.value(arguments[0]))
    if not isinstance(truth, bool):
        return truth
    if not truth and len(arguments) == 2:
        return False
    value = context.value(arguments[1 if truth else 2])
    return ZERO if value is None else value


def _if_error(context: Context, arguments: Arguments) -> Value:
    if len(arguments) != 2:
        return _BAD_ARGUMENTS
    value = context.value(arguments[0])
    if isinstance(value, CellError):
        value = context.value(arguments[1])
    return ZERO if value is None else value


def _truths(context: Context, arguments: Arguments) -> list[bool] | Trouble:
    """Truth values as AND takes them: texts in cells are skipped, typed ones are not."""
    truths: list[bool] = []
    for argument in arguments:
        members = context.members(argument)
        values = (context.value(argument),) if members is None else members
        for value in values:
            if members is not None and isinstance(value, str):
                continue
            truth = to_truth(value)
            if not isinstance(truth, bool):
                return truth
            truths.append(truth)
    return truths or VALUE


def _logical(decide: Callable[[Iterable[bool]], bool]) -> Function:
    def function(context: Context, arguments: Arguments) -> Value:
        truths = _truths(context, arguments)
        return decide(truths) if isinstance(truths, list) else truths

    return function


def _not(context: Context, arguments: Arguments) -> Value:
    if len(arguments) != 1:
        return _BAD_ARGUMENTS
    truth = to_truth(context.value(arguments[0]))
    return not truth if isinstance(truth, bool) else truth


def _absolute(context: Context, arguments: Arguments) -> Value:
    if len(arguments) != 1:
        return _BAD_ARGUMENTS
    number = to_number(context.value(arguments[0]))
    return abs(number) if isinstance(number, Decimal) else number


def _rounding(mode: str) -> Function:
    def function(context: Context, arguments: Arguments) -> Value:
        if len(arguments) != 2:
            return _BAD_ARGUMENTS
        number = to_number(context.value(arguments[0]))
        places = to_number(context.value(arguments[1]))
        if not isinstance(number, Decimal):
            return number
        if not isinstance(places, Decimal):
            return places
        return _rounded(number, int(max(min(places, Decimal(400)), Decimal(-400))), mode)

    return function


def _rounded(number: Decimal, places: int, mode: str) -> Value:
    # Ties are ties of the number as shown: 1.005 is one although its binary value is below.
    number = shown(number)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -places <= exponent:
        return number
    return finite(number.quantize(Decimal(1).scaleb(-places), rounding=mode))


_SUMS_OF_ROWS = {Decimal(9): True, Decimal(109): False}  # whether rows hidden by hand count


def _subtotal(context: Context, arguments: Arguments) -> Value:
    """SUBTOTAL as a sum; its other aggregates are left alone."""
    if len(arguments) < 2:
        return _BAD_ARGUMENTS
    number = to_number(context.value(arguments[0]))
    with_hidden = _SUMS_OF_ROWS.get(number) if isinstance(number, Decimal) else None
    if with_hidden is None:
        return Unknown("函数SUBTOTAL（求和以外）")
    values: list[Value] = []
    for argument in arguments[1:]:
        listed = context.listed(argument, with_hidden=with_hidden)
        if listed is None:
            return Unknown("函数SUBTOTAL（求和以外）")
        values += listed
    return _sum_of_cells(values)


def _sum_product(context: Context, arguments: Arguments) -> Value:
    """SUMPRODUCT of one range is its sum; products of several are left alone."""
    values = context.members(arguments[0]) if len(arguments) == 1 else None
    return Unknown("函数SUMPRODUCT") if values is None else _sum_of_cells(values)


def _sum_of_cells(values: Iterable[Value]) -> Value:
    """The numbers among the cells added; an unknown weighs more than an error."""
    numbers: list[Decimal] = []
    error: CellError | None = None
    for value in values:
        match value:
            case Unknown():
                return value
            case CellError():
                error = error or value
            case Decimal():
                numbers.append(value)
    return error or finite(_total(numbers))


FUNCTIONS: dict[str, Function] = {
    "SUM": _aggregate(lambda numbers: finite(_total(numbers))),
    "SUBTOTAL": _subtotal,
    "SUMPRODUCT": _sum_product,
    "MIN": _aggregate(lambda numbers: min(numbers, default=ZERO)),
    "MAX": _aggregate(lambda numbers: max(numbers, default=ZERO)),
    "AVERAGE": _aggregate(_average),
    "COUNT": _count,
    "COUNTA": _count_filled,
    "IF": _if,
    "IFERROR": _if_error,
    "AND": _logical(all),
    "OR": _logical(any),
    "NOT": _not,
    "ABS": _absolute,
    "ROUND": _rounding(ROUND_HALF_UP),
    "ROUNDUP": _rounding(ROUND_UP),
    "ROUNDDOWN": _rounding(ROUND_DOWN),
    "TRUE": lambda context, arguments: True,
    "FALSE": lambda context, arguments: False,
}
"""By upper-case name."""
