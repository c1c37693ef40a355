"""The closed set of nodes an expression is made of, whether it came from a cell or a scheme."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfxl.model.address import Area


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value such as `#DIV/0!`."""

    code: str


Scalar = Decimal | str | bool | CellError | None
"""What a cell or a literal can be; None is a blank cell or an argument left out."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells of the same workbook; `sheet` is None for the sheet the expression stands in."""

    sheet: str | None
    area: Area

    @property
    def is_cell(self) -> bool:
        """Whether it is one cell."""
        return self.area.top == self.area.bottom and self.area.left == self.area.right


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name of the workbook or an input of a scheme."""

    name: str


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x`, `+x` or `x%`."""

    operator: str
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    """`x operator y` for + - * / ^ & = <> < > <= >=."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function by its upper-case name, known to the evaluator or not."""

    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Opaque:
    """A construct that is not computed here; `what` names it in Chinese for the user."""

    what: str


Node = Literal | Reference | Name | Unary | Binary | Call | Opaque


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        match current:
            case Unary():
                stack.append(current.operand)
            case Binary():
                stack += (current.right, current.left)
            case Call():
                stack.extend(reversed(current.arguments))


def inputs(node: Node) -> tuple[Reference | Name, ...]:
    """The cells and names an expression needs, in reading order, repeats included."""
    return tuple(part for part in walk(node) if isinstance(part, Reference | Name))
