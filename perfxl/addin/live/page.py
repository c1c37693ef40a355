"""The sheet 校验结果 put into an open book: its values in one call, its looks a few calls each."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Any

from perfxl.addin.excel import ALIGNED, LONGEST_LITERAL, NUMBER_FORMATS, excel_color
from perfxl.addin.live.formats import characters
from perfxl.addin.live.ranges import joined_range
from perfxl.model.address import Area
from perfxl.model.annotation import RESULT_MARK, RESULT_SHEET
from perfxl.model.page import Item, Look, Page
from perfxl.writer.result_sheet import row_height, sheet_location
from perfxl.writer.result_styles import LINE, CellLook, cell_look

_TAB = "C00000"
_WHITE = "FFFFFF"
_CONTINUOUS, _THIN, _SINGLE, _SOLID = 1, 2, 2, 1
_LANDSCAPE, _A4 = 2, 9
# A text that Excel surely keeps as it is; any other could be taken for a number or a date.
_PLAIN = re.compile("[\u3400-\u9fff“（【《]")

_Look = tuple[Look, bool]  # with a link or without


def put_page(application: Any, workbook: Any, page: Page, former_tab: int) -> Any:
    """Append the page as a sheet, shown; returns the sheet.

    Args:
        application: the program.
        workbook: the open book; it holds no result sheet.
        page: what to show.
        former_tab: the tab that was active before, from 0, kept in the marker for cleaning.
    """
    sheets = workbook.Sheets
    sheet = workbook.Worksheets.Add(After=sheets.Item(int(sheets.Count)))
    sheet.Name = _free_name(workbook)
    layout = _Layout(page)
    _write(sheet, layout, page, former_tab)
    for (look, is_linked), areas in layout.looks.items():
        cells = joined_range(application, sheet, (area.a1 for area in areas))
        _dress(cells, cell_look(look, is_linked=is_linked))
    for area in _stacked(layout.merges):
        sheet.Range(area.a1).Merge(True)  # each row by itself
    _size(sheet, page, layout)
    _hide_marker(sheet, len(str(layout.title)))
    sheet.Tab.Color = excel_color(_TAB)
    _finish(application, workbook, sheet)
    return sheet


class _Layout:
    """Where a page's items go."""

    def __init__(self, page: Page) -> None:
        self.rows = page.rows or [[Item(page.title, Look.TITLE)]]
        self.looks: dict[_Look, list[Area]] = {}
        self.merges: list[Area] = []
        self.contents: dict[tuple[int, int], Any] = {}
        self.last_column = len(page.widths)
        self.title = self.rows[0][0].value if self.rows[0] else ""
        for row, items in enumerate(self.rows, 1):
            column = 1
            for item in items:
                self._put(row, column, item)
                column += max(1, item.span)
            self.last_column = max(self.last_column, column - 1)

    def block(self) -> tuple[tuple[Any, ...], ...]:
        """The values, row by row."""
        return tuple(
            tuple(self.contents.get((row, column), "") for column in self._columns())
            for row in range(1, len(self.rows) + 1)
        )

    def _columns(self) -> range:
        return range(1, max(1, self.last_column) + 1)

    def _put(self, row: int, column: int, item: Item) -> None:
        area = Area(row, column, row, column + max(1, item.span) - 1)
        is_linked = item.link is not None and bool(item.link.sheet)
        self.looks.setdefault((item.look, is_linked), []).append(area)
        self.contents[row, column] = _content(item)
        if area.right > area.left:
            self.merges.append(area)


def _write(sheet: Any, layout: _Layout, page: Page, former_tab: int) -> None:
    marker = page.marker or RESULT_MARK
    marker = f"{marker};tab={former_tab}"
    marker = marker if RESULT_MARK in marker else f"{RESULT_MARK} {marker}"
    layout.contents[1, 1] = f"{layout.title} {marker}"
    area = Area(1, 1, len(layout.rows), max(1, layout.last_column))
    block = layout.block()
    sheet.Range(area.a1).Formula = block if len(block) * len(block[0]) > 1 else block[0][0]


def _content(item: Item) -> Any:
    """What is assigned for an item: a number, a text that stays one, or a formula that links."""
    if isinstance(item.value, Decimal):
        return float(item.value)
    if not item.value:
        return ""
    if item.link and item.link.sheet and len(item.value) <= LONGEST_LITERAL:
        target = _literal(f"#{sheet_location(item.link)}")
        return f"=HYPERLINK({target},{_literal(item.value)})"
    return item.value if _PLAIN.match(item.value) else f"'{item.value}"


def _literal(text: str) -> str:
    """A text within a formula."""
    return '"' + text.replace('"', '""') + '"'


def _dress(cells: Any, look: CellLook) -> None:
    font = cells.Font
    font.Name, font.Size, font.Color = look.font, look.size, excel_color(look.color)
    font.Bold = look.is_bold
    if look.is_underlined:
        font.Underline = _SINGLE
    if look.fill:
        cells.Interior.Pattern = _SOLID
        cells.Interior.Color = excel_color(look.fill)
    if look.has_border:
        borders = cells.Borders
        borders.LineStyle = _CONTINUOUS
        borders.Weight = _THIN
        borders.Color = excel_color(LINE)
    cells.HorizontalAlignment = ALIGNED[look.horizontal]
    cells.VerticalAlignment = ALIGNED[look.vertical]
    cells.WrapText = True
    if look.is_indented:
        cells.IndentLevel = 1
    cells.NumberFormat = NUMBER_FORMATS[look.number_format]
    cells.Locked = look.is_locked


def _size(sheet: Any, page: Page, layout: _Layout) -> None:
    for column, width in enumerate(page.widths, 1):
        # The page states widths with the margins, Excel without them: 5 pixels of 7 a letter.
        sheet.Cells.Item(1, column).EntireColumn.ColumnWidth = max(0.0, width - 5 / 7)
    heights = [row_height(page, index, items) for index, items in enumerate(layout.rows)]
    for first, last, height in _runs(heights):
        sheet.Range(f"{first}:{last}").RowHeight = height


def _stacked(merges: Iterable[Area]) -> list[Area]:
    """Merged cells of the same columns, below one another, as one area each."""
    stacks: list[Area] = []
    for area in sorted(merges, key=lambda one: (one.left, one.right, one.top)):
        last = stacks[-1] if stacks else None
        if last and last[1::2] == area[1::2] and last.bottom + 1 == area.top:
            stacks[-1] = last._replace(bottom=area.bottom)
        else:
            stacks.append(area)
    return stacks


def _runs(heights: Iterable[float]) -> Iterator[tuple[int, int, float]]:
    """Rows of one height that follow one another: first, last, height."""
    first, last, current = 0, 0, 0.0
    for row, height in enumerate(heights, 1):
        if first and height == current:
            last = row
            continue
        if first:
            yield first, last, current
        first, last, current = row, row, height
    if first:
        yield first, last, current


def _hide_marker(sheet: Any, title_length: int) -> None:
    """The marker behind the title in white letters of one point, as in a file that we write."""
    length = len(str(sheet.Range("A1").Value2)) - title_length
    font = characters(sheet.Range("A1"), title_length + 1, length).Font
    font.Size, font.Color = 1, excel_color(_WHITE)


def _finish(application: Any, workbook: Any, sheet: Any) -> None:
    sheet.Activate()
    with suppress(Exception):  # a window's and a printer's matters; without them the page stands
        workbook.Windows.Item(1).DisplayGridlines = False
    with suppress(Exception):
        application.PrintCommunication = False  # one talk with the printer instead of many
    with suppress(Exception):
        setup = sheet.PageSetup
        setup.Orientation, setup.PaperSize = _LANDSCAPE, _A4
        setup.Zoom, setup.FitToPagesWide, setup.FitToPagesTall = False, 1, False
        setup.CenterFooter = "第 &P 页，共 &N 页"
    with suppress(Exception):
        application.PrintCommunication = True
    # No password; formats, columns, rows, sorting and filtering stay free.
    sheet.Protect("", True, True, True, False, True, True, True, False, False, False, False, False,
                  True, True)  # fmt: skip


def _free_name(workbook: Any) -> str:
    """校验结果, or 校验结果(2) and so on where a sheet of the unit's is called so."""
    sheets = workbook.Sheets
    taken = {str(sheets.Item(n).Name).casefold() for n in range(1, int(sheets.Count) + 1)}
    name, number = RESULT_SHEET, 1
    while name.casefold() in taken:
        number += 1
        name = f"{RESULT_SHEET}({number})"
    return name
