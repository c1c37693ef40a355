"""A form kept open in an office program while one cell or another is changed."""

from pathlib import Path
from typing import Any

from perfxl.formula.coerce import Value, shown
from perfxl.formula.tree import CellError
from perfxl.model.number import parse_stored
from tests.forms.template import Entries
from tests.office.session import Office

_ERRORS = 4  # com.sun.star.sheet.FormulaResult: formulas that come to an error

Cells = dict[tuple[int, int], Value]


class OpenForm:
    """A filled workbook open in the program; no result of any formula was stored in it."""

    def __init__(self, path: Path, office: Office) -> None:
        self._document = office.open(path)
        self._sheets = self._document.getSheets()
        for name in self._sheets.getElementNames():
            self._sheets.getByName(name).unprotect("")

    def calculated(self, changes: Entries, *names: str) -> dict[str, Cells]:
        """Sheets (all without names) as the program calculates them with these changes.

        The changes are then taken back. Cells are by (row, column), counted from 1; an error is a
        `CellError`, whichever it is.
        """
        cells = [self._sheets.getByName(s).getCellRangeByName(a) for s, a in changes]
        before = [(_kind(cell), _content(cell)) for cell in cells]
        for cell, value in zip(cells, changes.values(), strict=True):
            _put(cell, value)
        self._document.calculateAll()
        chosen = names or self._sheets.getElementNames()
        found = {name: _values(self._sheets.getByName(name)) for name in chosen}
        for cell, (kind, value) in zip(cells, before, strict=True):
            _put(cell, value)
            assert _kind(cell) == kind
        return found

    def close(self) -> None:
        """Close it unsaved."""
        self._document.close(True)


def _values(sheet: Any) -> Cells:
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.getRangeAddress()
    area = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
    values: Cells = {
        (i, j): _value(cell)
        for i, row in enumerate(area.getDataArray(), 1)
        for j, cell in enumerate(row, 1)
    }
    for spot in area.queryFormulaCells(_ERRORS).getRangeAddresses():
        for row in range(spot.StartRow + 1, spot.EndRow + 2):
            for column in range(spot.StartColumn + 1, spot.EndColumn + 2):
                values[row, column] = CellError("#VALUE!")
    return values


def _value(value: object) -> Value:
    if isinstance(value, float):
        number = parse_stored(repr(value))
        assert number is not None
        return shown(number)
    return "" if value is None else str(value)


def _kind(cell: Any) -> str:
    return str(cell.getType().value)


def _content(cell: Any) -> object:
    match _kind(cell):
        case "EMPTY":
            return None
        case "VALUE":
            return cell.getValue()
        case "TEXT":
            return cell.getString()
        case _:
            return cell.getFormula()


_CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: numbers, dates, texts, formulas


def _put(cell: Any, value: object) -> None:
    match value:
        case None:
            cell.clearContents(_CONTENTS)
        case str() if value.startswith("="):
            cell.setFormula(value)
        case str():
            cell.setString(value)
        case int() | float():
            cell.setValue(value)
        case _:
            raise AssertionError(value)
