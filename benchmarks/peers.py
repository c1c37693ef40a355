"""The same jobs done the usual way: openpyxl and pandas."""

import io
import warnings
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill

from perfxl.model.address import parse_area
from perfxl.model.cells import Book, Cell, CellType, Sheet
from perfxl.model.page import Mark

# openpyxl warns of what it is going to lose; here it is only timed.
warnings.filterwarnings("ignore", module="openpyxl")


def read_twice(path: Path) -> Book:
    """Values and formulas by openpyxl, which takes two loads, as our own raw grid."""
    formulas = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    book = Book()
    for sheet in formulas.worksheets:
        grid = Sheet(sheet.title)
        shown = values[sheet.title]
        for line in sheet.iter_rows():
            for cell in line:
                if cell.value is not None:
                    value = shown.cell(cell.row, cell.column).value
                    grid.cells[cell.row, cell.column] = _cell(cell, value)
        grid.merges = [parse_area(str(area)) for area in sheet.merged_cells.ranges]
        book.sheets.append(grid)
    return book


def _cell(cell: "openpyxl.cell.cell.Cell", value: object) -> Cell:
    formula = cell.value[1:] if cell.data_type == "f" and isinstance(cell.value, str) else None
    if value is None:
        kind = CellType.BLANK
    elif isinstance(value, bool):
        kind = CellType.BOOLEAN
    elif isinstance(value, int | float):
        kind = CellType.NUMBER
    else:
        kind = CellType.TEXT
    raw = value.isoformat() if isinstance(value, date | datetime) else str(value or "")
    return Cell(cell.row, cell.column, kind, raw if kind is not CellType.NUMBER else str(value),
                formula)  # fmt: skip


def read_frames(path: Path) -> dict[str, pd.DataFrame]:
    """Every sheet as a frame of values, by pandas over openpyxl."""
    return pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl")


def annotate(data: bytes, marks: list[Mark]) -> bytes:
    """Highlights and notes by loading and saving the workbook."""
    book = openpyxl.load_workbook(io.BytesIO(data), keep_vba=False)
    fill = PatternFill(bgColor="FFC7CE", fill_type="solid")
    for mark in marks:
        sheet = book[mark.place.sheet]
        sheet.conditional_formatting.add(mark.place.cell, FormulaRule(["TRUE"], fill=fill))
        if mark.note:
            sheet[mark.place.cell].comment = Comment(mark.note, "peer")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class LoadedOnce:
    """Copies of a form by openpyxl, which loads it once and saves it for each unit."""

    def __init__(self, data: bytes) -> None:
        self._book = openpyxl.load_workbook(io.BytesIO(data))

    def print(self, name: str) -> bytes:
        """The copy of a unit: its name in the one cell that the titles read; no stamp."""
        self._book["填报信息"]["B4"] = name
        out = io.BytesIO()
        self._book.save(out)
        return out.getvalue()
