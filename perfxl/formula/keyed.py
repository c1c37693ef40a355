"""Values by key, as an expression over names looks them up."""

from collections.abc import Iterable, Mapping, Sequence

from perfxl.formula.coerce import Value
from perfxl.formula.tree import Node, Reference
from perfxl.model.address import Area


class KeyedValues:
    """Values of inputs, measures and lists; satisfies `formula.evaluate.Lookup`.

    Args:
        values: by key; None is a blank, a sequence is a list (blanks included or left out).
    """

    def __init__(self, values: Mapping[str, Value | Sequence[Value]]) -> None:
        # A row each, so that a value is seen as a cell's: functions treat typed values otherwise.
        self._rows = {key: row for row, key in enumerate(values, 1)}
        self._cells = [_cells(value) for value in values.values()]

    def named(self, name: str) -> Node | None:
        """The pseudo-cells of a key, None for a key that is not there."""
        row = self._rows.get(name)
        if row is None:
            return None
        return Reference(None, Area(row, 1, row, max(1, len(self._cells[row - 1]))))

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        """One value, None when it is blank or there is none."""
        cells = self._cells[row - 1] if 1 <= row <= len(self._cells) else ()
        return cells[column - 1] if 1 <= column <= len(cells) else None

    def area(self, sheet: str | None, area: Area) -> Iterable[Value]:
        """The values of an area that are not blank."""
        return (value for _, _, value in self.placed(sheet, area))

    def placed(self, sheet: str | None, area: Area) -> Iterable[tuple[int, int, Value]]:
        """`area` with row and column."""
        for row in range(area.top, min(area.bottom, len(self._cells)) + 1):
            for column, value in enumerate(self._cells[row - 1], 1):
                if value is not None and area.left <= column <= area.right:
                    yield row, column, value

    def listed(self, sheet: str | None, area: Area, *, with_hidden: bool) -> Iterable[Value]:
        """`area`: nothing is hidden here."""
        return self.area(sheet, area)


def _cells(value: Value | Sequence[Value]) -> Sequence[Value]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value
    return (value,)
