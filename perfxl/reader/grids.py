"""Lists that people keep, as texts by row and column: CSV or Excel, the first list of a file."""

import csv
import datetime
import io
from dataclasses import dataclass
from pathlib import Path

from perfxl.errors import RefusedFile, UsageError
from perfxl.model.cells import Book, Cell, CellType, Sheet
from perfxl.model.number import parse_stored, plain
from perfxl.reader.recalculate import recalculate
from perfxl.reader.workbook import read_book

_EXCEL = {".xlsx", ".xlsm", ".xls", ".et"}
_ENCODINGS = ("utf-8-sig", "gb18030")
_BIGGEST = 64_000_000  # bytes of a CSV
_EPOCH, _EPOCH_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as the file counts it, and its texts by column from 1, blanks left out."""

    number: int
    texts: dict[int, str]


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
    if kind in (".csv", ".txt"):
        return (TextGrid("", tuple(_csv_rows(path))),)
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


def _csv_rows(path: Path) -> list[Row]:
    try:
        if path.stat().st_size > _BIGGEST:
            raise UsageError(f"{path}：文件太大，不像是名单")
        data = path.read_bytes()
    except OSError as problem:
        raise UsageError(f"{path}：无法读取（{problem.strerror}）") from problem
    text = next((read for code in _ENCODINGS if (read := _decoded(data, code)) is not None), None)
    if text is None or "\0" in text:
        raise UsageError(f"{path} 的编码看不懂，请另存为 UTF-8 或 GBK 的 CSV")
    first = text.partition("\n")[0]
    separator = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[Row] = []
    try:
        for cells in reader:
            found = {c: kept for c, cell in enumerate(cells, start=1) if (kept := cell.strip())}
            if found:
                rows.append(Row(reader.line_num, found))
    except csv.Error as problem:
        raise UsageError(f"{path} 不是规整的 CSV（第{reader.line_num}行）") from problem
    return rows


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
