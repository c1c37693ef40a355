"""Grids written as an .xlsx, the same bytes every time."""

import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from perfxl.model.address import Area, to_a1
from tests.forms.figures import ErrorValue, Formula, Typed, Value
from tests.forms.grid import Grid

CREATED = datetime(2023, 3, 1, 9, 0, 0)

_HEAD_FILL, _INPUT_FILL = "#F2F2F2", "#FFFDE7"
_BASE = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_BOX = {**_BASE, "border": 1, "border_color": "#808080", "text_wrap": True}
_TEXT = {**_BOX, "align": "left", "valign": "top"}
_NUMBER = {**_BOX, "align": "center"}
STYLES: dict[str, dict[str, Any]] = {
    "plain": _BASE,
    "title": {**_BASE, "font_name": "方正小标宋简体", "font_size": 20, "align": "center"},
    "line": {**_BASE, "font_name": "仿宋", "font_size": 12},
    "section": {**_BOX, "font_name": "黑体", "font_size": 10.5, "bg_color": _HEAD_FILL},
    "head": {
        **_BOX,
        "font_name": "黑体",
        "font_size": 10.5,
        "bg_color": _HEAD_FILL,
        "align": "center",
    },
    "label": {**_BOX, "align": "center"},
    "text": _TEXT,
    "input": {**_TEXT, "bg_color": _INPUT_FILL},
    "name": {**_BOX, "align": "left"},
    "cap": {**_NUMBER, "num_format": "0.##"},
    "score": {**_NUMBER, "num_format": "0.00", "bg_color": _INPUT_FILL},
    "total": {**_NUMBER, "num_format": "0.00", "bold": True},
    "percent": {**_NUMBER, "num_format": "0.##%"},
    "money": {**_NUMBER, "num_format": "#,##0.00"},
    "foot": {**_BASE, "font_name": "仿宋", "font_size": 11},
    "note": {**_BASE, "text_wrap": True, "valign": "top"},
}


def write_book(grids: list[Grid], path: FilePath) -> FilePath:
    """Write the grids as sheets in order; returns the path."""
    book = xlsxwriter.Workbook(
        str(path),
        {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"created": CREATED, "author": "", "title": grids[0].name})
    formats = {name: book.add_format(look) for name, look in STYLES.items()}
    for grid in grids:
        _write_sheet(book, grid, formats)
    book.close()
    _strip(grids, path)
    return path


def _write_sheet(book: Workbook, grid: Grid, formats: dict[str, Format]) -> None:
    sheet = book.add_worksheet(grid.name)
    _set_page(sheet, grid)
    for column, width in grid.widths.items():
        sheet.set_column(column - 1, column - 1, width)
    for row, height in grid.heights.items():
        sheet.set_row(row - 1, height)
    for area in grid.merges:
        _, style = grid.cells[area.top, area.left]
        _merge(sheet, area, formats[style])
    for (row, column), (value, style) in sorted(grid.cells.items()):
        _write_cell(book, sheet, (row - 1, column - 1), value, formats[style])


def _set_page(sheet: Worksheet, grid: Grid) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.59, right=0.59, top=0.59, bottom=0.59)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.hide_gridlines(2)
    if grid.repeated_rows:
        sheet.repeat_rows(grid.repeated_rows[0] - 1, grid.repeated_rows[1] - 1)


def _merge(sheet: Worksheet, area: Area, look: Format) -> None:
    sheet.merge_range(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, "", look)


def _write_cell(
    book: Workbook, sheet: Worksheet, spot: tuple[int, int], value: Value, look: Format
) -> None:
    match value:
        case None | "":
            sheet.write_blank(*spot, None, look)
        case bool():
            sheet.write_boolean(*spot, value, look)
        case Decimal():
            sheet.write_number(*spot, value, look)
        case Typed():
            sheet.write_string(*spot, value.text, look)
        case Formula():
            sheet.write_formula(*spot, f"={value.text}", look, value.cached or 0)
        case ErrorValue():
            sheet.write_formula(*spot, f"={value.text}", look, value.text)
        case date():
            shown = book.add_format({**_NUMBER, "num_format": "yyyy-mm-dd"})
            sheet.write_datetime(*spot, datetime(value.year, value.month, value.day), shown)
        case str():
            sheet.write_string(*spot, value, look)
        case _:
            raise TypeError(f"{to_a1(spot[0] + 1, spot[1] + 1)}: {value!r}")


def _strip(grids: list[Grid], path: FilePath) -> None:
    """Take away what XlsxWriter always writes: values of uncached formulas, formulas of errors."""
    edits = {
        f"xl/worksheets/sheet{number}.xml": todo
        for number, grid in enumerate(grids, start=1)
        if (todo := _to_strip(grid))
    }
    if not edits:
        return
    with zipfile.ZipFile(path) as package:
        parts = [(info, package.read(info)) for info in package.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for info, content in parts:
            for cell, tag in edits.get(info.filename, {}).items():
                content = _without(content.decode(), cell, tag).encode()
            package.writestr(info, content)


def _to_strip(grid: Grid) -> dict[str, str]:
    todo: dict[str, str] = {}
    for spot, (value, _) in grid.cells.items():
        if isinstance(value, Formula) and value.cached is None:
            todo[to_a1(*spot)] = "v"
        elif isinstance(value, ErrorValue):
            todo[to_a1(*spot)] = "f"
    return todo


def _without(xml: str, cell: str, tag: str) -> str:
    pattern = rf'(<c r="{cell}"[^>]*>(?:(?!</c>).)*?)<{tag}>[^<]*</{tag}>'
    stripped, count = re.subn(pattern, r"\1", xml)
    if count != 1:
        raise AssertionError(f"{cell}: <{tag}> found {count} times")
    return stripped
