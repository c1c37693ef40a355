"""The sheet 校验结果 as a worksheet part, from a page."""

from collections.abc import Sequence
from decimal import Decimal

from perfxl.model.address import Area, Place, to_a1
from perfxl.model.annotation import RESULT_MARK
from perfxl.model.number import plain
from perfxl.model.page import Item, Look, Page
from perfxl.writer.note_box import text_units
from perfxl.writer.result_styles import CELL_LOOKS, ResultStyles
from perfxl.writer.workbook import MAIN
from perfxl.writer.xml_text import attribute, content

_TALLEST = 409.0  # Excel's limit
_PADDING = 6.0
_MIN_HEIGHTS = {
    Look.TITLE: 30.0,
    Look.SECTION: 27.0,
    Look.VERDICT_PASS: 24.0,
    Look.VERDICT_FAIL: 24.0,
    Look.HEAD: 21.0,
}
_ROW = 18.0
# The marker is in A1 behind the title in white 1-point letters: text survives any program.
_MARK_RUN = '<rPr><sz val="1"/><color rgb="FFFFFFFF"/><rFont val="宋体"/></rPr>'
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<worksheet xmlns="{MAIN}"><sheetPr><tabColor rgb="FFC00000"/>'
    '<pageSetUpPr fitToPage="1"/></sheetPr>'
)
# Locked but for the answers, without a password; heights and widths may be changed.
_PROTECTION = (
    '<sheetProtection sheet="1" formatCells="0" formatColumns="0" formatRows="0" sort="0"'
    ' autoFilter="0"/>'
)
_PRINT = (
    '<printOptions horizontalCentered="1"/><pageMargins left="0.59" right="0.59" top="0.59"'
    ' bottom="0.71" header="0.3" footer="0.31"/><pageSetup paperSize="9" orientation="landscape"'
    ' fitToHeight="0"/><headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter>'
    "</headerFooter>"
)
_CLOSE = "</worksheet>"


def result_sheet(page: Page, styles: ResultStyles, former_tab: int) -> tuple[str, str]:
    """The part in two halves; the journal goes between them.

    Args:
        page: what to show.
        styles: hands out cell formats.
        former_tab: the tab that was active before, kept in the marker for `clean`.
    """
    builder = _Builder(page, styles, f"{page.marker or RESULT_MARK};tab={former_tab}")
    rows = "".join(builder.row(index, items) for index, items in enumerate(builder.rows))
    cols = "".join(
        f'<col min="{number}" max="{number}" width="{width:g}" customWidth="1"/>'
        for number, width in enumerate(page.widths, 1)
    )
    size = to_a1(max(1, len(builder.rows)), max(1, builder.last_column))
    return (
        f'{_HEAD}<dimension ref="A1:{size}"/><sheetViews><sheetView showGridLines="0"'
        ' tabSelected="1" workbookViewId="0"/></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="{_ROW:g}"/>{f"<cols>{cols}</cols>" if cols else ""}'
        f"<sheetData>{rows}</sheetData>{_PROTECTION}{builder.merges()}{builder.links()}{_PRINT}",
        _CLOSE,
    )


def row_height(page: Page, index: int, items: Sequence[Item]) -> float:
    """Points that a row of items needs; `index` is that of the row in the page, from 0."""
    if index in page.heights:
        return page.heights[index]
    height = _ROW
    column = 0
    for item in items:
        widths = page.widths[column : column + max(1, item.span)]
        column += max(1, item.span)
        height = max(height, _MIN_HEIGHTS.get(item.look, 0.0), _item_height(item, widths))
    return min(_TALLEST, height)


def sheet_location(place: Place) -> str:
    """A place as a reference: 'sheet'!A1, quotes in the name doubled."""
    name = place.sheet.replace("'", "''")
    return f"'{name}'!{place.cell or 'A1'}"


class _Builder:
    """Cells row by row, with the merges and links that they ask for."""

    def __init__(self, page: Page, styles: ResultStyles, marker: str) -> None:
        self.rows = page.rows or [[Item(page.title, Look.TITLE)]]
        self.last_column = len(page.widths)
        self._page = page
        self._styles = styles
        self._marker = marker if RESULT_MARK in marker else f"{RESULT_MARK} {marker}"
        self._merges: list[Area] = []
        self._links: list[tuple[str, Place]] = []

    def row(self, index: int, items: list[Item]) -> str:
        """A row with its height."""
        number = index + 1
        column = 1
        cells = []
        if index == 0 and not items:
            items = [Item("", Look.MUTED)]
        for item in items:
            cells.append(self._item(number, column, item))
            column += max(1, item.span)
        self.last_column = max(self.last_column, column - 1)
        height = row_height(self._page, index, items)
        return f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'

    def merges(self) -> str:
        """The merged ranges."""
        if not self._merges:
            return ""
        cells = "".join(f'<mergeCell ref="{area.a1}"/>' for area in self._merges)
        return f'<mergeCells count="{len(self._merges)}">{cells}</mergeCells>'

    def links(self) -> str:
        """The links to the cells that findings point at."""
        if not self._links:
            return ""
        links = "".join(
            f'<hyperlink ref="{cell}" location="{attribute(sheet_location(place))}"'
            f' tooltip="{attribute(_tooltip(place))}"/>'
            for cell, place in self._links
        )
        return f"<hyperlinks>{links}</hyperlinks>"

    def _item(self, row: int, column: int, item: Item) -> str:
        style = self._styles.number(item.look, is_linked=item.link is not None)
        span = max(1, item.span)
        if span > 1:
            self._merges.append(Area(row, column, row, column + span - 1))
        widths = self._widths(column - 1, item)
        first = self._first_cell(to_a1(row, column), style, item, _lines(item, widths))
        rest = (f'<c r="{to_a1(row, c)}" s="{style}"/>' for c in range(column + 1, column + span))
        return first + "".join(rest)

    def _first_cell(self, address: str, style: int, item: Item, lines: int) -> str:
        """The cell of an item with its link.

        LibreOffice never breaks the lines of a linked cell, it cuts them; those of a formula that
        makes a link it breaks, as Excel does both.
        """
        if item.link is None or not item.link.sheet:
            return self._cell(address, style, item.value)
        if lines > 1 and isinstance(item.value, str) and address != "A1":
            return _link_formula(address, style, item.value, item.link)
        self._links.append((address, item.link))
        return self._cell(address, style, item.value)

    def _widths(self, column: int, item: Item) -> tuple[float, ...]:
        return self._page.widths[column : column + max(1, item.span)]

    def _cell(self, address: str, style: int, value: str | Decimal) -> str:
        if address == "A1":
            return _marked(style, value, self._marker)
        if isinstance(value, Decimal):
            return f'<c r="{address}" s="{style}"><v>{plain(value)}</v></c>'
        if not value:
            return f'<c r="{address}" s="{style}"/>'
        return (
            f'<c r="{address}" s="{style}" t="inlineStr"><is>'
            f'<t xml:space="preserve">{content(value)}</t></is></c>'
        )


def _marked(style: int, value: str | Decimal, marker: str) -> str:
    text = plain(value) if isinstance(value, Decimal) else value
    look = CELL_LOOKS[Look.TITLE]
    run = (
        f'<r><rPr><sz val="{look.size:g}"/><color rgb="FF{look.color}"/>'
        f'<rFont val="{look.font}"/><charset val="134"/></rPr>'
        f'<t xml:space="preserve">{content(text)} </t></r>'
    )
    return (
        f'<c r="A1" s="{style}" t="inlineStr"><is>{run if text else ""}'
        f"<r>{_MARK_RUN}<t>{content(marker)}</t></r></is></c>"
    )


def _link_formula(address: str, style: int, text: str, place: Place) -> str:
    target = _literal(f"#{sheet_location(place)}")
    return (
        f'<c r="{address}" s="{style}" t="str"><f>HYPERLINK({target},{_literal(text)})</f>'
        f"<v>{content(text)}</v></c>"
    )


def _literal(text: str) -> str:
    """A text within a formula."""
    return content('"' + text.replace('"', '""') + '"')


def _item_height(item: Item, widths: tuple[float, ...]) -> float:
    """Points that a wrapped text takes."""
    lines = _lines(item, widths)
    return lines * CELL_LOOKS[item.look].size * 1.36 + _PADDING if lines else 0.0


def _lines(item: Item, widths: tuple[float, ...]) -> int:
    """Lines that a wrapped text takes, 0 for a number.

    A character of width is 7 pixels, a Chinese character of 10.5 points 14, so two units; larger
    letters take more. A twentieth is kept back, since programs break lines differently.
    """
    if isinstance(item.value, Decimal) or not item.value:
        return 0
    look = CELL_LOOKS[item.look]
    margin = 1 if look.horizontal == "center" else 2  # text to the left is indented
    capacity = max(2.0, (sum(widths) or 10.0) - margin) * 10.5 / look.size * 0.95
    return sum(-int(-text_units(line) // capacity) or 1 for line in item.value.split("\n"))


def _tooltip(place: Place) -> str:
    return f"转到 {place.sheet} {place.cell}"
