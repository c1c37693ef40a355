"""What a summary's visible sheets say beside its data sheet: every figure typed over is told.

Sums are made of the data sheet. A person who corrects a figure on a visible sheet must learn that
it does not count, and so must the bureau above.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from perfxl.batch.model import Collection, Overtyped
from perfxl.batch.summary.account import REVIEWED
from perfxl.batch.summary.reviews import STATUS
from perfxl.batch.summary.table import Column, Kind, Table, Value
from perfxl.batch.summary.workbook import visible_tables
from perfxl.model.address import to_a1
from perfxl.model.cells import Book, CellType, Sheet
from perfxl.model.number import shown
from perfxl.render.legal_text import legal_text
from perfxl.writer.xml_text import legal

_DAY_ZERO = date(1899, 12, 30)
_DIGITS = 12  # that an office program surely keeps of a number
_OPEN = {Kind.INPUT_SCORE, Kind.INPUT_TEXT, Kind.DIFFERENCE}  # typed into by reviewers
_GONE = "（没有）"
_KEPT = 16_384  # texts made plain; a summary names the same files and indicators again and again
_KNOWN_BY = 2  # columns at a row's beginning by which it is told from others

Line = tuple[str, ...]
Found = list[tuple[int, Line]]
"""Rows of a sheet by number, each with its texts in the table's order."""


def overtyped(book: Book, collection: Collection, file: str) -> list[Overtyped]:
    """Where the visible sheets differ from what the data sheet gives.

    Sorted and filtered sheets are no difference; what reviewers fill in is none either.

    Args:
        book: the summary as read.
        collection: what its data sheet holds.
        file: its name, for the remarks.
    """
    by_name = {sheet.name: sheet for sheet in book.sheets}
    remarks: list[Overtyped] = []
    for name, tables in visible_tables(collection).items():
        sheet = by_name.get(name)
        if sheet is None:
            remarks.append(Overtyped(file, name, "", _GONE, "整页"))
            continue
        for table in tables:
            told = _of_table(sheet, table, is_list=len(tables) == 1)
            remarks += [Overtyped(file, name, *each) for each in told]
    for kept in (_written, _plain):
        kept.cache_clear()  # texts of one summary, of no use to another
    return remarks


def _of_table(sheet: Sheet, table: Table, *, is_list: bool) -> Iterator[tuple[str, str, str]]:
    """Cell, what it shows and what counts."""
    watched = [
        (index, column)
        for index, column in enumerate(table.columns)
        if column.kind not in _OPEN and column.name != STATUS
    ]
    head = _head(sheet, [column.name for _, column in watched])
    if head is None:
        yield "", _GONE, f"“{table.name}”的表头"
        return
    top, places = head
    for _, column in watched:
        if column.name not in places:
            yield to_a1(top, 1), _GONE, f"“{column.name}”栏"
    watched = [(index, column) for index, column in watched if column.name in places]
    lines = [
        tuple(_expected(row[index]) for index, _ in watched)
        for row in table.rows[: table.most]
        if row[0] != REVIEWED
    ]
    columns = [places[column.name] for _, column in watched]
    last = max((row for row, _ in sheet.cells), default=0) if is_list else top + len(lines)
    found: Found = []
    for row in range(top + 1, last + 1):
        cells = [sheet.cells.get((row, column)) for column in columns]
        texts = tuple("" if cell is None else _plain(cell.raw) for cell in cells)
        if any(texts) and texts[0] != REVIEWED:
            found.append((row, texts))
    yield from _differences(lines, found, columns, [column for _, column in watched])


def _head(sheet: Sheet, names: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """The row that holds most of the heads, and their columns."""
    rows: dict[int, dict[str, int]] = {}
    wanted = set(names)
    for (row, column), cell in sheet.cells.items():
        if cell.type is CellType.TEXT and cell.raw in wanted:
            rows.setdefault(row, {}).setdefault(cell.raw, column)
    best = max(rows, key=lambda row: (len(rows[row]), -row), default=0)
    return (best, rows[best]) if best and len(rows[best]) * 2 > len(names) else None


def _differences(
    lines: Sequence[Line], found: Found, columns: Sequence[int], heads: Sequence[Column]
) -> Iterator[tuple[str, str, str]]:
    """Lines that stand there as they should are set aside; the others are paired by likeness."""
    there = Counter(texts for _, texts in found)
    missing: dict[Line, list[Line]] = {}  # by what a row is known by
    for line in (Counter(lines) - there).elements():
        missing.setdefault(line[:_KNOWN_BY], []).append(line)
    wanted = Counter(lines)
    strange: Found = []
    for row, texts in found:
        if wanted[texts]:
            wanted[texts] -= 1
        else:
            strange.append((row, texts))
    for row, texts in strange:
        group = missing.get(texts[:_KNOWN_BY]) or _any(missing)
        like = max(group, key=lambda line: _likeness(line, texts), default=None)
        if like is None or _likeness(like, texts) * 2 < len(texts):
            yield to_a1(row, columns[0]), _told(texts), "没有这一行"
            continue
        group.remove(like)
        for column, head, present, expected in zip(columns, heads, texts, like, strict=True):
            if present != expected:
                shows = f"{head.name}：{present or '空白'}"
                yield to_a1(row, column), shows, expected or "空白"
    for group in missing.values():
        for line in group:
            yield "", _GONE, f"一行：{_told(line)}"


def _any(missing: dict[Line, list[Line]]) -> list[Line]:
    """A row left over, for one whose very name was typed over."""
    return next((group for group in missing.values() if group), [])


def _likeness(line: Line, texts: Line) -> int:
    return sum(a == b for a, b in zip(line, texts, strict=True))


def _told(texts: Line) -> str:
    return "、".join(filter(None, texts))[:60]


def _expected(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return str((value - _DAY_ZERO).days)
    return _written(value) if isinstance(value, str) else _plain(str(value))


@lru_cache(_KEPT)
def _written(text: str) -> str:
    return _plain(legal(legal_text(text)))


@lru_cache(_KEPT)
def _plain(text: str) -> str:
    """Without what office programs change on saving; a number as its digits."""
    text = " ".join(text.split())
    try:
        return _digits(Decimal(text)) if text[:1] in "-0123456789" and text else text
    except InvalidOperation:
        return text


def _digits(number: Decimal) -> str:
    if not number.is_finite():
        return str(number)
    return shown(Decimal(f"{number:.{_DIGITS}g}")) if number else "0"
