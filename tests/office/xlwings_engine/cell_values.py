"""Values and formulas of cells, as Excel gives and takes them in blocks."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from perfxl.addin.live.values import ERRORS
from tests.office.xlwings_engine.formula_text import FormulaText

_NUMBERS = {text: number for number, text in ERRORS.items()}
_BY_ERROR = {502: "#VALUE!", 503: "#NUM!", 519: "#VALUE!", 521: "#NULL!", 524: "#REF!",
             525: "#NAME?", 532: "#DIV/0!", 32767: "#N/A"}  # fmt: skip
_IN_ERROR = 4  # FormulaResult
_LOGICAL = 1024  # NumberFormat
_TYPED = re.compile(r"-?\d+(\.\d+)?")

Rows = tuple[tuple[Any, ...], ...]


def values_of(document: Any, cells: Any) -> Rows:
    """Numbers as floats, errors as whole numbers, blanks as None."""
    rows = [list(row) for row in cells.getDataArray()]
    texts = cells.getFormulaArray()
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            if value == "" and not texts[row][column]:
                line[column] = None
            elif value in (0.0, 1.0) and _is_boolean(document, cells, row, column):
                line[column] = bool(value)
    for row, column in _places(cells, cells.queryFormulaCells(_IN_ERROR)):
        error = _BY_ERROR.get(cells.getCellByPosition(column, row).getError(), "#VALUE!")
        rows[row][column] = _NUMBERS[error]
    return tuple(tuple(line) for line in rows)


def formulas_of(document: Any, cells: Any) -> Rows:
    """Formulas with their sign, and for other cells what they hold as a text."""
    rows = [list(row) for row in cells.getFormulaArray()]
    spelling = FormulaText(document)
    for row, column in _places(cells, cells.queryContentCells(16)):
        text = spelling.of_cell(cells.getCellByPosition(column, row))
        # An error that was typed is kept as a formula here; in Excel it is a value.
        rows[row][column] = text if text in _NUMBERS else f"={text}"
    return tuple(tuple(line) for line in rows)


def put(document: Any, cells: Any, given: Any) -> None:
    """Values or formulas into cells; one for all of them, or a block."""
    address = cells.RangeAddress
    height = address.EndRow - address.StartRow + 1
    width = address.EndColumn - address.StartColumn + 1
    block: Sequence[Sequence[Any]] = (
        given if isinstance(given, tuple) else ((given,) * width,) * height
    )
    assert len(block) == height, "a block must have as many rows as its range"
    spelling = FormulaText(document)
    for row, line in enumerate(block):
        assert len(line) == width, "a block must have as many columns as its range"
        for column, value in enumerate(line):
            _put_one(spelling, cells.getCellByPosition(column, row), value)


def _put_one(spelling: FormulaText, cell: Any, value: Any) -> None:
    if value is None:
        cell.setString("")
    elif isinstance(value, int | float):
        cell.setValue(float(value))
    elif value.startswith("=") and len(value) > 1:
        spelling.put(cell, value[1:])
    elif value.startswith("'"):
        cell.setString(value[1:])
    elif _TYPED.fullmatch(value):
        cell.setValue(float(value))
    else:
        cell.setString(value)


def _places(cells: Any, found: Any) -> Iterator[tuple[int, int]]:
    """The cells of a search by their places within."""
    home = cells.RangeAddress
    for area in found.RangeAddresses:
        for row in range(area.StartRow, area.EndRow + 1):
            for column in range(area.StartColumn, area.EndColumn + 1):
                yield row - home.StartRow, column - home.StartColumn


def _is_boolean(document: Any, cells: Any, row: int, column: int) -> bool:
    cell = cells.getCellByPosition(column, row)
    kind = document.NumberFormats.getByKey(cell.NumberFormat).Type
    return bool(kind & _LOGICAL) or cell.String in ("TRUE", "FALSE")
