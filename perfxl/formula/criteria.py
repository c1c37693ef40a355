"""The criteria of COUNTIF and SUMIF, and what MATCH takes for the same."""

import operator
import re
from collections.abc import Callable
from decimal import Decimal

from perfxl.formula.coerce import Unknown, Value, compare, to_number
from perfxl.formula.tree import CellError
from perfxl.formula.wildcard import wildcard

Criterion = Callable[[Value], bool]

_SIGNED = re.compile(r"(<=|>=|<>|<|>|=)?(.*)", re.DOTALL)
_ORDERS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TRUTHS = {"TRUE": True, "FALSE": False}


def criterion_of(value: Value) -> Criterion | Unknown:
    """What cells must be: a value, or a text with a comparison before it."""
    if isinstance(value, Unknown):
        return value
    if value is None:  # a blank cell as criterion stands for 0
        return _equal_to(Decimal(0))
    if not isinstance(value, str):
        return _equal_to(value)
    match = _SIGNED.match(value)
    assert match is not None
    sign, text = match[1], match[2]
    operand = _operand(text)
    if isinstance(operand, Unknown):
        return operand
    if sign in _ORDERS:
        return _ordered(_ORDERS[sign], operand)
    if sign == "<>":
        if text == "":
            return lambda cell: cell is not None
        is_equal = _equal_to(operand)
        return lambda cell: not is_equal(cell)
    if text == "":
        # "=" asks for a blank, "" also takes an empty text for one.
        return lambda cell: cell is None or (sign is None and cell == "")
    return _equal_to(operand)


def _operand(text: str) -> Decimal | bool | str | Unknown:
    if text.upper() in _TRUTHS:
        return _TRUTHS[text.upper()]
    number = to_number(text)
    return text if isinstance(number, CellError) else number


def _equal_to(value: Value) -> Criterion:
    match value:
        case bool() | CellError():
            return lambda cell: type(cell) is type(value) and cell == value
        case Decimal():
            return lambda cell: _is_number(cell, value)
        case str():
            pattern = wildcard(value)
            return lambda cell: isinstance(cell, str) and pattern.is_whole(cell)
    raise AssertionError(value)


def _is_number(cell: Value, number: Decimal) -> bool:
    """A text that spells the number counts as the number."""
    if isinstance(cell, str):
        spelled = to_number(cell)
        return isinstance(spelled, Decimal) and compare(spelled, number) == 0
    return isinstance(cell, Decimal) and compare(cell, number) == 0


def _ordered(order: Callable[[int, int], bool], operand: Decimal | bool | str) -> Criterion:
    def is_met(cell: Value) -> bool:
        if type(cell) is not type(operand):
            return False
        compared = compare(cell, operand)
        return isinstance(compared, int) and order(compared, 0)

    return is_met


def matcher(sought: Value) -> Criterion:
    """What MATCH finds: the same kind, case overlooked, wildcards in texts; 0 for a blank."""
    match sought:
        case None:
            return matcher(Decimal(0))
        case str():
            pattern = wildcard(sought)
            return lambda cell: isinstance(cell, str) and pattern.is_whole(cell)
        case _:
            return lambda cell: type(cell) is type(sought) and compare(cell, sought) == 0
