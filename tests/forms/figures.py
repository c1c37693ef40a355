"""The figures of a form as plain values: indicators in groups, tasks, targets."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Typed:
    """A number that somebody typed as text; `value` is what it means."""

    text: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without `=`; `cached` is the stored value, None for a cell that holds none."""

    text: str
    value: Decimal
    cached: Decimal | None


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error such as `#REF!` standing in a cell as a value."""

    text: str


Value = Decimal | str | bool | date | Typed | Formula | ErrorValue | None
Path = tuple[str, ...]


def decimal_of(value: Value) -> Decimal | None:
    """What a value counts for in a sum, None when it is no number."""
    if isinstance(value, Typed | Formula):
        return value.value
    return value if isinstance(value, Decimal) else None


@dataclass(frozen=True, slots=True)
class Leaf:
    """An indicator with a score. `part` counts leaves that share one printed name from 1."""

    name: str
    cap: Value
    score: Value
    description: str = ""
    criteria: str = ""
    reason: Value = None
    action: Value = None
    target: Value = None
    actual: Value = None
    part: int = 0

    @property
    def is_nameless(self) -> bool:
        """Whether the name cell of this row is left blank."""
        return self.part > 1

    @property
    def key(self) -> str:
        """The name, with `#2` and so on for the further parts."""
        return f"{self.name}#{self.part}" if self.is_nameless else self.name


@dataclass(frozen=True, slots=True)
class Group:
    """A first- or second-level indicator; `label` is what is printed, where it is not the name."""

    name: str
    cap: Value
    children: tuple["Group | Leaf", ...]
    label: str = ""

    @property
    def key(self) -> str:
        """The name."""
        return self.name


Node = Group | Leaf


@dataclass(frozen=True, slots=True)
class Task:
    """A yearly task with budget and execution (total, and the fiscal part of it) in yuan."""

    name: str
    content: str
    result: str
    amounts: tuple[Value, Value, Value, Value]


@dataclass(frozen=True, slots=True)
class Target:
    """A yearly target with what came of it; `path` ends in the indicator's name."""

    path: Path
    target: Value
    actual: Value


def leaves_of(nodes: tuple[Node, ...], above: Path = ()) -> Iterator[tuple[Path, Leaf]]:
    """Every leaf with its path of keys, in the form's order."""
    for node in nodes:
        path = (*above, node.key)
        if isinstance(node, Group):
            yield from leaves_of(node.children, path)
        else:
            yield path, node


def nodes_of(nodes: tuple[Node, ...], above: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every group and leaf with its path of keys, parents first."""
    for node in nodes:
        path = (*above, node.key)
        yield path, node
        if isinstance(node, Group):
            yield from nodes_of(node.children, path)


def replaced(nodes: tuple[Node, ...], path: Path, by: tuple[Node, ...]) -> tuple[Node, ...]:
    """The tree with the node at `path` replaced by others, or by none."""
    out: list[Node] = []
    for node in nodes:
        if node.key != path[0]:
            out.append(node)
        elif len(path) == 1:
            out.extend(by)
        elif isinstance(node, Group):
            out.append(replace(node, children=replaced(node.children, path[1:], by)))
    return tuple(out)
