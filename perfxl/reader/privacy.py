"""Telephone numbers that stand in a workbook which may be published."""

import re
import unicodedata
from collections.abc import Iterator

from perfxl.model.cells import Book, Cell, CellType, Remark, Sheet

PHONE_NUMBER = "FL213"

# Not part of a longer number, of a 文号 or of an amount.
_MOBILE = re.compile(r"(?<![\d.])1[3-9]\d(?:[ -]?\d{4}){2}(?![\d.])", re.ASCII)
_LANDLINE = re.compile(r"(?<![\d.])0\d{2,3}[- —]\d{7,8}(?![\d.])", re.ASCII)
_LOCAL = re.compile(r"(?:电话|手机|座机)[^\d]{0,6}\d{7,8}(?!\d)", re.ASCII)
_BESIDE = re.compile("电话|手机|联系方式")
_SHORTEST = 7


def remark_phone_numbers(book: Book) -> None:
    """Note each cell that holds a telephone number; the number itself is not repeated."""
    for sheet in book.sheets:
        for spot, cell in sheet.cells.items():
            kind = next(_kinds(sheet, cell), "") if len(cell.raw) >= _SHORTEST else ""
            if kind:
                place = sheet.place(*spot)
                book.remarks.append(Remark(PHONE_NUMBER, f"{place.cell}里有{kind}", place))


def _kinds(sheet: Sheet, cell: Cell) -> Iterator[str]:
    """What a cell holds; a bare number is one only beside a word that says so."""
    text = unicodedata.normalize("NFKC", cell.raw)
    left = sheet.cells.get((cell.row, cell.column - 1))
    is_labelled = left is not None and bool(_BESIDE.search(left.raw))
    if cell.type is CellType.NUMBER and not is_labelled:
        return
    if _MOBILE.search(text):
        yield "手机号码"
    if _LANDLINE.search(text) or _LOCAL.search(text):
        yield "电话号码"
    if is_labelled and text.isdecimal() and len(text) <= _SHORTEST + 1:
        yield "电话号码"
