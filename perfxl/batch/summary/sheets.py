"""Tables laid out on the sheets of a workbook: heads, formats, filters, print set-up."""

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfxl.batch.summary import looks
from perfxl.batch.summary.links import Links, Targets
from perfxl.batch.summary.rows import (
    LARGEST,
    Look,
    format_of,
    look_of,
    looks_of,
    row_height,
    rows_xml,
    text_rows_xml,
)
from perfxl.batch.summary.stitch import Pending, stitched
from perfxl.batch.summary.table import Column, Table, Value
from perfxl.model.address import Area
from perfxl.model.number import shown
from perfxl.render.legal_text import legal_text
from perfxl.writer.xml_text import legal

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_HEAD_HEIGHT = 34
_A4, _A3 = (9, 185), (8, 265)  # a paper, and the letters across it at 70 %, still 8 pt in print


class Sheets:
    """The workbook being written; `folder` is where it will lie, None leaves links out.

    The rows of lists are put in by `finished`, once the workbook is closed.
    """

    def __init__(self, book: "Workbook", folder: Path | None) -> None:
        self._book = book
        self._targets = Targets(folder)
        self._formats: dict[str, Any] = {}
        self._looks: dict[Look, Any] = {}
        self._pending: dict[int, Pending] = {}

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
        last = self._put_list(sheet, table, head)
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
        # Codes are texts of digits on purpose.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
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

    def put_table(self, sheet: "Worksheet", table: Table, head: int) -> int:
        """Heads and rows of a small table without links; the last row written."""
        self._put_heads(sheet, table, head)
        for row, values in enumerate(table.rows, head + 1):
            sheet.set_row(row, row_height(values, table.columns))
            for index, (column, value) in enumerate(zip(table.columns, values, strict=True)):
                put(sheet, row, index, value, self._format(look_of(column, value, is_link=False)))
        return head + len(table.rows)

    def add_hidden(self, name: str, rows: Sequence[Sequence[str]]) -> None:
        """A sheet of texts that nobody is meant to see."""
        sheet = self._book.add_worksheet(name)
        sheet.hide()
        area = Area(1, 1, len(rows), max(map(len, rows)))
        self._pending[self._count()] = Pending(0, area.a1, lambda _: text_rows_xml(rows))

    def finished(self, data: bytes) -> bytes:
        """The closed workbook with the rows of its lists."""
        return stitched(data, self._pending)

    def _put_list(self, sheet: "Worksheet", table: Table, head: int) -> int:
        """Heads, and the rows for later; the last row of the list."""
        self._put_heads(sheet, table, head)
        count = min(len(table.rows), table.most)
        if not count:
            return head
        order = looks_of(table)
        for index, look in enumerate(order):
            sheet.write_blank(head + 1, index, None, self._format(look))
        first, links = head + 2, Links(self._targets)
        self._pending[self._count()] = Pending(
            first,
            Area(1, 1, head + 1 + count, len(table.columns)).a1,
            lambda styles: rows_xml(table, first, dict(zip(order, styles, strict=True)), links),
            links,
        )
        return head + count

    def _put_heads(self, sheet: "Worksheet", table: Table, head: int) -> None:
        sheet.set_row(head, _HEAD_HEIGHT)
        for index, column in enumerate(table.columns):
            sheet.write_string(head, index, _storable(column.name), self.look(looks.HEAD))

    def _count(self) -> int:
        return len(self._book.worksheets())

    def _note(self, table: Table) -> str:
        if not table.left_out:
            return table.note
        more = f"本页只列前{table.most}行，另有{table.left_out}行见CSV"
        return f"{table.note}；{more}" if table.note else more

    def _format(self, look: Look) -> Any:
        if look not in self._looks:
            self._looks[look] = self.look(format_of(look))
        return self._looks[look]


def put(sheet: "Worksheet", row: int, column: int, value: Value, look: Any) -> None:
    """Write a value as what it is; a text is always a text."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, _storable(value), look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look)
    elif isinstance(value, Decimal) and abs(value) >= LARGEST:
        sheet.write_string(row, column, shown(value), look)
    else:
        sheet.write_number(row, column, float(value), look)


def _storable(text: str) -> str:
    kept = legal(legal_text(text))
    # XlsxWriter takes such a text for markup of its own.
    return f"{kept} " if kept.startswith("<r>") and kept.endswith("</r>") else kept
