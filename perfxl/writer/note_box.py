"""Where a note's box goes and how large it must be for its text."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from perfxl.model.address import MAX_COLUMN, MAX_ROW
from perfxl.writer.xml_scan import Node

_ROW = re.compile(rb"<(?:[\w.-]+:)?row\s[^>]*>")
_ROW_NUMBER = re.compile(rb'\sr\s*=\s*["\'](\d+)["\']')
_HEIGHT = re.compile(rb'\sht\s*=\s*["\']([\d.]+)["\']')
_HIDDEN = re.compile(rb'\shidden\s*=\s*["\'](?:1|true)["\']')
_WIDE = re.compile("[\u2000-\U0010ffff]")
_DEFAULT_ROW, _DEFAULT_COLUMN = 20, 72
_WIDTH = 300  # pixels; a line of 宋体 9 then holds 24 Chinese characters
_LINE_UNITS = 46  # half-width characters in a line
_LINE = 16
_TALLEST = 480


@dataclass(slots=True)
class Grid:
    """Column widths and row heights of a sheet in pixels."""

    columns: list[tuple[int, int, int]] = field(default_factory=list)  # first, last, width
    rows: dict[int, int] = field(default_factory=dict)
    default_column: int = _DEFAULT_COLUMN
    default_row: int = _DEFAULT_ROW

    def column(self, number: int) -> int:
        """Width of a column, 0 when hidden."""
        for first, last, width in self.columns:
            if first <= number <= last:
                return width
        return self.default_column

    def row(self, number: int) -> int:
        """Height of a row, 0 when hidden."""
        return self.rows.get(number, self.default_row)


def grid_of(data: bytes, root: Node) -> Grid:
    """The sizes that a sheet sets."""
    grid = Grid()
    defaults = root.child("sheetFormatPr")
    if defaults:
        grid.default_row = _points(defaults.attributes.get("defaultRowHeight", "15"))
        if "defaultColWidth" in defaults.attributes:
            grid.default_column = _characters(defaults.attributes["defaultColWidth"])
    columns = root.child("cols")
    for node in columns.children if columns else ():
        hidden = node.attributes.get("hidden") in ("1", "true")
        width = 0 if hidden else _characters(node.attributes.get("width", "9"))
        span = (node.attributes.get("min", "0"), node.attributes.get("max", "0"))
        if all(number.isdecimal() for number in span):
            grid.columns.append((int(span[0]), int(span[1]), width))
    sheet_data = root.child("sheetData")
    if sheet_data:
        _read_rows(data[sheet_data.open_end : sheet_data.close], grid.rows)
    return grid


def anchor(grid: Grid, row: int, column: int, text: str) -> str:
    """The VML anchor of a box beside the cell, as tall as the text needs.

    Left column, offset, top row, offset, right column, offset, bottom row, offset; all from 0.
    """
    top = max(1, row - 1)
    height = box_height(text)
    left = column + 1
    if left + 8 > MAX_COLUMN:
        left = max(1, column - 8)
    if row + 40 > MAX_ROW:
        top = max(1, row - 40)
    last_column, right = _walk(grid.column, left, 15 + _WIDTH)
    last_row, bottom = _walk(grid.row, top, 4 + height)
    return f"{left - 1}, 15, {top - 1}, 4, {last_column - 1}, {right}, {last_row - 1}, {bottom}"


def box_height(text: str) -> int:
    """Pixels that the text takes in a box of our width."""
    lines = sum(-(-max(1, text_units(line)) // _LINE_UNITS) for line in text.split("\n"))
    return min(_TALLEST, lines * _LINE + 12)


def text_units(text: str) -> int:
    """Width of a text in half-width characters; Chinese counts two."""
    return len(text) + len(_WIDE.findall(text))


def _walk(size: Callable[[int], int], start: int, distance: int) -> tuple[int, int]:
    """The column or row that lies `distance` pixels on, and the offset within it."""
    number = start
    for _ in range(200):
        here = size(number)
        if distance <= here:
            return number, distance
        distance -= here
        number += 1
    return number, 0


def _read_rows(data: bytes, rows: dict[int, int]) -> None:
    for match in _ROW.finditer(data):
        number = _ROW_NUMBER.search(match[0])
        if not number:
            continue
        height = _HEIGHT.search(match[0])
        if _HIDDEN.search(match[0]):
            rows[int(number[1])] = 0
        elif height:
            rows[int(number[1])] = _points(height[1].decode())


def _points(text: str) -> int:
    return round(_number(text, 15.0) * 4 / 3)


def _characters(text: str) -> int:
    """Pixels of a width in characters; as stored, it has the margins in it."""
    return round(_number(text, 9.0) * 7)


def _number(text: str, default: float) -> float:
    try:
        return min(max(float(text), 0.0), 2000.0)
    except ValueError:
        return default
