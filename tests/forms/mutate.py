"""A form to be filled and spoilt: change one figure, build the workbook, ask where it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Literal

from perfxl.model.address import Place, to_a1
from perfxl.model.grade import Grade, GradeBand, grade_for
from tests.forms.book import write_book
from tests.forms.figures import (
    Formula,
    Group,
    Leaf,
    Node,
    Path,
    Target,
    Task,
    Value,
    decimal_of,
    leaves_of,
    nodes_of,
    replaced,
)
from tests.forms.grid import Grid, Ref

Key = str | Path
Labels = Literal["merged", "first", "repeated"]
Totals = Literal["value", "cached", "uncached"]

BANDS = (
    GradeBand(Grade.EXCELLENT, Decimal(90)),
    GradeBand(Grade.GOOD, Decimal(80)),
    GradeBand(Grade.FAIR, Decimal(60)),
    GradeBand(Grade.POOR, Decimal(0)),
)


@dataclass(frozen=True, slots=True)
class Options:
    """How a form is laid out: label columns, where its first cell is, how its totals are kept."""

    labels: Labels = "merged"
    totals: Totals = "value"
    top: int = 0
    left: int = 0
    preface: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()  # fields whose columns the form lacks, from its right end


@dataclass(frozen=True)
class Draft:
    """A form as data; every `with_…` returns a changed copy, `build` writes it.

    An indicator is named by its name (`合同备案时效性`), its further parts by `名称#2`, and
    where a name stands twice in the tree by its whole path.
    """

    variant: str
    sheet: str  # the sheet of the score table
    layout: Callable[["Draft"], list[Grid]] = field(repr=False)
    roots: tuple[Node, ...] = field(repr=False)
    total_score: Value
    grade: Value
    tick: Callable[[tuple[str, ...]], str] = field(repr=False)
    scheme: str | None = None  # the id of the scheme it follows
    total_cap: Value = Decimal(100)
    total_label: str = "总分"
    options: Options = Options()
    head: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    subtotals: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    tasks: tuple[Task, ...] = field(default=(), repr=False)
    targets: tuple[Target, ...] = field(default=(), repr=False)

    # -- asking -----------------------------------------------------------------------------

    def leaves(self) -> list[tuple[Path, Leaf]]:
        """Leaves with their paths of keys, in order."""
        return list(leaves_of(self.roots))

    def find(self, key: Key) -> tuple[Path, Node]:
        """The group or leaf of that name or path.

        Raises:
            KeyError: none has it, or more than one has.
        """
        found = [
            (path, node)
            for path, node in nodes_of(self.roots)
            if (path == key if isinstance(key, tuple) else path[-1] == key)
        ]
        if len(found) != 1:
            raise KeyError(f"{key}: {len(found)} indicators of that name")
        return found[0]

    def leaf(self, key: Key) -> Leaf:
        """The leaf of that name or path."""
        node = self.find(key)[1]
        if not isinstance(node, Leaf):
            raise KeyError(f"{key}: a group")
        return node

    def grids(self) -> list[Grid]:
        """The laid-out sheets."""
        return self.layout(self)

    def build(self, path: FilePath) -> FilePath:
        """Write the workbook; the same draft gives the same bytes."""
        return write_book(self.grids(), path)

    def place(self, key: Key, field_: str = "score") -> Place:
        """Where a field stands.

        Fields: of a leaf `name cap description criteria target actual score reason action`; of a
        group `name cap`, and `score` for its 小计; of the total `label cap score`; of `head` its
        own key; of a task `名称:name`, `名称:budget_total` and so on; of a target `名称:target`,
        `名称:actual`.

        Args:
            key: an indicator; or `total`, `grade`, `head`, `task`, `target`.
            field_: the field, see above; without meaning for `grade`.

        Raises:
            KeyError: the form has no such field in this variant.
        """
        special = isinstance(key, str) and key in {"total", "grade", "head", "task", "target"}
        wanted: Ref = (f"@{key}", field_) if special else (self.find(key)[0], field_)
        if key == "grade":
            wanted = ("@grade", "grade")
        for grid in self.grids():
            if wanted in grid.refs:
                return Place(grid.name, to_a1(*grid.refs[wanted]))
        raise KeyError(f"{key} {field_}")

    def cell(self, key: Key, field_: str = "score") -> str:
        """The A1 address of a field, see `place`."""
        return self.place(key, field_).cell

    def sum_of_scores(self) -> Decimal:
        """What the leaves really add up to."""
        return sum((decimal_of(leaf.score) or Decimal(0) for _, leaf in self.leaves()), Decimal(0))

    # -- changing ---------------------------------------------------------------------------

    def with_leaf(self, key: Key, **fields: Value) -> "Draft":
        """Change fields of a leaf: name, cap, score, reason, action, description, criteria."""
        path, _ = self.find(key)
        changed = replace(self.leaf(key), **fields)  # type: ignore[arg-type]
        return replace(self, roots=replaced(self.roots, path, (changed,)))

    def with_score(self, key: Key, score: Value) -> "Draft":
        """Change a score; total and grade stay as they are, see `with_right_total`."""
        return self.with_leaf(key, score=score)

    def with_cap(self, key: Key, cap: Value) -> "Draft":
        """Change the cap of a leaf or of a group."""
        path, node = self.find(key)
        return replace(self, roots=replaced(self.roots, path, (replace(node, cap=cap),)))

    def with_name(self, key: Key, name: str) -> "Draft":
        """Rename a leaf or a group."""
        path, node = self.find(key)
        return replace(self, roots=replaced(self.roots, path, (replace(node, name=name),)))

    def with_reason(self, key: Key, reason: Value) -> "Draft":
        """Change 未达标原因."""
        return self.with_leaf(key, reason=reason)

    def with_action(self, key: Key, action: Value) -> "Draft":
        """Change 改进措施."""
        return self.with_leaf(key, action=action)

    def without(self, key: Key) -> "Draft":
        """Drop the row of a leaf, or a group with all its rows."""
        path, _ = self.find(key)
        return replace(self, roots=replaced(self.roots, path, ()))

    def with_added(self, after: Key, *leaves: Leaf) -> "Draft":
        """Add rows below a leaf, in its group."""
        path, node = self.find(after)
        return replace(self, roots=replaced(self.roots, path, (node, *leaves)))

    def with_total(self, score: Value) -> "Draft":
        """State another total."""
        return replace(self, total_score=score)

    def with_total_cap(self, cap: Value) -> "Draft":
        """State another full mark in the total's row."""
        return replace(self, total_cap=cap)

    def with_subtotal(self, group: str, score: Value) -> "Draft":
        """State another 小计 for a first-level group, in a form that prints them."""
        return replace(self, subtotals=MappingProxyType({**self.subtotals, group: score}))

    def with_grade(self, *grades: str) -> "Draft":
        """Tick or write these grades; none at all leaves the field unfilled."""
        return replace(self, grade=self.tick(grades))

    def with_grade_raw(self, value: Value) -> "Draft":
        """Put anything into the grade's cell."""
        return replace(self, grade=value)

    def with_right_total(self) -> "Draft":
        """State the total and the grade that the leaves' scores earn."""
        total = self.sum_of_scores()
        return self.with_total(total).with_grade(grade_for(total, BANDS).value)

    def with_head(self, key: str, value: Value) -> "Draft":
        """Change a field of the head block or the budget block."""
        if key not in self.head:
            raise KeyError(key)
        return replace(self, head=MappingProxyType({**self.head, key: value}))

    def with_task(self, name: str, column: int, amount: Value) -> "Draft":
        """Change one of the four amounts (0–3) of a task."""
        tasks = []
        for task in self.tasks:
            if task.name == name:
                amounts = list(task.amounts)
                amounts[column] = amount
                first, second, third, fourth = amounts
                task = replace(task, amounts=(first, second, third, fourth))
            tasks.append(task)
        return replace(self, tasks=tuple(tasks))

    def with_target(self, name: str, **fields: Value) -> "Draft":
        """Change `target` or `actual` of a yearly target."""
        targets = [
            replace(each, **fields) if each.path[-1] == name else each  # type: ignore[arg-type]
            for each in self.targets
        ]
        return replace(self, targets=tuple(targets))

    def with_sheet(self, name: str) -> "Draft":
        """Give the sheet of the score table another name."""
        return replace(self, sheet=name)

    def with_options(
        self,
        *,
        labels: Labels | None = None,
        totals: Totals | None = None,
        top: int | None = None,
        left: int | None = None,
        dropped: tuple[str, ...] | None = None,
    ) -> "Draft":
        """Lay the form out otherwise; arguments left out stay."""
        now = self.options
        return replace(
            self,
            options=replace(
                now,
                labels=labels or now.labels,
                totals=totals or now.totals,
                top=now.top if top is None else top,
                left=now.left if left is None else left,
                dropped=now.dropped if dropped is None else dropped,
            ),
        )


def kept_as(totals: Totals, formula: str, stated: Value) -> Value:
    """A stated sum as the options want it: the value, or a formula with or without a cache."""
    value = decimal_of(stated)
    if totals == "value" or value is None:
        return stated
    return Formula(formula, value, value if totals == "cached" else None)


def group_depth(nodes: tuple[Node, ...]) -> int:
    """Levels of groups above the leaves: 2 for 一级 and 二级."""
    return max(
        (1 + group_depth(node.children) for node in nodes if isinstance(node, Group)), default=0
    )
