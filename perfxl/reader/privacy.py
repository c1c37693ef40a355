"""Telephone numbers that stand where they would be published with the form."""

import re
import unicodedata
from collections.abc import Iterator

from perfxl.model.address import Area
from perfxl.model.cells import Book, Cell, CellType, Remark, Sheet
from perfxl.model.form import Return

PHONE_NUMBER = "FL213"

# Not part of a longer number, of a 文号 or of an amount.
_MOBILE = re.compile(r"(?<![\d.])1[3-9]\d(?:[ -]?\d{4}){2}(?![\d.])", re.ASCII)
_LANDLINE = re.compile(r"(?<![\d.])0\d{2,3}[- —]\d{7,8}(?![\d.])", re.ASCII)
_LOCAL = re.compile(r"(?:电话|手机|座机)[^\d]{0,6}\d{7,8}(?!\d)", re.ASCII)
_BESIDE = re.compile("电话|手机|联系方式")
# Words of the lines above and below a table that say who filled it in and whom to ask.
_CONTACT = re.compile("电话|手机|联系方式|联系人|填[报表]人|经办人|审核人|负责人|制表")
_SHORTEST = 7


def remark_phone_numbers(book: Book, returned: Return) -> None:
    """Note each cell of a published sheet with a telephone number; it is not repeated.

    Published are the sheets that hold a table. On these the lines of contacts above and below
    the tables are an ordinary part of a return, as are 填报信息 and other sheets.
    """
    tables = _tables_by_sheet(returned)
    for sheet in book.sheets:
        if sheet.name not in tables or sheet.state != "visible":
            continue
        for spot, cell in sheet.cells.items():
            kind = next(_kinds(sheet, cell), "") if len(cell.raw) >= _SHORTEST else ""
            if kind and (_is_inside(cell, tables[sheet.name]) or not _is_contact(sheet, cell)):
                place = sheet.place(*spot)
                book.remarks.append(Remark(PHONE_NUMBER, f"{place.cell}里有{kind}", place))


def _tables_by_sheet(returned: Return) -> dict[str, list[Area]]:
    areas: dict[str, list[Area]] = {}
    for form in returned.forms:
        areas.setdefault(form.sheet, []).append(form.area)
    for tasks in returned.task_tables:
        areas.setdefault(tasks.sheet, []).append(tasks.area)
    for targets in returned.target_tables:
        areas.setdefault(targets.sheet, []).append(targets.area)
    return areas


def _is_inside(cell: Cell, areas: list[Area]) -> bool:
    return any(area.top <= cell.row <= area.bottom for area in areas)


def _is_contact(sheet: Sheet, cell: Cell) -> bool:
    """Whether the cell or one to its left says whose number it is."""
    row = (sheet.cells.get((cell.row, column)) for column in range(1, cell.column + 1))
    return any(other is not None and _CONTACT.search(_squeezed(other.raw)) for other in row)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _kinds(sheet: Sheet, cell: Cell) -> Iterator[str]:
    """What a cell holds; a bare number is one only beside a word that says so."""
    text = unicodedata.normalize("NFKC", cell.raw)
    left = sheet.cells.get((cell.row, cell.column - 1))
    is_labelled = left is not None and bool(_BESIDE.search(_squeezed(left.raw)))
    if cell.type is CellType.NUMBER and not is_labelled:
        return
    if _MOBILE.search(text):
        yield "手机号码"
    if _LANDLINE.search(text) or _LOCAL.search(text):
        yield "电话号码"
    if is_labelled and text.isdecimal() and len(text) <= _SHORTEST + 1:
        yield "电话号码"
