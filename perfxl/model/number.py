"""Numbers as people type them: a Decimal, or the reason why there is none."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum

from perfxl.model.address import Place

# Excel itself keeps 15 significant digits; more is noise of binary floating point.
_EXCEL_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
_LONGEST_SHOWN = 20  # letters
_XSD_DOUBLE = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?\Z", re.ASCII)
_TYPED = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(%|分|元|万元)?\Z", re.ASCII)


class NumberKind(Enum):
    """How a cell that should hold a number was filled."""

    NUMBER = "number"
    TEXT_NUMBER = "text-number"  # text that is exactly a decimal after folding
    BLANK = "blank"
    TEXT = "text"
    ERROR = "error"
    DATE = "date"
    BOOLEAN = "boolean"
    MERGED = "merged"  # one cell merged over the scores of several indicators
    UNKNOWN = "unknown"  # a formula that holds no value and could not be recomputed


@dataclass(frozen=True, slots=True)
class Number:
    """A numeric field of a form with where it stands.

    Attributes:
        place: the cell.
        kind: how it was filled; `value` is None unless NUMBER or TEXT_NUMBER.
        value: the number; a text "95%" gives 0.95 with unit "%".
        raw: what stands in the cell, for messages.
        unit: the suffix that was folded away (%, 分, 元, 万元) or "".
        formula: the cell's formula without `=`, if any.
    """

    place: Place
    kind: NumberKind
    value: Decimal | None
    raw: str
    unit: str = ""
    formula: str | None = None


def parse_stored(raw: str) -> Decimal | None:
    """The Decimal of a number as a workbook stores it (xsd:double), at Excel's 15 digits.

    94.490000000000009 → 94.49. None for what is not a finite xsd:double (NaN, INF, 0x12, 1_8).
    """
    if len(raw) > 64 or not _XSD_DOUBLE.match(raw):
        return None
    value = _EXCEL_DIGITS.create_decimal(raw)
    return value if value.is_finite() and abs(value.adjusted()) <= 308 else None


def parse_typed(text: str) -> tuple[Decimal, str] | None:
    """The Decimal and unit of a number typed as text, or None when it is anything else.

    Full-width digits are folded (NFKC), spaces stripped, one suffix of % 分 元 万元 allowed.
    """
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    match = _TYPED.match(folded)
    if not match or len(folded) > 32:
        return None
    value = Decimal(match[1].replace(",", ""))
    unit = match[2] or ""
    return (value / 100 if unit == "%" else value), unit


def round_half_up(value: Decimal, places: int) -> Decimal:
    """ROUND of Excel: half away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """A Decimal without exponent or trailing zeros: 2.50 → 2.5, 1E+2 → 100."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def shown(value: Decimal) -> str:
    """A Decimal for people: plain, but 9E+307 or 1.5E-300 where that would run on and on."""
    text = plain(value)
    if len(text) <= _LONGEST_SHOWN:
        return text
    rounded = _EXCEL_DIGITS.plus(value)
    mantissa = plain(rounded.scaleb(-rounded.adjusted(), _EXCEL_DIGITS))
    return f"{mantissa}E{rounded.adjusted():+d}"
