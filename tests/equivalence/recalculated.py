"""What LibreOffice makes of a workbook's formulas, with every cached value stripped before."""

import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from perfxl.formula.coerce import Value, shown
from perfxl.formula.tree import CellError
from perfxl.model.number import parse_stored
from tests.office.session import Office

_CACHED = re.compile(rb"(<f\b[^>]*(?:/>|>.*?</f>))<v>[^<]*</v>", re.DOTALL)
_TYPED = re.compile(rb'(<c\b[^>]*?) t="(?:str|b|e)"([^>]*>)(<f\b)')
# The kinds of result that LibreOffice tells apart (com.sun.star.sheet.FormulaResult).
_NUMBER, _TEXT = 1, 2
_ERRORS = {
    502: "#VALUE!",  # an argument that is none
    503: "#NUM!",
    508: "#NAME?",
    519: "#VALUE!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}

_NOISE = Decimal("1e-13")

Cells = dict[tuple[int, int], Value]


def recalculated(path: Path, office: Office) -> dict[str, Cells]:
    """The values of all filled cells by sheet and (row, column), both counted from 1.

    Numbers are Decimals at Excel's 15 digits. The file itself is left as it is: what is opened
    is a copy without cached values beside it.
    """
    bare = path.with_name(f"{path.stem}.bare.xlsx")
    without_cache(path, bare)
    document = office.open(bare)
    try:
        document.calculateAll()
        return {sheet.getName(): _cells(sheet) for sheet in document.getSheets()}
    finally:
        document.close(True)


def without_cache(source: Path, target: Path) -> None:
    """A copy whose formula cells hold no value."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                data = _TYPED.sub(rb"\1\2\3", _CACHED.sub(rb"\1", data))
            new.writestr(item, data)


def _cells(sheet: Any) -> Cells:
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.getRangeAddress()
    area = sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)
    cells: Cells = {}
    for row, values in enumerate(area.getDataArray(), 1):
        for column, value in enumerate(values, 1):
            if value != "" and value is not None:
                cells[row, column] = _value(value)
    # The array shows a formula's error as nothing and its truth as a number.
    for row, formulas in enumerate(area.getFormulaArray(), 1):
        for column, formula in enumerate(formulas, 1):
            if formula.startswith("=") and isinstance(cells.get((row, column)), str | None):
                cell = sheet.getCellByPosition(column - 1, row - 1)
                if error := cell.getError():
                    cells[row, column] = CellError(_ERRORS.get(error, f"Err:{error}"))
                else:
                    cells.setdefault((row, column), "")
    return cells


def _value(value: object) -> Value:
    if isinstance(value, float):
        number = parse_stored(repr(value))
        assert number is not None
        return shown(number)
    return str(value)


def agree(ours: Value, theirs: Value) -> bool:
    """Whether two values are the same in a cell.

    Programs differ in which error they show; LibreOffice shows truth as a number here.
    """
    if isinstance(ours, CellError) or isinstance(theirs, CellError):
        return isinstance(ours, CellError) and isinstance(theirs, CellError)
    if isinstance(ours, bool):
        ours = Decimal(int(ours))
    if isinstance(ours, Decimal) and isinstance(theirs, Decimal):
        return abs(ours - theirs) <= _NOISE * max(abs(ours), abs(theirs), Decimal(1))
    return type(ours) is type(theirs) and ours == theirs


def write_value(sheet: Any, row: int, column: int, value: Value) -> None:
    """Put a value into a sheet of XlsxWriter, counted from 0; an error is one that is computed."""
    match value:
        case bool():
            sheet.write_boolean(row, column, value)
        case Decimal():
            sheet.write_number(row, column, float(value))
        case "":
            sheet.write_formula(row, column, '=""', None, "")
        case str():
            sheet.write_string(row, column, value)
        case CellError():
            sheet.write_formula(row, column, "=NA()", None, "")
