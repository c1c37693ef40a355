"""Tables laid out on the sheets of a workbook: heads, formats, links, filters, print set-up.

Texts never become formulas or links. The only formulas are ours.
"""

import math
import os
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfxl.batch.summary import looks
from perfxl.batch.summary.reviews import SCORE
from perfxl.batch.summary.scores import COMPUTED
from perfxl.batch.summary.table import Column, Kind, Source, Table, Value
from perfxl.model.address import to_a1
from perfxl.model.number import shown
from perfxl.render.legal_text import legal_text
from perfxl.render.terminal import display_width

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_MAX_LINKS = 60_000  # a sheet; beyond 65,530 Excel calls the file damaged
_LONGEST_LINK = 2_000
_LONGEST_TEXT = 32_767
_LARGEST = Decimal(10) ** 15  # what a cell shows digit by digit
_HEAD_HEIGHT = 34
_ROW, _LINE, _TALLEST = 18.0, 14.5, 409.0  # points of one line, each further one, at most
_A4, _A3 = (9, 185), (8, 265)  # a paper, and the letters across it at 70 %, still 8 pt in print


class Sheets:
    """The workbook being written; `folder` is where it will lie, None leaves links out."""

    def __init__(self, book: "Workbook", folder: Path | None) -> None:
        self._book = book
        self._folder = folder
        self._formats: dict[str, Any] = {}
        self._cells: dict[tuple[Kind, str, bool, bool], Any] = {}
        self._paths: dict[str, str] = {}

    def look(self, how: dict[str, Any]) -> Any:
        """The format of a look, made once."""
        key = repr(sorted(how.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(how)
        return self._formats[key]

    def add_list(self, table: Table) -> "Worksheet":
        """A sheet of one table: heads stay in view and repeat in print, rows can be filtered."""
        sheet = self.add_sheet(table.name, table.columns)
        head = self.put_title(sheet, table.name, self._note(table))
        last = self.put_table(sheet, table, head)
        sheet.freeze_panes(head + 1, table.frozen)
        sheet.repeat_rows(head)
        if table.frozen:
            sheet.repeat_columns(0, table.frozen - 1)
        if table.columns:
            sheet.autofilter(head, 0, max(last, head), len(table.columns) - 1)
        return sheet

    def add_sheet(self, name: str, columns: Sequence[Column]) -> "Worksheet":
        """An empty sheet with widths and print set-up: A4, or A3 where wide, never too small."""
        sheet = self._book.add_worksheet(name)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        width = sum(column.width for column in columns)
        paper, letters = _A4 if width <= _A4[1] else _A3
        sheet.set_paper(paper)
        sheet.fit_to_pages(math.ceil(width / letters) or 1, 0)
        sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
        sheet.set_footer("&C第&P页，共&N页")
        return sheet

    def put_title(self, sheet: "Worksheet", title: str, note: str) -> int:
        """Title and note on top; the row where a table may begin."""
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, _storable(title), self.look(looks.TITLE))
        sheet.write_string(1, 0, _storable(note), self.look(looks.NOTE))
        return 2

    def put_section(self, sheet: "Worksheet", row: int, text: str) -> int:
        """A heading within a sheet; the row below it."""
        sheet.set_row(row, 24)
        sheet.write_string(row, 0, _storable(text), self.look(looks.SECTION))
        return row + 1

    def put_table(self, sheet: "Worksheet", table: Table, head: int, left: int = 0) -> int:
        """Heads and rows; the last row written."""
        sheet.set_row(head, _HEAD_HEIGHT)
        for index, column in enumerate(table.columns):
            sheet.write_string(head, left + index, column.name, self.look(looks.HEAD))
        links = 0
        for number, values in enumerate(table.rows[: table.most]):
            row = head + 1 + number
            sheet.set_row(row, _height(values, table.columns))
            for index, value in enumerate(values):
                column = table.columns[index]
                source = table.sources.get((number, index)) if links < _MAX_LINKS else None
                url = self._url(source) if source and value is not None else ""
                if url:
                    links += 1
                    tip = f"{source.sheet}!{source.cell}" if source and source.cell else ""
                    # The link stays when the cell is written again below, as what it holds.
                    sheet.write_url(row, left + index, url, None, str(value), tip or None)
                if column.kind is Kind.DIFFERENCE:
                    self._put_difference(sheet, table, row, left, value)
                else:
                    put(sheet, row, left + index, value, self._look_of(column, value, bool(url)))
        return head + min(len(table.rows), table.most)

    def _note(self, table: Table) -> str:
        left_out = len(table.rows) - table.most
        if left_out <= 0:
            return table.note
        more = f"本页只列前{table.most}行，另有{left_out}行见CSV"
        return f"{table.note}；{more}" if table.note else more

    def _look_of(self, column: Column, value: Value, is_link: bool) -> Any:
        """The format of a cell; there are few kinds of cells and very many cells."""
        has_word = column.name in looks.WORD_COLUMNS and value in looks.WORDS
        word = value if has_word and isinstance(value, str) else ""
        key = (column.kind, word, isinstance(value, int), is_link)
        if key not in self._cells:
            # A number of units among sums of points has no decimals.
            is_count = column.kind is Kind.SCORE and isinstance(value, int)
            how = looks.worded(word) if word else looks.KINDS[Kind.COUNT if is_count else key[0]]
            self._cells[key] = self.look({**how, **looks.LINK} if is_link else how)
        return self._cells[key]

    def _put_difference(
        self, sheet: "Worksheet", table: Table, row: int, left: int, value: Value
    ) -> None:
        """The reviewer's score less ours, reckoned again as soon as a score is typed."""
        typed = to_a1(row + 1, left + table.column(SCORE) + 1)
        ours = to_a1(row + 1, left + table.column(COMPUTED) + 1)
        formula = f'=IF(AND(ISNUMBER({typed}),ISNUMBER({ours})),ROUND({typed}-{ours},4),"")'
        column = next(i for i, c in enumerate(table.columns) if c.kind is Kind.DIFFERENCE)
        cached = float(value) if isinstance(value, Decimal) else ""
        look = self.look(looks.KINDS[Kind.DIFFERENCE])
        sheet.write_formula(row, left + column, formula, look, cached)

    def _url(self, source: Source) -> str:
        """A link to a cell of another file, relative to this one; "" where there can be none."""
        # A # ends the file's name in a link; what lies in a zip cannot be opened from outside.
        if self._folder is None or not source.file or source.member:
            return ""
        if source.file not in self._paths:
            self._paths[source.file] = _relative(source.file, self._folder)
        path = self._paths[source.file]
        if not path or "#" in path + source.sheet or path != legal_text(path):
            return ""
        name = source.sheet.replace("'", "''")
        place = f"#'{name}'!{source.cell or 'A1'}" if source.sheet else ""
        url = f"external:{path}{place}"
        return url if len(url) <= _LONGEST_LINK else ""


def put(sheet: "Worksheet", row: int, column: int, value: Value, look: Any) -> None:
    """Write a value as what it is; a text is always a text."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, _storable(value), look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look)
    elif isinstance(value, Decimal) and abs(value) >= _LARGEST:
        sheet.write_string(row, column, shown(value), look)
    else:
        sheet.write_number(row, column, float(value), look)


def _height(values: Sequence[Value], columns: Sequence[Column]) -> float:
    """Points that the tallest text of a row needs; office programs do not reckon it themselves."""
    lines = 1
    for value, column in zip(values, columns, strict=True):
        if isinstance(value, str):
            room = max(4.0, column.width - (1 if column.kind is Kind.CENTER else 3))
            told = sum(max(1, math.ceil(display_width(t) / room)) for t in value.split("\n"))
            lines = max(lines, told)
    return min(_ROW + (lines - 1) * _LINE, _TALLEST)


def _relative(file: str, folder: Path) -> str:
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # another drive, or a name that no file can have
        return ""


def _storable(text: str) -> str:
    return legal_text(text)[:_LONGEST_TEXT]
