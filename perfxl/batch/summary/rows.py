"""Rows of a table as a sheet's XML, for lists too long to be written cell by cell.

Texts never become formulas or links. The only formulas are ours.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from perfxl.batch.summary import looks
from perfxl.batch.summary.links import Links
from perfxl.batch.summary.reviews import SCORE
from perfxl.batch.summary.scores import COMPUTED
from perfxl.batch.summary.table import Column, Kind, Table, Value
from perfxl.model.address import column_letters
from perfxl.model.number import shown
from perfxl.render.legal_text import legal_text
from perfxl.render.terminal import display_width
from perfxl.writer.xml_text import content

LARGEST = Decimal(10) ** 15  # what a cell shows digit by digit
_ROW, _LINE, _TALLEST = 18.0, 14.5, 409.0  # points of one line, each further one, at most
_PIXEL = 0.75  # points; a row is so many whole pixels high
_DAY_ZERO = date(1899, 12, 30)
_REMEMBERED = 50_000  # cells that look alike; most texts of a list stand in it many times
_CHUNK = 500  # rows handed over at a time

Look = tuple[Kind, str, bool]
"""What a column holds, the word that has a colour of its own, whether the cell is a link."""
Piece = tuple[str, int]
"""A cell's XML behind its address, and the lines that its text takes."""


def look_of(column: Column, value: Value, is_link: bool) -> Look:
    """How a cell looks; there are few looks and very many cells."""
    if isinstance(value, str) and column.name in looks.WORD_COLUMNS and value in looks.WORDS:
        return column.kind, value, is_link
    # A number of units among sums of points has no decimals.
    is_count = column.kind is Kind.SCORE and isinstance(value, int)
    return Kind.COUNT if is_count else column.kind, "", is_link


def format_of(look: Look) -> dict[str, Any]:
    """A look as the properties of a format."""
    kind, word, is_link = look
    how = looks.worded(word) if word else looks.KINDS[kind]
    return {**how, **looks.LINK} if is_link else how


def looks_of(table: Table) -> list[Look]:
    """Every look that a cell of the table may have, each once and in a steady order."""
    linked = {column for _, column in table.sources}
    found: dict[Look, None] = {}
    for index, column in enumerate(table.columns):
        kinds = [column.kind, *([Kind.COUNT] if column.kind is Kind.SCORE else [])]
        words = list(looks.WORDS) if column.name in looks.WORD_COLUMNS else []
        for is_link in (False, True) if index in linked else (False,):
            found.update(dict.fromkeys((kind, "", is_link) for kind in kinds))
            found.update(dict.fromkeys((column.kind, word, is_link) for word in words))
    return list(found)


def rows_xml(table: Table, first: int, styles: Mapping[Look, int], links: Links) -> Iterator[str]:
    """The rows, some hundred at a time.

    Args:
        table: at most `table.most` rows of it are written.
        first: the row of the first, as Excel counts.
        styles: the number of the format of each look of the table.
        links: takes a link for each figure with a source.
    """
    letters = [column_letters(index + 1) for index in range(len(table.columns))]
    makers = [_maker(column, styles) for column in table.columns]
    linked = {column for _, column in table.sources}
    difference = _difference(table, letters) if _has_difference(table) else None
    known: list[dict[object, Piece]] = [{} for _ in table.columns]
    written: list[str] = []
    for number, values in enumerate(table.rows[: table.most]):
        row = first + number
        lines, cells = 1, ""
        for index, value in enumerate(values):
            is_link = False
            if index in linked and value is not None:
                source = table.sources.get((number, index))
                is_link = source is not None and links.add(f"{letters[index]}{row}", source)
            key = (value.__class__, value, is_link)
            piece = known[index].get(key)
            if piece is None:
                if len(known[index]) >= _REMEMBERED:
                    known[index].clear()
                piece = known[index][key] = makers[index](value, is_link)
            if piece[1] > lines:
                lines = piece[1]
            told = piece[0]
            if difference and table.columns[index].kind is Kind.DIFFERENCE:
                told = told.replace("<f/>", f"<f>{difference(row)}</f>")
            cells += f'<c r="{letters[index]}{row}"{told}'
        height = _whole_pixels(min(_ROW + (lines - 1) * _LINE, _TALLEST))
        written.append(f'<row r="{row}" ht="{height:g}" customHeight="1">{cells}</row>')
        if len(written) == _CHUNK:
            yield "".join(written)
            written = []
    yield "".join(written)


def text_rows_xml(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of nothing but texts, without any look."""
    for row, texts in enumerate(rows, 1):
        cells = (
            f'<c r="{column_letters(index)}{row}"{_text(each)}'
            for index, each in enumerate(texts, 1)
        )
        yield f'<row r="{row}">{"".join(cells)}</row>'


def row_height(values: Sequence[Value], columns: Sequence[Column]) -> float:
    """Points that the tallest text of a row needs; office programs do not reckon it themselves."""
    lines = max(map(_lines, values, columns), default=1)
    return min(_ROW + (lines - 1) * _LINE, _TALLEST)


def _whole_pixels(height: float) -> float:
    return int(height / _PIXEL + 0.5) * _PIXEL


def _lines(value: Value, column: Column) -> int:
    if not isinstance(value, str):
        return 1
    room = max(4.0, column.width - (1 if column.kind is Kind.CENTER else 3))
    return sum(max(1, math.ceil(display_width(t) / room)) for t in value.split("\n"))


def _maker(column: Column, styles: Mapping[Look, int]) -> Callable[[Value, bool], Piece]:
    def make(value: Value, is_link: bool) -> Piece:
        style = f' s="{styles[look_of(column, value, is_link)]}"'
        if column.kind is Kind.DIFFERENCE:
            cached = _number(value) if isinstance(value, Decimal) else ""
            return f"{style}><f/><v>{cached}</v></c>", 1
        return style + _cell(value), _lines(value, column)

    return make


def _cell(value: Value) -> str:
    """A value as what it is; a text is always a text."""
    if value is None:
        return "/>"
    if isinstance(value, str):
        return _text(value) if value else "/>"
    if isinstance(value, date):
        return f"><v>{(value - _DAY_ZERO).days}</v></c>"
    number = Decimal(value)
    return _text(shown(number)) if abs(number) >= LARGEST else f"><v>{_number(number)}</v></c>"


def _number(value: Decimal) -> str:
    return f"{float(value) + 0.0:.16G}"  # there is no minus zero


def _text(text: str) -> str:
    kept = content(legal_text(text))
    space = ' xml:space="preserve"' if kept != kept.strip() else ""
    return f' t="inlineStr"><is><t{space}>{kept}</t></is></c>'


def _has_difference(table: Table) -> bool:
    return any(column.kind is Kind.DIFFERENCE for column in table.columns)


def _difference(table: Table, letters: Sequence[str]) -> Callable[[int], str]:
    """The reviewer's score less ours, reckoned again as soon as a score is typed."""
    typed, ours = letters[table.column(SCORE)], letters[table.column(COMPUTED)]
    return lambda row: (
        f"IF(AND(ISNUMBER({typed}{row}),ISNUMBER({ours}{row})),"
        f'ROUND({typed}{row}-{ours}{row},4),"")'
    )
