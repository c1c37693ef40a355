"""Excel's conversions between numbers, texts, truth values and blanks."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from perfxl.formula.tree import CellError, Scalar
from perfxl.model.number import parse_stored, plain


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that cannot be told.

    `what` names the function or construct that stands in the way; it is empty when a cell that
    the expression reads is unknown itself, so that only the first cause is reported.
    """

    what: str = ""


Value = Scalar | Unknown
Trouble = CellError | Unknown

DIV0 = CellError("#DIV/0!")
VALUE = CellError("#VALUE!")
NUM = CellError("#NUM!")
NAME = CellError("#NAME?")
REF = CellError("#REF!")

ZERO = Decimal(0)
# More digits than Excel's binary numbers have, so that no step of ours adds an error of its own.
ARITHMETIC = Context(prec=34, rounding=ROUND_HALF_UP, traps=[])
_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)
_TYPED = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?(E[+-]?\d{1,3})?%?\Z", re.ASCII | re.I)
_DATE_LIKE = re.compile(r"\d+\s*[-/:年月]\s*\d+|[¥￥$]\s*\d|\(\d")


def shown(value: Decimal) -> Decimal:
    """The number at the 15 digits that Excel keeps: 0.999…9 → 1."""
    return _SHOWN.plus(value)


def finite(value: Decimal) -> Decimal | CellError:
    """The number, `#NUM!` when it is beyond Excel's range, 0 when it is too near to zero."""
    if not value.is_finite() or value.adjusted() > 307:
        return NUM
    return ZERO if value.adjusted() < -307 else value


def to_number(value: Value) -> Decimal | Trouble:
    """What arithmetic makes of a value: blank 0, TRUE 1, "1.50" 1.5, other text `#VALUE!`."""
    match value:
        case bool():
            return Decimal(int(value))
        case Decimal() | CellError() | Unknown():
            return value
        case None:
            return ZERO
    return _text_to_number(value)


def _text_to_number(text: str) -> Decimal | Trouble:
    stripped = text.strip()
    if not any("0" <= letter <= "9" for letter in stripped):
        return VALUE
    if _TYPED.match(stripped):
        number = parse_stored(stripped.rstrip("%").replace(",", ""))
        if number is None:
            return VALUE
        return number / 100 if stripped.endswith("%") else number
    # Excel would read a date, a time or an amount of money out of it; we do not.
    return Unknown("形似日期或金额的文本") if _DATE_LIKE.search(stripped) else VALUE


def to_text(value: Value) -> str | Trouble:
    """What `&` makes of a value."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case Decimal():
            return number_text(value)
        case None:
            return ""
    return value


def number_text(value: Decimal) -> str:
    """A number in the General format: plain digits, an exponent from 1E+20 on."""
    number = shown(value)
    if number and not -10 < number.adjusted() < 20:
        mantissa = plain(number.scaleb(-number.adjusted()))
        return f"{mantissa}E{number.adjusted():+03d}"
    return plain(number)


def to_truth(value: Value) -> bool | Trouble:
    """What a condition makes of a value."""
    match value:
        case bool() | CellError() | Unknown():
            return value
        case Decimal():
            return value != 0
        case None:
            return False
    folded = value.upper()
    return folded == "TRUE" if folded in ("TRUE", "FALSE") else VALUE


def compare(left: Value, right: Value) -> int | Trouble:
    """-1, 0 or 1 in Excel's order: numbers before texts before truth values, case folded."""
    for side in (left, right):
        if isinstance(side, CellError | Unknown):
            return side
    one, two = _sort_key(left, right), _sort_key(right, left)
    return (one > two) - (one < two)


def _sort_key(value: Value, other: Value) -> tuple[int, Decimal | str]:
    if value is None:  # a blank equals 0, "" and FALSE
        if isinstance(other, bool):
            return 2, ZERO
        return (1, "") if isinstance(other, str) else (0, ZERO)
    if isinstance(value, bool):
        return 2, Decimal(int(value))
    if isinstance(value, Decimal):
        return 0, shown(value)
    assert isinstance(value, str)
    return 1, value.casefold()
