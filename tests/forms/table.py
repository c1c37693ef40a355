"""A score table laid out in a grid: columns by field, label cells merged, blank or repeated."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfxl.model.address import Area
from tests.forms.figures import Group, Leaf, Node, Path, Value, decimal_of, leaves_of
from tests.forms.grid import Grid
from tests.forms.mutate import Draft, kept_as

_STYLES = {"cap": "cap", "score": "score", "reason": "input", "action": "input", "name": "name"}


# What a column prints of a leaf, and how it looks, where that is no field of the leaf's own.
Derived = Mapping[str, Callable[[Leaf], tuple[Value, str]]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `level1 level1.cap level2 level2.cap` or a leaf's field."""

    field: str
    heading: str
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """A leaf's row with the groups above it; `starts` are those of which it is the first."""

    path: Path
    leaf: Leaf
    groups: tuple[tuple[Path, Group], ...]
    starts: int  # level from which on the groups begin here; len(groups) + 1 when none does


def rows_of(nodes: tuple[Node, ...], groups: tuple[tuple[Path, Group], ...] = ()) -> Iterator[Row]:
    """The table's rows, each with the groups that begin with it."""
    above = groups[-1][0] if groups else ()
    for node in nodes:
        path = (*above, node.key)
        if isinstance(node, Leaf):
            yield Row(path, node, groups, len(groups) + 1)
            continue
        inner = rows_of(node.children, (*groups, (path, node)))
        first = next(inner, None)
        if first is not None:
            level = len(groups) + 1
            yield Row(first.path, first.leaf, first.groups, min(first.starts, level))
            yield from inner


class ScoreTable:
    """Places a draft's indicators; the caller writes headings and what stands below."""

    def __init__(
        self, columns: tuple[Column, ...], draft: Draft, grid: Grid, derived: Derived | None = None
    ) -> None:
        self.derived = derived or {}
        self.columns, self.draft, self.grid = columns, draft, grid
        self.rows = list(rows_of(draft.roots))
        self.spans = self._spans()
        self.subtotals: dict[str, list[str]] = {}  # addresses of 小计, by field

    def column(self, field: str) -> int:
        """The column's number, 0 when the table has none of that field."""
        return next((i for i, c in enumerate(self.columns, start=1) if c.field == field), 0)

    def _spans(self) -> dict[Path, int]:
        spans: dict[Path, int] = {}
        for row in self.rows:
            for path, _ in row.groups:
                spans[path] = spans.get(path, 0) + 1
        return spans

    def place(self, top: int, subtotal_label: str = "") -> int:
        """Write all rows from `top` on, 小计 among them if wanted; returns the row below."""
        at = top
        for row, after in zip(self.rows, [*self.rows[1:], None], strict=True):
            self._place_row(at, row)
            at += 1
            if subtotal_label and (after is None or after.starts == 1):
                self._place_subtotal(at, row.groups[0], subtotal_label)
                at += 1
        return at

    def _place_subtotal(self, at: int, group: tuple[Path, Group], label: str) -> None:
        path, node = group
        for column in range(1, len(self.columns) + 1):
            self.grid.put(at, column, None, "label")
        self.grid.put(at, 1, label, "head")
        leaves = [leaf for _, leaf in leaves_of((node,))]
        earned = sum((decimal_of(leaf.score) or Decimal(0) for leaf in leaves), Decimal(0))
        stated = {"cap": node.cap, "score": self.draft.subtotals.get(node.name, earned)}
        for field, value in stated.items():
            column = self.column(field)
            first, last = at - self.spans[path], at - 1
            formula = f"SUM({self.grid.a1(first, column)}:{self.grid.a1(last, column)})"
            kept = kept_as(self.draft.options.totals, formula, value)
            self.grid.put(at, column, kept, "total" if field == "score" else "cap", (path, field))
            self.subtotals.setdefault(field, []).append(self.grid.a1(at, column))

    def _place_row(self, at: int, row: Row) -> None:
        for number, column in enumerate(self.columns, start=1):
            level, _, part = column.field.partition(".")
            if level.startswith("level"):
                self._place_label(at, number, row, int(level[5:]), part or "name")
            else:
                value, style = self._leaf_value(row.leaf, column.field)
                self.grid.put(at, number, value, style, (row.path, column.field))
        self.grid.set_height(at, self._height(row.leaf))

    def _leaf_value(self, leaf: Leaf, field: str) -> tuple[Value, str]:
        if field in self.derived:
            return self.derived[field](leaf)
        if field == "name" and leaf.is_nameless:
            return None, "name"
        value: Value = getattr(leaf, field)
        return value, _STYLES.get(field, "text")

    def _place_label(self, at: int, column: int, row: Row, level: int, part: str) -> None:
        path, group = row.groups[level - 1]
        is_first = row.starts <= level
        style = "cap" if part == "cap" else "label"
        value = self._group_value(at, path, group, level, part)
        ref = (path, part) if is_first else None
        if not is_first and self.draft.options.labels != "repeated":
            if self.draft.options.labels == "first":
                self.grid.put(at, column, None, style)
            return
        if self.draft.options.labels == "merged":
            area = Area(at, column, at + self.spans[path] - 1, column)
            self.grid.put_area(area, value, style, ref)
        else:
            self.grid.put(at, column, value, style, ref)

    def _group_value(self, at: int, path: Path, group: Group, level: int, part: str) -> Value:
        if part == "name":
            return group.label or group.name
        below = self.column("cap")
        if not below or self.draft.options.labels == "repeated":
            return group.cap
        last = at + self.spans[path] - 1
        formula = f"SUM({self.grid.a1(at, below)}:{self.grid.a1(last, below)})"
        return kept_as(self.draft.options.totals, formula, group.cap)

    def _height(self, leaf: Leaf) -> float:
        lines = 1
        for column in self.columns:
            text = getattr(leaf, column.field, None)
            if isinstance(text, str):
                lines = max(lines, lines_of(text, column.width))
        return row_height(lines)


def lines_of(text: str, width: float) -> int:
    """How many lines a Chinese text takes in a column of that width."""
    room = max(1, int((width - 1) // 2))
    return sum(max(1, -(-len(part) // room)) for part in text.split("\n"))


def row_height(lines: int) -> float:
    """Points for that many lines, within what a row can show."""
    return min(409.0, max(20.0, 13.5 * lines + 4))
