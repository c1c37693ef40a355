"""A ledger worked through again, from its leaves alone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from perfxl.engine.ledger.entry import Entry, Kind
from perfxl.formula.evaluate import Unknown, Value, evaluate
from perfxl.formula.tree import Node, Reference
from perfxl.model.address import Area, Place, from_a1, to_a1

_NOWHERE = "\0"  # no sheet is called so: where figures without a cell of their own are put

Reading = Callable[[Entry], Value]


def settled(entry: Entry) -> Entry:
    """The entry with what its expression gives from its children as they are."""
    if entry.expression is None:
        return replace(entry, computed=None, recomputed=None)
    computed = _figure(value_of(entry.expression, entry, lambda child: child.value))
    recomputed: Value = None
    if entry.kind in (Kind.TOTAL, Kind.GROUP):
        recomputed = _figure(value_of(entry.expression, entry, lambda child: child.due))
    return replace(entry, computed=computed, recomputed=recomputed)


def replay(entry: Entry) -> Entry:
    """The ledger with every figure computed anew, the lowest first; nothing else is read."""
    return settled(replace(entry, children=tuple(map(replay, entry.children))))


def value_of(expression: Node, entry: Entry, reading: Reading = lambda child: child.value) -> Value:
    """What an expression over an entry's children gives."""
    return evaluate(expression, Figures.of(entry, reading))


def _figure(value: Value) -> Value:
    """A number or an answer; no figure where it is blank or cannot be told."""
    return value if isinstance(value, Decimal) or (isinstance(value, str) and value) else None


@dataclass(frozen=True, slots=True)
class Figures:
    """An entry's children as cells; satisfies `formula.evaluate.Lookup`.

    A name stands for a row of a sheet that exists only here: one cell, or those of a list.
    """

    rows: Mapping[str, tuple[Value, ...]]
    cells: Mapping[Place, Value]
    home: str

    @classmethod
    def of(cls, entry: Entry, reading: Reading) -> "Figures":
        """The children of an entry, each read by `reading`."""
        rows = {child.key: _row(child, reading) for child in entry.children}
        cells = {child.place: reading(child) for child in entry.children if child.place}
        return cls(rows, cells, entry.place.sheet if entry.place else "")

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        """The value of a cell, or of a name's place."""
        if sheet == _NOWHERE:
            values = list(self.rows.values())[row - 1]
            return values[column - 1] if column <= len(values) else None
        return self.cells.get(Place(self.home if sheet is None else sheet, to_a1(row, column)))

    def area(self, sheet: str | None, area: Area) -> Iterable[Value]:
        """The values in an area that are not blank."""
        return [value for _, _, value in self.placed(sheet, area)]

    def placed(self, sheet: str | None, area: Area) -> Iterable[tuple[int, int, Value]]:
        """`area` with row and column, row by row."""
        if sheet == _NOWHERE:
            values = list(self.rows.values())[area.top - 1]
            found = [(area.top, column, value) for column, value in enumerate(values, start=1)]
        else:
            home = self.home if sheet is None else sheet
            found = sorted(
                ((*from_a1(place.cell), value) for place, value in self.cells.items()
                 if place.sheet == home),
                key=lambda one: one[:2],
            )  # fmt: skip
        return [one for one in found if area.contains(*one[:2]) and one[2] is not None]

    def listed(self, sheet: str | None, area: Area, *, with_hidden: bool) -> Iterable[Value]:
        """Not told apart here: a ledger does not know which rows are hidden."""
        return (Unknown("SUBTOTAL"),)

    def named(self, name: str) -> Node | None:
        """The cells of a name; None for one that is no child."""
        for number, (key, values) in enumerate(self.rows.items(), start=1):
            if key == name:
                return Reference(_NOWHERE, Area(number, 1, number, max(1, len(values))))
        return None


def _row(child: Entry, reading: Reading) -> tuple[Value, ...]:
    if child.kind is Kind.LIST:
        return tuple(map(reading, child.children))
    return (reading(child),)
