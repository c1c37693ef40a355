"""Lists that people keep, as texts by row and column: CSV or Excel, the first list of a file."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from perfxl.errors import RefusedFile, UsageError
from perfxl.model.cells import Book, Cell, CellType, Sheet
from perfxl.model.number import parse_stored, plain
from perfxl.reader.delimited import SUFFIXES, Row, read_delimited
from perfxl.reader.recalculate import recalculate
from perfxl.reader.workbook import read_book

__all__ = ["Row", "TextGrid", "read_grids"]

_EXCEL = {".xlsx", ".xlsm", ".xls", ".et"}
_EPOCH, _EPOCH_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class TextGrid:
    """A sheet (`name`; "" for a CSV) as rows of texts, blank rows left out."""

    name: str
    rows: tuple[Row, ...]


def read_grids(path: Path) -> tuple[TextGrid, ...]:
    """The visible sheets of a file; the one of a CSV.

    Numbers are written plainly (3.50 → 3.5), percentages as 95%, dates as 2025-03-31. A label
    merged over several rows of a column is read in all of them.

    Raises:
        UsageError: neither CSV nor Excel, or it cannot be read; says what to do.
    """
    kind = path.suffix.lower()
    if kind in _EXCEL:
        try:
            book = read_book(path)
        except RefusedFile as refusal:
            raise UsageError(f"{path} 打不开：{refusal.detail}") from refusal
        recalculate(book)
        return tuple(_grid(book, sheet) for sheet in book.sheets if sheet.state == "visible")
    if kind in SUFFIXES:
        return (TextGrid("", read_delimited(path)),)
    raise UsageError(f"{path}：应为 .xlsx、.xls 或 .csv 文件")


def _grid(book: Book, sheet: Sheet) -> TextGrid:
    texts: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        if text := _text(book, cell):
            texts.setdefault(row, {})[column] = text
    for area in sheet.merges:
        text = texts.get(area.top, {}).get(area.left, "")
        # A title across the sheet is no column's value; only what reaches down is spread.
        if text and area.left == area.right:
            for row in range(area.top + 1, area.bottom + 1):
                if row in texts:
                    texts[row].setdefault(area.left, text)
    return TextGrid(sheet.name, tuple(Row(number, texts[number]) for number in sorted(texts)))


def _text(book: Book, cell: Cell) -> str:
    if cell.type is not CellType.NUMBER:
        return cell.raw.strip()
    number = parse_stored(cell.raw)
    if number is None:
        return cell.raw.strip()
    style = book.styles[cell.style] if cell.style < len(book.styles) else None
    if style and style.is_date and 0 < number < 200_000:
        epoch = _EPOCH_1904 if book.is_date_1904 else _EPOCH
        return (epoch + datetime.timedelta(days=int(number))).isoformat()
    if style and style.number_format.rstrip().endswith("%"):
        return f"{plain(number * 100)}%"
    return plain(number)
