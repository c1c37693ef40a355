"""From rows to groups: which indicators stand under which label.

A label opens its group on the row it stands on, unless the caps say otherwise: a label set on the
second row of its group (three and seven points under a group of ten) is put back to the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate

from perfxl.reader.tables.labels import split_cap
from perfxl.reader.tables.rows import RowReading
from perfxl.reader.tables.view import SheetView, Spot
from perfxl.scheme.vocabulary import fold

# What speaks against an arrangement: caps that do not add up weigh most.
_CAPS_DIFFER = 3.0
_LATE_LABEL = 1.0
_AGAINST_MERGE = 3.0
# A label is printed at most this many rows below the first row of its group.
_LATEST_LABEL = 15


@dataclass(frozen=True, slots=True)
class Label:
    """A group's name and cap as they stand on some row; `start` is the leaf it stands at."""

    name: Spot
    cap: Spot | None
    start: int


@dataclass(slots=True)
class Leaf:
    """A row with an indicator and the labels that open on it, by level index.

    One `is_absent` holds the place of the indicators that a labelled group should have and has
    not: rows prepared for them are blank.
    """

    reading: RowReading
    level: int
    labels: dict[int, Label] = field(default_factory=dict)
    carried: list[RowReading] = field(default_factory=list)  # rows its texts run on in
    is_absent: bool = False


@dataclass(slots=True)
class Node:
    """A group found: its label, the leaves [first, last) under it, and the groups below."""

    level: int
    label: Label
    first: int
    last: int
    children: list["Node | int"]  # a Node, or the index of a leaf
    stated: Spot | None = None  # a subtotal on the label's own row


@dataclass(slots=True)
class Arrangement:
    """The tree over a sequence of leaves, and what speaks against it."""

    leaves: list[Leaf]
    roots: list["Node | int"]
    cost: float


def arrange(view: SheetView, readings: Sequence[RowReading], total_cap: Decimal) -> Arrangement:
    """Build the cheapest tree over rows read in one way."""
    leaves = _collect(view, readings)
    builder = _Builder(view, leaves)
    roots, cost = builder.build(0, 0, len(leaves))
    cost += sum(reading.penalty for reading in readings)
    sums = [builder.cap_of(node.label) for node in roots if isinstance(node, Node)]
    known = [cap for cap in sums if cap is not None]
    if known and len(known) == len(roots) and sum(known) != total_cap:
        cost += _CAPS_DIFFER
    return Arrangement(leaves, roots, cost)


def _collect(view: SheetView, readings: Sequence[RowReading]) -> list[Leaf]:
    leaves: list[Leaf] = []
    waiting = _Waiting(view)
    for index, reading in enumerate(readings):
        level = reading.leaf_level
        if level is not None and level < len(reading.names) - 1 and _opens(readings, index, level):
            level = None
        if level is None and reading.is_continuation and leaves and not waiting.labels:
            leaves[-1].carried.append(reading)
        leaves.extend(waiting.add(reading, len(leaves), level))
        if level is not None:
            leaves.append(Leaf(reading, level, waiting.taken(len(leaves))))
    leaves.extend(waiting.left_over(len(leaves)))
    return leaves


class _Waiting:
    """Labels met so far that no indicator has taken yet."""

    def __init__(self, view: SheetView) -> None:
        self.view = view
        self.labels: dict[int, tuple[Spot, Spot | None]] = {}
        self._last: RowReading | None = None  # the row of the lowest of them

    def add(self, reading: RowReading, start: int, level: int | None) -> list[Leaf]:
        """Note a row's labels above a level (all without one); what they leave empty-handed."""
        names = [(at, name) for at, name in enumerate(reading.names[:level]) if name]
        absent = (
            self.left_over(start) if names and max(self.labels, default=-1) >= names[0][0] else []
        )
        for at, name in names:
            self.labels[at] = (name, reading.caps[at])
            self._last = reading
        return absent

    def taken(self, start: int) -> dict[int, Label]:
        """The labels, for the leaf at `start`, which takes them."""
        labels = {at: Label(*label, start) for at, label in self.labels.items()}
        self.labels = {}
        return labels

    def left_over(self, start: int) -> list[Leaf]:
        """What stands for the indicators of labels that have none, for all their rows."""
        if not self.labels or self._last is None:
            return []
        name, _ = self.labels[max(self.labels)]
        merge = self.view.merge_at(name)
        if merge is None or merge.bottom == merge.top:
            return []  # a label printed over several lines, cell by cell
        level = len(self._last.names) - 1
        return [Leaf(self._last, level, self.taken(start), is_absent=True)]


def _opens(readings: Sequence[RowReading], index: int, level: int) -> bool:
    """Whether a scored row above the leaves' level is a group's own line with leaves below it."""
    if index + 1 >= len(readings):
        return False
    below = readings[index + 1]
    return not any(below.names[: level + 1]) and any(below.names[level + 1 :])


class _Builder:
    def __init__(self, view: SheetView, leaves: list[Leaf]) -> None:
        self.view = view
        self.leaves = leaves
        caps = [self._leaf_cap(leaf) for leaf in leaves]
        # Sums and gaps up to each leaf, so that a stretch costs the same however long it is.
        self._sums = [Decimal(0), *accumulate(cap or Decimal(0) for cap in caps)]
        self._gaps = [0, *accumulate(int(cap is None) for cap in caps)]

    def cap_of(self, label: Label) -> Decimal | None:
        """A group's cap: in its own cell, else inside the label."""
        if label.cap:
            return self.view.cap(label.cap).value
        return split_cap(self.view.text(label.name))[1]

    def _leaf_cap(self, leaf: Leaf) -> Decimal | None:
        spot, name = leaf.reading.leaf_cap, leaf.reading.names[leaf.level]
        if spot:
            return self.view.cap(spot).value
        return split_cap(self.view.text(name), is_group=False)[1] if name else None

    def build(self, level: int, first: int, last: int) -> tuple[list[Node | int], float]:
        """The children at a level over the leaves [first, last), and their cost."""
        if first == last:
            return [], 0.0
        if level >= len(self.leaves[first].reading.names) - 1:
            return list(range(first, last)), 0.0
        labels = self._labels(level, first, last)
        if not labels:
            return self.build(level + 1, first, last)
        starts, cost = self._boundaries(level, labels, first, last)
        children: list[Node | int] = []
        for label, start, end in zip(labels, starts, [*starts[1:], last], strict=True):
            if isinstance(label, int):
                children.extend(range(start, end))
                continue
            below, extra = self.build(level + 1, start, end)
            children.append(Node(level, label, start, end, below))
            cost += extra
        return children, cost

    def _labels(self, level: int, first: int, last: int) -> list[Label | int]:
        """Labels of a level in order; a label printed again for its own group is dropped."""
        labels: list[Label | int] = []
        for index in range(first, last):
            leaf = self.leaves[index]
            if leaf.level == level:
                labels.append(index)
            elif level in leaf.labels:
                label = leaf.labels[level]
                before = labels[-1] if labels else None
                if not (isinstance(before, Label) and self._is_again(before, label)):
                    labels.append(label)
        return labels

    def _is_again(self, before: Label, label: Label) -> bool:
        if fold(self.view.text(before.name)) != fold(self.view.text(label.name)):
            return False
        cap = self.cap_of(label)
        return cap is None or cap == self.cap_of(before)

    def _boundaries(
        self, level: int, labels: list[Label | int], first: int, last: int
    ) -> tuple[list[int], float]:
        """Where each label's group starts, cheapest overall (dynamic programming)."""
        # best[start of the group in hand] = (cost so far, starts chosen)
        best: dict[int, tuple[float, list[int]]] = {first: (0.0, [first])}
        for label, following in zip(labels, [*labels[1:], None], strict=True):
            ends = self._possible_ends(label, following, last)
            reached: dict[int, tuple[float, list[int]]] = {}
            for start, (cost, chosen) in best.items():
                for end in ends:
                    if end <= start:
                        continue
                    total = cost + self._group_cost(level, label, start, end)
                    if end not in reached or total < reached[end][0]:
                        reached[end] = (total, [*chosen, end])
            best = reached
        cost, chosen = best[last]
        return chosen[:-1], cost

    def _possible_ends(
        self, label: Label | int, following: Label | int | None, last: int
    ) -> list[int]:
        if following is None:
            return [last]
        here = label if isinstance(label, int) else label.start
        if isinstance(following, int):
            return [following]
        if isinstance(label, int):
            return [here + 1]
        # The usual place first, so that it wins among equals.
        earliest = max(here, following.start - _LATEST_LABEL)
        return list(range(following.start, earliest, -1))

    def _group_cost(self, level: int, label: Label | int, start: int, end: int) -> float:
        if isinstance(label, int):
            return 0.0 if (start, end) == (label, label + 1) else _CAPS_DIFFER
        cost = 0.0 if start == label.start else _LATE_LABEL
        cap = self.cap_of(label)
        is_known = self._gaps[end] == self._gaps[start]
        if cap is not None and is_known and self._sums[end] - self._sums[start] != cap:
            cost += _CAPS_DIFFER
        merge = self.view.merge_at(label.name)
        if merge and merge.bottom > merge.top:
            first, last = self.leaves[start].reading.row, self.leaves[end - 1].reading.row
            cost += _AGAINST_MERGE if first < merge.top or last > merge.bottom else 0.0
        return cost
