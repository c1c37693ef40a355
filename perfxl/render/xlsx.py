"""Pages as a workbook of their own: a return that cannot be edited, or a whole run."""

import io
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfxl.model.annotation import FINDINGS_NAME
from perfxl.model.page import Item, Look, Page
from perfxl.model.palette import LOOK_TONES
from perfxl.render.terminal import display_width

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_BODY, _HEADING = "宋体", "黑体"
_ROW = 18.0  # points of a row of one line
_LINE = 14.5  # points of each line of wrapped text
_TALLEST = 409.0  # Excel's limit
# Excel ends a file over a text longer than this.
_LONGEST_TEXT = 32_767
_BASE: dict[str, Any] = {
    "font_name": _BODY, "font_size": 10.5, "text_wrap": True, "valign": "vcenter", "border": 1,
    "border_color": "#BFBFBF",
}  # fmt: skip
_HEADLINE: dict[str, Any] = {"font_name": _HEADING, "font_size": 12, "border": 0}
_CENTRED: dict[str, Any] = {"align": "center"}
_INDENTED: dict[str, Any] = {"align": "left", "indent": 1}
_LINKED: dict[str, Any] = {"font_color": "#0563C1", "underline": 1}
_LOOKS: dict[Look, dict[str, Any]] = {
    Look.TITLE: {**_HEADLINE, "font_size": 16, "font_color": "#1F3864"},
    Look.VERDICT_PASS: {**_HEADLINE, "bg_color": "#E2F0D9", "font_color": "#375623"},
    Look.VERDICT_FAIL: {**_HEADLINE, "bg_color": "#FFC7CE", "font_color": "#9C0006"},
    Look.SECTION: {**_HEADLINE, "font_color": "#1F3864", "valign": "bottom"},
    Look.HEAD: {**_CENTRED, "font_name": _HEADING, "bg_color": "#F2F2F2"},
    Look.TEXT: _INDENTED,
    Look.CENTER: _CENTRED,
    Look.SCORE: {**_CENTRED, "num_format": "0.00"},
    Look.LINK: _INDENTED,  # plain, unless the file that holds the cells is named
    Look.INPUT: {**_INDENTED, "bg_color": "#FFFDE7", "locked": False},
    Look.MUTED: {"font_size": 9, "font_color": "#7F7F7F", "border": 0},
    Look.WAIVED: {**_INDENTED, "font_color": "#7F7F7F"},
    **{
        look: {
            **_CENTRED, "bg_color": f"#{tone.fill}", "font_color": f"#{tone.font}",
            "bold": tone.is_bold,
        }
        for look, tone in LOOK_TONES.items()
    },
}  # fmt: skip
_HEIGHTS = {Look.TITLE: 30.0, Look.VERDICT_PASS: 24.0, Look.VERDICT_FAIL: 24.0, Look.SECTION: 27.0}


def write_findings_workbook(page: Page, target: Path) -> None:
    """Write the page as a workbook to a new file; see `findings_workbook`."""
    target.write_bytes(findings_workbook(page))


def findings_workbook(page: Page) -> bytes:
    """A workbook of one sheet that shows the page; the same page gives the same bytes.

    Links become the plain text of their places, texts never become formulas or links. The sheet
    does not carry the marker of an annotation: this is no annotated return. A defined name says
    what it is.
    """
    return _workbook([page], is_list=False)


def report_workbook(pages: Sequence[Page], source: str = "") -> bytes:
    """A workbook of a sheet a page, each a list below its row of heads.

    The heads stay in view and repeat on every printed page; the rows can be filtered. Otherwise
    as `findings_workbook`.

    Args:
        pages: one at least.
        source: the file that links lead into, as seen from where this one will lie; "" leaves
            them plain text.
    """
    return _workbook(pages, is_list=True, source=source)


def _workbook(pages: Sequence[Page], *, is_list: bool, source: str = "") -> bytes:
    import datetime

    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    created = datetime.datetime(2000, 1, 1)  # of no meaning, but always the same
    book.set_properties({"created": created, "title": pages[0].title})
    book.define_name(FINDINGS_NAME, '="1"')
    formats = {look: book.add_format({**_BASE, **how}) for look, how in _LOOKS.items()}
    for page in pages:
        sheet = book.add_worksheet(page.title[:31])
        _lay_out(sheet, page)
        _fill(sheet, page, formats)
        if source:
            _link(sheet, page, source, book.add_format({**_BASE, **_INDENTED, **_LINKED}))
        if is_list:
            _make_list(sheet, page)
    book.close()
    return buffer.getvalue()


def _fill(sheet: "Worksheet", page: Page, formats: Mapping[Look, Any]) -> None:
    for index, items in enumerate(page.rows):
        sheet.set_row(index, page.heights.get(index) or _height(items, page.widths))
        column = 0
        for item in items:
            _put(sheet, index, column, item, formats[item.look])
            column += max(1, item.span)


def _link(sheet: "Worksheet", page: Page, source: str, look: Any) -> None:
    """Make the items with a link lead to their cells in another workbook."""
    for row, items in enumerate(page.rows):
        column = 0
        for item in items:
            # A # ends the file's name in a link; Excel knows no way to write one there.
            if item.link is not None and "#" not in source + item.link.sheet:
                name = item.link.sheet.replace("'", "''")
                url = f"external:{source}#'{name}'!{item.link.cell}"
                sheet.write_url(row, column, url, look, string=_storable(str(item.value)))
            column += max(1, item.span)


def _make_list(sheet: "Worksheet", page: Page) -> None:
    """Freeze, repeat and put filters on the row of heads, where there is one."""
    heads = [i for i, row in enumerate(page.rows) if row and row[0].look is Look.HEAD]
    if not heads:
        return
    head, last_column = heads[0], len(page.widths) - 1
    rows = [i for i, row in enumerate(page.rows) if i > head and len(row) > last_column]
    sheet.freeze_panes(head + 1, 2)
    sheet.repeat_rows(head)
    sheet.autofilter(head, 0, max(rows, default=head), last_column)


def _lay_out(sheet: "Worksheet", page: Page) -> None:
    """Columns and print set-up: A4 landscape, one page wide, no grid."""
    for column, width in enumerate(page.widths):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
    sheet.set_footer("&C第&P页，共&N页")


def _put(sheet: "Worksheet", row: int, column: int, item: Item, look: Any) -> None:
    last = column + max(1, item.span) - 1
    if last > column:
        sheet.merge_range(row, column, row, last, "", look)
    if isinstance(item.value, Decimal):
        # Scores have few digits; the file format itself knows only binary numbers.
        sheet.write_number(row, column, float(item.value), look)
    elif item.value:
        sheet.write_string(row, column, _storable(item.value), look)
    else:
        sheet.write_blank(row, column, None, look)


def _storable(text: str) -> str:
    """The text without what XML cannot hold, cut where Excel would."""
    kept = "".join(c for c in text if c in "\n\t" or (c >= " " and not 0xD800 <= ord(c) < 0xE000))
    return kept.replace("\ufffe", "").replace("\uffff", "")[:_LONGEST_TEXT]


def _height(items: Sequence[Item], widths: Sequence[float]) -> float:
    """Points that the tallest text of a row needs when it wraps in its columns."""
    tallest = _ROW
    column = 0
    for item in items:
        span = max(1, item.span)
        room = max(4.0, sum(widths[column : column + span]) - 2)
        column += span
        tallest = max(tallest, _HEIGHTS.get(item.look, _ROW))
        if isinstance(item.value, str):
            lines = sum(max(1, math.ceil(display_width(t) / room)) for t in item.value.split("\n"))
            tallest = max(tallest, lines * _LINE + 4)
    return min(tallest, _TALLEST)
