"""The functions that are computed here; all others make a cell unknown, never zero."""

from collections.abc import Callable, Iterable
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal

from perfxl.formula.coerce import (
    ARITHMETIC,
    DIV0,
    NUM,
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
from perfxl.formula.function import (
    BAD_ARGUMENTS,
    Arguments,
    Context,
    Function,
    collect,
    fixed,
    numbers_of,
    whole,
)
from perfxl.formula.functions_cells import CELL_FUNCTIONS
from perfxl.formula.functions_text import TEXT_FUNCTIONS
from perfxl.formula.tree import CellError


def _total(numbers: list[Decimal]) -> Decimal:
    total = ZERO
    for number in numbers:
        total = ARITHMETIC.add(total, number)
    return total


def _aggregate(reduce: Callable[[list[Decimal]], Value]) -> Function:
    def function(context: Context, arguments: Arguments) -> Value:
        numbers = collect(context, arguments)
        return reduce(numbers) if isinstance(numbers, list) else numbers

    return function


def _average(numbers: list[Decimal]) -> Value:
    return ARITHMETIC.divide(_total(numbers), Decimal(len(numbers))) if numbers else DIV0


def _count(context: Context, arguments: Arguments) -> Value:
    count = 0
    for number in numbers_of(context, arguments):
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
        return BAD_ARGUMENTS
    truth = to_truth(context.value(arguments[0]))
    if not isinstance(truth, bool):
        return truth
    if not truth and len(arguments) == 2:
        return False
    value = context.value(arguments[1 if truth else 2])
    return ZERO if value is None else value


def _if_error(context: Context, arguments: Arguments) -> Value:
    if len(arguments) != 2:
        return BAD_ARGUMENTS
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
        return BAD_ARGUMENTS
    truth = to_truth(context.value(arguments[0]))
    return not truth if isinstance(truth, bool) else truth


def _absolute(context: Context, arguments: Arguments) -> Value:
    if len(arguments) != 1:
        return BAD_ARGUMENTS
    number = to_number(context.value(arguments[0]))
    return abs(number) if isinstance(number, Decimal) else number


def _rounding(mode: str) -> Function:
    def function(context: Context, arguments: Arguments) -> Value:
        if len(arguments) != 2:
            return BAD_ARGUMENTS
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
        return BAD_ARGUMENTS
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


def _integer(context: Context, arguments: Arguments) -> Value:
    """INT: down to the next whole number."""
    number = to_number(context.value(arguments[0]))
    return _floor(shown(number)) if isinstance(number, Decimal) else number


def _remainder(context: Context, arguments: Arguments) -> Value:
    """MOD, with the sign of the divisor."""
    number, divisor = (to_number(context.value(argument)) for argument in arguments)
    if not isinstance(number, Decimal):
        return number
    if not isinstance(divisor, Decimal):
        return divisor
    if not divisor:
        return DIV0
    times = _floor(shown(ARITHMETIC.divide(number, divisor)))
    if abs(times) >= _MOST_TIMES:
        return NUM
    return finite(ARITHMETIC.subtract(number, ARITHMETIC.multiply(times, divisor)))


def _floor(number: Decimal) -> Decimal:
    return number.to_integral_value(ROUND_FLOOR)


def _ranked(*, is_largest: bool) -> Function:
    """LARGE and SMALL."""

    def function(context: Context, arguments: Arguments) -> Value:
        numbers = collect(context, arguments[:1])
        if not isinstance(numbers, list):
            return numbers
        rank = whole(context, arguments[1])
        if not isinstance(rank, int):
            return rank
        if not 1 <= rank <= len(numbers):
            return NUM
        return sorted(numbers, reverse=is_largest)[rank - 1]

    return fixed(2, 2, function)


def _choose(context: Context, arguments: Arguments) -> Value:
    if len(arguments) < 2:
        return BAD_ARGUMENTS
    number = whole(context, arguments[0])
    if not isinstance(number, int):
        return number
    if not 1 <= number < len(arguments):
        return VALUE
    value = context.value(arguments[number])
    return ZERO if value is None else value


_MOST_TIMES = Decimal(2**40)  # beyond it MOD has no exact answer

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
    "INT": fixed(1, 1, _integer),
    "MOD": fixed(2, 2, _remainder),
    "LARGE": _ranked(is_largest=True),
    "SMALL": _ranked(is_largest=False),
    "CHOOSE": _choose,
    **TEXT_FUNCTIONS,
    **CELL_FUNCTIONS,
}
"""By upper-case name."""
