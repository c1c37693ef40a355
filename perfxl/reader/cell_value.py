"""What a cell's stored value is: its type and its raw text."""

import re

from perfxl.model.cells import CellType
from perfxl.model.number import parse_stored
from perfxl.reader.xml_part import unescape

Value = tuple[CellType, str]
BLANK: Value = (CellType.BLANK, "")

_USUAL_NUMBER = re.compile(r"-?\d{1,17}(?:\.\d{1,17})?\Z", re.ASCII)
_BOOLEANS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}


def number_value(raw: str) -> Value:
    """A number if the text is a finite xsd:double, else the text itself."""
    if _USUAL_NUMBER.match(raw):
        return CellType.NUMBER, raw
    stripped = raw.strip(" \t\r\n")
    if parse_stored(stripped) is not None:
        return CellType.NUMBER, stripped
    return (CellType.TEXT, raw) if stripped else BLANK


def typed_value(kind: str | None, raw: str) -> Value:
    """The value of a cell whose `t` is `kind`; shared strings are looked up elsewhere.

    Dates of type `d` and types that do not exist are texts: nobody may reckon with them.
    """
    if kind is None or kind == "n":
        return number_value(raw)
    if kind == "b":
        word = _BOOLEANS.get(raw.strip())
        return (CellType.BOOLEAN, word) if word else (CellType.TEXT, raw)
    if kind == "e":
        return (CellType.ERROR, raw) if raw else BLANK
    return CellType.TEXT, unescape(raw)
