"""What functions have in common: how they see their arguments."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Protocol

from perfxl.formula.coerce import Trouble, Unknown, Value, to_number, to_text
from perfxl.formula.tree import CellError, Node, Reference
from perfxl.model.address import Area


class Context(Protocol):
    """What a function needs of the evaluation that calls it."""

    def value(self, node: Node) -> Value:
        """The value of an argument."""

    def members(self, node: Node) -> Iterable[Value] | None:
        """The non-blank cells of an argument that refers to cells, else None."""

    def listed(self, node: Node, *, with_hidden: bool) -> Iterable[Value] | None:
        """`members` as SUBTOTAL sees them: without other subtotals and without hidden rows.

        With `with_hidden` rows that were hidden by hand count; those that a filter hides never
        do, and the file does not say which is which.
        """

    def reference(self, node: Node) -> Reference | None:
        """The cells that an argument refers to, None where it is no reference."""

    def placed(self, sheet: str | None, area: Area) -> Iterable[tuple[int, int, Value]]:
        """The cells of an area that are not blank, with row and column."""

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        """The value of one cell, None when it is blank."""


Arguments = tuple[Node, ...]
Function = Callable[[Context, Arguments], Value]

BAD_ARGUMENTS = Unknown("参数个数不对的公式")
_LARGEST = Decimal(10**9)


def numbers_of(context: Context, arguments: Arguments) -> Iterator[Decimal | Trouble]:
    """Numbers as SUM takes them: from cells only true numbers, from typed arguments also "3"."""
    for argument in arguments:
        members = context.members(argument)
        if members is None:
            yield to_number(context.value(argument))
            continue
        for value in members:
            if isinstance(value, Decimal | CellError | Unknown):
                yield value


def collect(context: Context, arguments: Arguments) -> list[Decimal] | Trouble:
    """All numbers, or what keeps them from being known; an unknown weighs more than an error."""
    found: list[Decimal] = []
    error: CellError | None = None
    for number in numbers_of(context, arguments):
        if isinstance(number, Unknown):
            return number
        if isinstance(number, CellError):
            error = error or number
        else:
            found.append(number)
    return error or found


def whole(context: Context, node: Node) -> int | Trouble:
    """An argument as a whole number, cut towards zero as Excel does."""
    number = to_number(context.value(node))
    if not isinstance(number, Decimal):
        return number
    return int(max(min(number, _LARGEST), -_LARGEST))


def text_of(context: Context, node: Node) -> str | Trouble:
    """An argument as text."""
    return to_text(context.value(node))


def fixed(fewest: int, most: int, function: Function) -> Function:
    """The function for so many arguments only."""

    def checked(context: Context, arguments: Arguments) -> Value:
        if not fewest <= len(arguments) <= most:
            return BAD_ARGUMENTS
        return function(context, arguments)

    return checked
