"""The open workbook as the same raw grid that the file reader gives.

In blocks: two calls for the values and formulas of some thousands of cells, and for formats and
merges a handful for each region that is formatted alike. Saved copies are never made, see the
package's docstring.
"""

import ntpath
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from perfxl.addin.live.errors import ExcelBusyError
from perfxl.addin.live.formats import StyleBook
from perfxl.addin.live.sheets import read_sheet
from perfxl.errors import RefusedFile
from perfxl.model.annotation import is_our_format
from perfxl.model.cells import Book, Remark
from perfxl.reader.annotation import take_out_annotation
from perfxl.reader.budget import full_budget
from perfxl.reader.surroundings import remark_stray

_WORKSHEET = -4167
_BY_FORMULA = 2
_EXCEL_LINKS = 1


def read_open_book(application: Any, workbook: Any) -> Book:
    """The grid of an open workbook, our own annotation taken out; nothing is changed.

    The grid differs from that of the saved file where only a file can tell: `sha256` is "", no
    sheet has a part, and an old .xls shows its formulas. Merges come sorted.

    Raises:
        RefusedFile: too much in it (FL110), or no worksheet (FL111).
        ExcelBusyError: Excel kept rejecting calls.
    """
    book = Book(is_date_1904=bool(workbook.Date1904))
    book.names = dict(_names(workbook))
    book.properties = dict(_properties(workbook))
    book.remarks.extend(_other_sheets(workbook))
    styles, budget = StyleBook(), full_budget()
    count_filled = application.WorksheetFunction.CountA
    has_formats = False
    for sheet in worksheets(workbook):
        book.sheets.append(read_sheet(sheet, count_filled, styles, budget))
        has_formats = has_formats or any(True for _ in our_formats(sheet))
    book.styles = styles.styles
    take_out_annotation(book, has_formats=has_formats)
    book.remarks.extend(_surroundings(workbook))
    for grid in book.sheets:
        remark_stray(book, grid)
    if not book.sheets:
        raise RefusedFile("FL111", "没有一张可读的工作表")
    return book


def worksheets(workbook: Any) -> Iterator[Any]:
    """The worksheets in tab order; charts and such are none."""
    sheets = workbook.Worksheets
    for number in range(1, int(sheets.Count) + 1):
        yield sheets.Item(number)


def our_formats(sheet: Any) -> Iterator[Any]:
    """The conditional formats of a worksheet whose formula carries our marker, the last first."""
    formats = sheet.Cells.FormatConditions
    for number in range(int(formats.Count), 0, -1):
        rule = formats.Item(number)
        # Other kinds, such as data bars, have no formula to ask for.
        if int(rule.Type) == _BY_FORMULA and is_our_format(str(rule.Formula1)):
            yield rule


def _names(workbook: Any) -> Iterator[tuple[str, str]]:
    """Names of the whole workbook; those of one sheet have its name before them."""
    names = workbook.Names
    for number in range(1, int(names.Count) + 1):
        name = names.Item(number)
        text = str(name.Name)
        if "!" not in text:
            yield text, str(name.RefersTo).removeprefix("=")


def _properties(workbook: Any) -> Iterator[tuple[str, str]]:
    """Custom properties; where they cannot be had, our stamp's other home is in the names."""
    try:
        properties = workbook.CustomDocumentProperties
        for number in range(1, int(properties.Count) + 1):
            one = properties.Item(number)
            yield str(one.Name), str(one.Value)
    except ExcelBusyError:
        raise
    except Exception:  # the office library's own object: some installations lack its description
        return


def _other_sheets(workbook: Any) -> Iterator[Remark]:
    """Sheets without cells that are passed over."""
    charts = workbook.Charts
    for number in range(1, int(charts.Count) + 1):
        yield Remark("FL205", f"“{charts.Item(number).Name}”是图表页，没有单元格，未读")


def _surroundings(workbook: Any) -> Iterator[Remark]:
    if workbook.HasVBProject:
        yield Remark("FL201", "VBA宏，未运行，也未读取")
    links = workbook.LinkSources(_EXCEL_LINKS)
    for link in dict.fromkeys(links or ()):
        yield Remark("FL202", f"公式引用了别的文件：{_file_name(str(link))[:80]}")
    objects = 0
    for sheet in worksheets(workbook):
        with suppress(Exception):  # not every program tells
            objects += int(sheet.OLEObjects().Count)
    if objects:
        yield Remark("FL203", f"共{objects}个，未打开")


def _file_name(link: str) -> str:
    return ntpath.basename(link.replace("/", "\\"))
