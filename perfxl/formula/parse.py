"""Formula text to tree. A library reads the grammar; this module keeps what we can compute."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any

from perfxl.formula.tree import (
    Binary,
    Call,
    CellError,
    Literal,
    Name,
    Node,
    Opaque,
    Reference,
    Unary,
)
from perfxl.model.address import MAX_COLUMN, MAX_ROW, Area, column_number, parse_area

MAX_LENGTH = 8192  # Excel's own limit for the text of a formula
ERROR_CODES = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!")
)
_UNREADABLE = Opaque("无法解析的公式")
_EXTERNAL = Opaque("外部引用")
_OPERATORS = frozenset(("+", "-", "*", "/", "^", "&", "=", "<>", "<", ">", "<=", ">="))
_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
_COLUMNS = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})\Z")
_ROWS = re.compile(r"\$?([1-9]\d{0,6}):\$?([1-9]\d{0,6})\Z", re.ASCII)
_CELL_LIKE = re.compile(r"\$?[A-Z]{1,3}\$?\d+\Z", re.ASCII)


@lru_cache(maxsize=8192)
def parse_formula(text: str) -> Node:
    """The tree of a formula given without its leading `=`; never raises.

    What cannot be read or is no part of the closed set becomes `Opaque`. Trees are kept for the
    life of the process: returns of one template repeat the same texts.
    """
    if len(text) > MAX_LENGTH:
        return _UNREADABLE
    from formualizer import ParserError, TokenizerError, parse

    try:
        return _node(parse("=" + text).to_dict())
    except (ParserError, TokenizerError, ValueError, RecursionError):
        return _UNREADABLE


def _node(raw: dict[str, Any]) -> Node:
    convert = _CONVERTERS.get(raw["node_type"])
    return convert(raw) if convert else _UNREADABLE


def _literal(raw: dict[str, Any]) -> Node:
    value = raw["value"]
    if isinstance(value, str):
        # The parser gives errors and texts alike; a quoted "#N/A" is not worth telling apart.
        return Literal(CellError(value) if value in ERROR_CODES else value)
    if isinstance(value, bool):
        return Literal(value)
    number = Decimal(repr(value))
    return Literal(_DIGITS.plus(number)) if number.is_finite() else _UNREADABLE


def _reference(raw: dict[str, Any]) -> Node:
    text: str = raw["reference"]
    if "[" in text:
        return _EXTERNAL if "!" in text else Opaque("表格引用")
    sheet, mark, local = text.rpartition("!")
    if not mark:
        return _local(None, local)
    if sheet.startswith("'"):
        return _local(sheet[1:-1].replace("''", "'"), local)
    return Opaque("跨多张表的引用") if ":" in sheet else _local(sheet, local)


def _local(sheet: str | None, text: str) -> Node:
    upper = text.upper()
    try:
        return Reference(sheet, parse_area(upper))
    except ValueError:
        pass
    if columns := _COLUMNS.match(upper):
        left, right = sorted(map(column_number, columns.groups()))
        return _whole(sheet, Area(1, left, MAX_ROW, right))
    if rows := _ROWS.match(upper):
        top, bottom = sorted(map(int, rows.groups()))
        return _whole(sheet, Area(top, 1, bottom, MAX_COLUMN))
    # A0 and XFE1 look like cells but lie outside the grid.
    is_name = ":" not in text and not _CELL_LIKE.match(upper)
    return Name(text) if is_name else _UNREADABLE


def _whole(sheet: str | None, area: Area) -> Node:
    is_inside = area.bottom <= MAX_ROW and area.right <= MAX_COLUMN
    return Reference(sheet, area) if is_inside else _UNREADABLE


def _unary(raw: dict[str, Any]) -> Node:
    operator = raw["operator"]
    operand = _node(raw["operand"])
    if operator == "@":  # implicit intersection: of one cell it is that cell
        is_plain = isinstance(operand, Reference) and operand.is_cell
        return operand if is_plain else Opaque("动态数组")
    return Unary(operator, operand) if operator in ("+", "-", "%") else Opaque("动态数组")


def _binary(raw: dict[str, Any]) -> Node:
    operator = raw["operator"]
    left, right = _node(raw["left"]), _node(raw["right"])
    if operator in _OPERATORS:
        return Binary(operator, left, right)
    if operator == ":" and isinstance(left, Reference) and isinstance(right, Reference):
        return _span(left, right)
    return Opaque("区域运算")


def _span(first: Reference, last: Reference) -> Node:
    """`Sheet1!A1:B9` may come as two references with a colon between."""
    if last.sheet not in (None, first.sheet):
        return Opaque("区域运算")
    one, two = first.area, last.area
    area = Area(
        min(one.top, two.top),
        min(one.left, two.left),
        max(one.bottom, two.bottom),
        max(one.right, two.right),
    )
    return Reference(first.sheet, area)


def _call(raw: dict[str, Any]) -> Node:
    name: str = raw["name"].upper()
    for prefix in ("_XLFN.", "_XLWS."):
        name = name.removeprefix(prefix)
    return Call(name, tuple(_node(argument) for argument in raw["args"]))


_CONVERTERS: dict[str, Callable[[dict[str, Any]], Node]] = {
    "Literal": _literal,
    "Omitted": lambda raw: Literal(None),
    "Reference": _reference,
    "UnaryOp": _unary,
    "BinaryOp": _binary,
    "Function": _call,
    "Array": lambda raw: Opaque("数组常量"),
}
