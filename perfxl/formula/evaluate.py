"""The value of an expression, in Decimal and by Excel's rules."""

import operator
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Protocol

from perfxl.formula.coerce import (
    ARITHMETIC,
    DIV0,
    NUM,
    Trouble,
    Unknown,
    Value,
    compare,
    finite,
    to_number,
    to_text,
)
from perfxl.formula.functions import FUNCTIONS
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
from perfxl.model.address import Area

__all__ = ["Lookup", "Unknown", "Value", "evaluate"]


class Lookup(Protocol):
    """Where an expression finds its inputs; `sheet` None is the sheet it stands in."""

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        """The value of one cell, None when it is blank."""

    def area(self, sheet: str | None, area: Area) -> Iterable[Value]:
        """The values of the cells that are not blank, row by row."""

    def placed(self, sheet: str | None, area: Area) -> Iterable[tuple[int, int, Value]]:
        """The cells of `area` with row and column, in any order."""

    def listed(self, sheet: str | None, area: Area, *, with_hidden: bool) -> Iterable[Value]:
        """`area` without subtotals and hidden rows; see `formula.function.Context.listed`."""

    def named(self, name: str) -> Node | None:
        """What a name stands for, None when nobody knows it."""


def evaluate(node: Node, lookup: Lookup) -> Value:
    """The value of an expression.

    Args:
        node: the expression.
        lookup: gives cells and names.

    Returns:
        A number, text, truth value, None for a reference to a blank cell, a `CellError` as Excel
        would show, or `Unknown` where a function or construct is not computed here.
    """
    try:
        return _Evaluation(lookup).value(node)
    except RecursionError:  # names that stand for deep expressions of further names
        return Unknown("嵌套过深的公式")


class _Evaluation:
    """One evaluation; satisfies `function.Context`."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._open_names: list[str] = []

    def value(self, node: Node) -> Value:
        match node:
            case Literal():
                return node.value
            case Reference():
                if not node.is_cell:
                    return Unknown("区域直接参与运算")
                return self._lookup.cell(node.sheet, node.area.top, node.area.left)
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)
            case Unary():
                return self._unary(node)
            case Name():
                return self._named(node)
            case Opaque():
                return Unknown(node.what)

    def members(self, node: Node) -> Iterable[Value] | None:
        """The non-blank cells of a reference or of a name for one; None for anything else."""
        reference = self.reference(node)
        return None if reference is None else self._lookup.area(reference.sheet, reference.area)

    def listed(self, node: Node, *, with_hidden: bool) -> Iterable[Value] | None:
        """`members` without subtotals and hidden rows."""
        reference = self.reference(node)
        if reference is None:
            return None
        return self._lookup.listed(reference.sheet, reference.area, with_hidden=with_hidden)

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        """One cell by its position."""
        return self._lookup.cell(sheet, row, column)

    def placed(self, sheet: str | None, area: Area) -> Iterable[tuple[int, int, Value]]:
        """The cells of an area that are not blank, with row and column."""
        return self._lookup.placed(sheet, area)

    def reference(self, node: Node) -> Reference | None:
        """The cells that a reference or a name stands for; None for anything else."""
        if isinstance(node, Name):
            node = self._lookup.named(node.name) or node
        return node if isinstance(node, Reference) else None

    def _named(self, node: Name) -> Value:
        target = self._lookup.named(node.name)
        if target is None or node.name in self._open_names:
            return Unknown(f"名称{node.name}")
        self._open_names.append(node.name)
        try:
            return self.value(target)
        finally:
            self._open_names.pop()

    def _call(self, node: Call) -> Value:
        function = FUNCTIONS.get(node.name)
        if function is None:
            return Unknown(f"函数{node.name}")
        return function(self, node.arguments)

    def _unary(self, node: Unary) -> Value:
        value = self.value(node.operand)
        if node.operator == "+":  # a plus sign leaves even a text as it is
            return value
        number = to_number(value)
        if not isinstance(number, Decimal):
            return number
        return ARITHMETIC.minus(number) if node.operator == "-" else number.scaleb(-2)

    def _binary(self, node: Binary) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        if node.operator in _COMPARISONS:
            order = compare(left, right)
            return _COMPARISONS[node.operator](order, 0) if isinstance(order, int) else order
        if node.operator == "&":
            texts = to_text(left), to_text(right)
            return _first_trouble(texts) or "".join(map(str, texts))
        return _calculate(node.operator, to_number(left), to_number(right))


_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _troubles(values: Iterable[object]) -> Iterator[Trouble]:
    return (value for value in values if isinstance(value, CellError | Unknown))


def _first_trouble(values: tuple[object, ...]) -> Trouble | None:
    """An unknown weighs more than an error: the unknown might be an error of another kind."""
    return min(_troubles(values), key=lambda v: isinstance(v, CellError), default=None)


def _calculate(sign: str, left: Decimal | Trouble, right: Decimal | Trouble) -> Value:
    if not isinstance(left, Decimal) or not isinstance(right, Decimal):
        return _first_trouble((left, right))
    match sign:
        case "+":
            return finite(ARITHMETIC.add(left, right))
        case "-":
            return finite(ARITHMETIC.subtract(left, right))
        case "*":
            return finite(ARITHMETIC.multiply(left, right))
        case "/":
            return finite(ARITHMETIC.divide(left, right)) if right else DIV0
    return _power(left, right)


def _power(base: Decimal, exponent: Decimal) -> Value:
    if not base and exponent <= 0:
        return DIV0 if exponent else NUM
    return finite(ARITHMETIC.power(base, exponent))
