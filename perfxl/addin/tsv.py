r"""`Changes` as lines that the macros apply one by one, judging nothing.

Fields stand between tabs, each escaped by itself; the first says what the line is. In the order
in which they are applied:

    clear
    formula   sheet  cell  formula  what stood there
    format    sheet  formula  fill  font  bold  number format  ranges…
    note      sheet  cell  text
    page      name  title  marker
    width     first column  last column  characters
    height    first row  last row  points
    text      cell  text
    number    cell  digits
    link      cell  text  location
    merge     range
    look      font  size  color  bold  underlined  fill  border  horizontal  vertical
              number format  locked  indent  ranges…
    open      path
    end

Colours are the numbers that VBA takes (blue, green, red), -1 for none; yes and no are 1 and 0.
Ranges are joined by commas as far as Range() takes them, the next field holds more.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from perfxl.addin.changes import Changes, Highlight
from perfxl.addin.escapes import escaped
from perfxl.addin.excel import ALIGNED, LONGEST_LITERAL, NUMBER_FORMATS, excel_color
from perfxl.model.address import Area, Place, to_a1
from perfxl.model.annotation import RESULT_SHEET
from perfxl.model.number import plain
from perfxl.model.page import Item, Page
from perfxl.writer.highlights import joined
from perfxl.writer.result_sheet import row_height, sheet_location
from perfxl.writer.result_styles import CellLook, cell_look

_LONGEST = 200  # letters in one Range(); Excel takes 255

Fields = Sequence[str]


def changes_text(changes: Changes) -> str:
    """The whole file, CRLF; without any line but `end` where nothing changes."""
    return "".join("\t".join(map(escaped, line)) + "\r\n" for line in _lines(changes))


def _lines(changes: Changes) -> Iterator[Fields]:
    if changes.clears:
        yield ("clear",)
    for put in changes.formulas:
        yield "formula", put.sheet, put.cell, put.formula, put.stood
    # Each is put first in the sheet's list, so the most pressing comes last.
    for highlight in reversed(changes.highlights):
        yield _format(highlight)
    for note in changes.notes:
        yield "note", note.sheet, note.cell, note.text
    if changes.page:
        yield from _page(changes.page)
    if changes.opens:
        yield "open", str(changes.opens)
    yield ("end",)


def _format(one: Highlight) -> Fields:
    look = (_color(one.fill), _color(one.font), _flag(one.is_bold), one.number_format)
    return "format", one.sheet, one.formula, *look, *_chunks(one.ranges)


def _page(page: Page) -> Iterator[Fields]:
    yield "page", RESULT_SHEET, page.title, page.marker
    for width, run in groupby(enumerate(page.widths, 1), key=lambda pair: pair[1]):
        columns = [number for number, _ in run]
        yield "width", str(columns[0]), str(columns[-1]), f"{width:g}"
    heights = [row_height(page, index, items) for index, items in enumerate(page.rows)]
    for height, run in groupby(enumerate(heights, 1), key=lambda pair: pair[1]):
        rows = [number for number, _ in run]
        yield "height", str(rows[0]), str(rows[-1]), f"{height:g}"
    looks: dict[CellLook, list[Area]] = {}
    for area, item in _placed(page):
        cell = to_a1(area.top, area.left)
        is_linked = item.link is not None and bool(item.link.sheet)
        if area[:2] != (1, 1):  # what A1 holds the line `page` tells
            yield from _content(cell, item)
        if area.left != area.right:
            yield "merge", area.a1
        looks.setdefault(cell_look(item.look, is_linked=is_linked), []).append(area)
    for look, areas in looks.items():
        yield "look", *_look_fields(look), *_chunks([area.a1 for area in joined(areas)])


def _placed(page: Page) -> Iterator[tuple[Area, Item]]:
    for row, items in enumerate(page.rows, 1):
        column = 1
        for item in items:
            last = column + max(1, item.span) - 1
            yield Area(row, column, row, last), item
            column = last + 1


def _content(cell: str, item: Item) -> Iterator[Fields]:
    if isinstance(item.value, Decimal):
        yield "number", cell, plain(item.value)
    elif item.link and item.link.sheet and len(item.value) <= LONGEST_LITERAL:
        yield "link", cell, item.value, _location(item.link)
    elif item.value:
        yield "text", cell, item.value


def _location(place: Place) -> str:
    return f"#{sheet_location(place)}"


def _look_fields(look: CellLook) -> Fields:
    return (
        look.font,
        f"{look.size:g}",
        _color(look.color),
        _flag(look.is_bold),
        _flag(look.is_underlined),
        _color(look.fill) if look.fill else "-1",
        _flag(look.has_border),
        str(ALIGNED[look.horizontal]),
        str(ALIGNED[look.vertical]),
        NUMBER_FORMATS[look.number_format],
        _flag(look.is_locked),
        _flag(look.is_indented),
    )


def _chunks(ranges: Iterable[str]) -> Iterator[str]:
    """The ranges joined by commas, each piece short enough for Range()."""
    piece = ""
    for one in ranges:
        if piece and len(piece) + 1 + len(one) > _LONGEST:
            yield piece
            piece = ""
        piece = f"{piece},{one}" if piece else one
    if piece:
        yield piece


def _color(rgb: str) -> str:
    return str(excel_color(rgb))


def _flag(value: bool) -> str:
    return str(int(value))
