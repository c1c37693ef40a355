"""Tables of figures: exports of the accounts or the budget system, as CSV or Excel."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from perfxl.errors import RefusedFile, UsageError
from perfxl.model.address import column_letters
from perfxl.model.cells import Cell, CellType, Style
from perfxl.model.figure import Figure
from perfxl.model.number import parse_stored, parse_typed, plain
from perfxl.reader.delimited import SUFFIXES, Row, read_delimited
from perfxl.reader.recalculate import recalculate
from perfxl.reader.workbook import read_book
from perfxl.scheme.vocabulary import fold

_EXCEL = {".xlsx", ".xlsm", ".xls", ".et"}
_MOST_COLUMNS = 100
_LAST_NOTE_ROW = 10  # a unit told below that is of something else
_UNITS = "(万元|亿元|千元|元|%)"
_UNIT = re.compile(rf"[(:/,](?:单位:)?(?:人民币)?{_UNITS}\)?\Z")
_UNIT_NOTE = re.compile(rf"单位:(?:人民币)?{_UNITS}")
_OWN_UNIT = re.compile(rf"(?:人民币)?{_UNITS}\Z")
_MEANT_AS_NUMBER = re.compile(r"[=#]|(?!.*20\d\d).*\d")  # a formula, an error, 20人, 约3万
_QUOTED = re.compile(r'"[^"]*"')
_UNIT_HEADS = {"单位", "计量单位", "度量单位"}


def read_figures(path: Path) -> tuple[Figure, ...]:
    """Every figure of a file, sheet by sheet, row by row.

    A figure's row is named by the first text of its row, its column by the nearest text above.

    Raises:
        UsageError: neither CSV nor Excel, or it cannot be read; says what to do.
    """
    kind = path.suffix.lower()
    if kind in _EXCEL:
        return tuple(_from_workbook(path))
    if kind in SUFFIXES:
        return tuple(_figures(read_delimited(path), path.name, ""))
    raise UsageError(f"{path}：数据文件应为 .csv、.xlsx 或 .xls")


def figure_of(name: str, text: str) -> Figure:
    """A single figure by its name, which may tell a unit: 总预算（万元）, 1200; an answer: 是."""
    rows = (Row(1, {1: "项目", 2: name}), Row(2, {1: "数", 2: text}))
    found = tuple(_figures(rows, "", ""))
    return found[0] if len(found) == 1 else Figure(name, "", text, "", "", "")


def _from_workbook(path: Path) -> Iterator[Figure]:
    try:
        book = read_book(path)
    except RefusedFile as refusal:
        raise UsageError(f"{path} 打不开：{refusal.detail}") from refusal
    recalculate(book)
    for sheet in book.sheets:
        if sheet.state != "visible" or not sheet.cells:
            continue
        shown = {
            at: text
            for at, cell in sheet.cells.items()
            if cell.raw.strip() and (text := _shown(cell, book.styles[cell.style]))
        }
        rows: dict[int, dict[int, str]] = {}
        for (row, column), text in sorted(shown.items()):
            rows.setdefault(row, {})[column] = text
        grid = [Row(number, texts) for number, texts in rows.items()]
        yield from _figures(grid, path.name, sheet.name)


def _shown(cell: Cell, style: Style) -> str:
    """The text of a cell, numbers at the 15 digits that Excel keeps; "" for a date."""
    number = parse_stored(cell.raw) if cell.type is CellType.NUMBER else None
    if number is None:
        return cell.raw.strip()
    if style.is_date:
        return ""
    is_percent = "%" in _QUOTED.sub("", style.number_format)
    return f"{plain(number * 100)}%" if is_percent else plain(number)


def _figures(rows: Sequence[Row], file: str, sheet: str) -> Iterator[Figure]:
    """The figures of a grid of texts."""
    note = _note(rows)
    heads: dict[int, str] = {}
    for row in rows:
        texts = {column: text for column, text in row.texts.items() if column <= _MOST_COLUMNS}
        numbers = {column for column, text in texts.items() if parse_typed(text) is not None}
        words = {column: text for column, text in texts.items() if column not in numbers}
        if not words:
            continue
        first = min(words)
        values = {c for c in texts if c > first and (c in numbers or _is_answer(c, heads))}
        if not values and heads:
            values = {c for c in words if c > first and _is_meant_as_number(words[c], c, heads)}
        if not numbers and len(words) > 1 and not values:
            heads = words
            continue
        told = (words[c] for c, head in heads.items() if c in words and fold(head) in _UNIT_HEADS)
        own_unit = next((found[1] for text in told if (found := _OWN_UNIT.match(_nfkc(text)))), "")
        many = sum(1 for c in texts if c in values and c in numbers) > 1
        for column in sorted(values):
            head = heads.get(column, "")
            typed = parse_typed(texts[column])
            value, suffix = typed if typed is not None else (texts[column], "")
            unit = suffix or _unit_of(head) or own_unit or _unit_of(words[first]) or note
            is_under_percent = unit == "%" != suffix and isinstance(value, Decimal)
            place = _place(sheet, row.number, column)
            yield Figure(
                _without_unit(words[first]),
                _without_unit(head) if head or many else "",
                value,
                unit,
                file,
                place,
                is_under_percent,
            )


def _is_answer(column: int, heads: dict[int, str]) -> bool:
    """Whether a text stands where a value is expected: 是, 否, 合规."""
    return fold(heads.get(column, "")) in {"数值", "值", "填报值", "结果", "答案", "内容"}


def _is_meant_as_number(text: str, column: int, heads: dict[int, str]) -> bool:
    """Whether a text under a heading of values failed to be a number, to be told of."""
    is_unit = fold(heads.get(column, "")) in _UNIT_HEADS
    return column in heads and not is_unit and _MEANT_AS_NUMBER.match(text) is not None


def _nfkc(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _unit_of(text: str) -> str:
    found = _UNIT.search(_nfkc(text))
    return found[1] if found else ""


def _without_unit(text: str) -> str:
    return _UNIT.sub("", _nfkc(text)) if _unit_of(text) else text.strip()


def _note(rows: Sequence[Row]) -> str:
    """The unit that a line over the table gives for all of it."""
    for row in rows:
        if row.number > _LAST_NOTE_ROW:
            break
        for text in row.texts.values():
            if found := _UNIT_NOTE.search(_nfkc(text)):
                return found[1]
    return ""


def _place(sheet: str, row: int, column: int) -> str:
    letters = column_letters(column)
    return f"{sheet}!{letters}{row}" if sheet else f"第{row}行{letters}列"
