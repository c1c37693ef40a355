"""What a cell of an open workbook holds, spelled as a file would spell it."""

from typing import Any

from perfxl.model.cells import CellType

Value = tuple[CellType, str]

# Excel's errors as numbers of COM; a number of a cell is never a whole number's type.
_FIRST_ERROR = -2146828288
ERRORS = {
    _FIRST_ERROR + number: text
    for number, text in {
        2000: "#NULL!",
        2007: "#DIV/0!",
        2015: "#VALUE!",
        2023: "#REF!",
        2029: "#NAME?",
        2036: "#NUM!",
        2042: "#N/A",
        2043: "#GETTING_DATA",
        2045: "#SPILL!",
        2046: "#CONNECT!",
        2047: "#BLOCKED!",
        2048: "#UNKNOWN!",
        2049: "#FIELD!",
        2050: "#CALC!",
    }.items()
}


def value_of(given: Any) -> Value:
    """The type and the text of a value that Excel gives as Value2.

    Dates come as their serial numbers, errors as whole numbers, everything else by its type.
    """
    if given is None:
        return CellType.BLANK, ""
    if isinstance(given, bool):
        return CellType.BOOLEAN, "TRUE" if given else "FALSE"
    if isinstance(given, int):
        return CellType.ERROR, ERRORS.get(given, "#VALUE!")
    if isinstance(given, float):
        return CellType.NUMBER, number_text(given)
    return CellType.TEXT, str(given)


def number_text(number: float) -> str:
    """The shortest text that means the number: 95, 94.49, 1E+20."""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(number).replace("e", "E")
