"""Excel's Range: what cells hold, where they are, how they are merged and sized."""

from collections.abc import Sequence
from typing import Any

from perfxl.model.address import Area, to_a1
from tests.office.xlwings_engine.cell_formats import CellFormats
from tests.office.xlwings_engine.cell_values import formulas_of, put, values_of
from tests.office.xlwings_engine.conditions import FormatConditions
from tests.office.xlwings_engine.letters import Characters
from tests.office.xlwings_engine.notes import Note, note_at

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_POINTS = 72 / 2540  # of a hundredth of a millimetre
# Columns only: the program takes the letter by which a file states widths to be a third wider.
_COLUMN_POINTS = _POINTS * 3 / 4
_PIXELS = 96 / 72  # of a point
_LETTER, _MARGINS = 7, 5  # pixels


class Range(CellFormats):
    """Cells of one sheet in one or more areas."""

    def __init__(self, sheet: Any, areas: Sequence[Area]) -> None:
        self.sheet = sheet
        self.areas = list(areas)
        super().__init__(sheet.book.document, self._uno_range())

    def joined(self, areas: Sequence[Area]) -> "Range":
        """Other areas of the same sheet."""
        return Range(self.sheet, areas)

    def _uno_range(self) -> Any:
        if len(self.areas) == 1:
            return self._part(self.areas[0])
        many = self.sheet.book.document.createInstance("com.sun.star.sheet.SheetCellRanges")
        many.addRangeAddresses([self._part(area).RangeAddress for area in self.areas], False)
        return many

    def _part(self, a: Area) -> Any:
        return self.sheet.uno.getCellRangeByPosition(
            a.left - 1, a.top - 1, a.right - 1, a.bottom - 1
        )

    @property
    def area(self) -> Area:
        """The first area."""
        return self.areas[0]

    @property
    def first(self) -> Any:
        """The first cell, as the bridge gives it."""
        return self.sheet.uno.getCellByPosition(self.area.left - 1, self.area.top - 1)

    @property
    def _is_single(self) -> bool:
        a = self.area
        return len(self.areas) == 1 and a.top == a.bottom and a.left == a.right

    @property
    def Address(self) -> str:
        corners = [(to_a1(a.top, a.left), to_a1(a.bottom, a.right)) for a in self.areas]
        return ",".join(f"{_fixed(a)}:{_fixed(b)}" if a != b else _fixed(a) for a, b in corners)

    @property
    def Row(self) -> int:
        return self.area.top

    @property
    def Column(self) -> int:
        return self.area.left

    @property
    def Rows(self) -> "Lines":
        return Lines(self.area.bottom - self.area.top + 1)

    @property
    def Columns(self) -> "Lines":
        return Lines(self.area.right - self.area.left + 1)

    @property
    def Cells(self) -> "Range":
        return self

    def Item(self, row: int, column: int) -> "Range":
        """A cell by its place within."""
        row, column = self.area.top + row - 1, self.area.left + column - 1
        return Range(self.sheet, [Area(row, column, row, column)])

    @property
    def Value2(self) -> Any:
        rows = values_of(self.document, self._part(self.area))
        return rows[0][0] if self._is_single else rows

    @Value2.setter
    def Value2(self, given: Any) -> None:
        put(self.document, self._part(self.area), given)

    @property
    def Formula(self) -> Any:
        rows = formulas_of(self.document, self._part(self.area))
        return rows[0][0] if self._is_single else rows

    @Formula.setter
    def Formula(self, given: Any) -> None:
        put(self.document, self._part(self.area), given)

    @property
    def HasFormula(self) -> bool:
        return str(self.first.Type.value) == "FORMULA"

    @property
    def MergeCells(self) -> bool | None:
        corner = self.MergeArea.area
        if corner.bottom > corner.top or corner.right > corner.left:
            a = self.area
            return True if corner.contains(a.bottom, a.right) else None
        return None if not self._is_single and self.uno.getIsMerged() else False

    @property
    def MergeArea(self) -> "Range":
        cursor = self.sheet.uno.createCursorByRange(self.first)
        cursor.collapseToMergedArea()
        a = cursor.RangeAddress
        area = Area(a.StartRow + 1, a.StartColumn + 1, a.EndRow + 1, a.EndColumn + 1)
        return Range(self.sheet, [area])

    def Merge(self, across: bool = False) -> None:
        """Merge the cells; across: those of each row by themselves."""
        a = self.area
        rows = range(a.top, a.bottom + 1) if across else ()
        for area in [a._replace(top=row, bottom=row) for row in rows] or [a]:
            self._part(area).merge(True)

    @property
    def EntireRow(self) -> "EntireRows":
        return EntireRows(self._part(self.area))

    @property
    def EntireColumn(self) -> "EntireColumns":
        return EntireColumns(self._part(self.area), self.sheet.uno)

    @property
    def UseStandardWidth(self) -> bool | None:
        return self.EntireColumn.UseStandardWidth

    @property
    def ColumnWidth(self) -> float:
        return self.EntireColumn.ColumnWidth

    @property
    def Width(self) -> float:
        columns = self._part(self.area).Columns
        widths = [float(columns.getByIndex(n).Width) for n in range(columns.Count)]
        return sum(widths) * _COLUMN_POINTS

    @property
    def RowHeight(self) -> float:
        return float(self._part(self.area).Rows.getByIndex(0).Height) * _POINTS

    @RowHeight.setter
    def RowHeight(self, value: float) -> None:
        self._part(self.area).Rows.Height = round(value / _POINTS)

    @property
    def Comment(self) -> Note | None:
        return note_at(self.sheet, self.Row, self.Column)

    def AddComment(self, text: str) -> Note:
        """A note on the cell, which has none."""
        self.sheet.uno.Annotations.insertNew(self.first.CellAddress, text)
        made = self.Comment
        assert made is not None
        return made

    @property
    def FormatConditions(self) -> FormatConditions:
        return FormatConditions(self)

    def GetCharacters(self, start: int, length: int) -> Characters:
        """Some letters of the cell's text."""
        return Characters(self.first, start, length)


class Lines:
    """Rows or columns of a range."""

    def __init__(self, count: int) -> None:
        self.Count = count


class EntireRows:
    """Whole rows."""

    def __init__(self, part: Any) -> None:
        self._rows = part.Rows

    @property
    def Hidden(self) -> bool | None:
        return _alike(not self._rows.getByIndex(n).IsVisible for n in range(self._rows.Count))


class EntireColumns:
    """Whole columns."""

    def __init__(self, part: Any, sheet: Any) -> None:
        self._columns = part.Columns
        self._standard = sheet.Columns.getByIndex(LAST_COLUMN - 1).Width

    @property
    def Hidden(self) -> bool | None:
        columns = self._columns
        return _alike(not columns.getByIndex(n).IsVisible for n in range(columns.Count))

    @property
    def UseStandardWidth(self) -> bool | None:
        columns = self._columns
        return _alike(columns.getByIndex(n).Width == self._standard for n in range(columns.Count))

    @property
    def ColumnWidth(self) -> float:
        pixels = float(self._columns.getByIndex(0).Width) * _COLUMN_POINTS * _PIXELS
        return max(0.0, (pixels - _MARGINS) / _LETTER)

    @ColumnWidth.setter
    def ColumnWidth(self, value: float) -> None:
        self._columns.Width = round((value * _LETTER + _MARGINS) / _PIXELS / _COLUMN_POINTS)


def _fixed(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"


def _alike(answers: Any) -> bool | None:
    """The answer that all give, or None."""
    found = set(answers)
    return bool(found.pop()) if len(found) == 1 else None
