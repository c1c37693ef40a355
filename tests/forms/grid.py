"""A worksheet before it is written: values, looks, merges, and what stands where."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from perfxl.model.address import Area, to_a1
from tests.forms.figures import Value

Ref = tuple[Hashable, ...]


@dataclass(slots=True)
class Grid:
    """Cells counted from 1, relative to an origin that `top` and `left` move.

    `refs` says in which cell (row, column, already moved) a field of the form stands.
    """

    name: str
    top: int = 0
    left: int = 0
    cells: dict[tuple[int, int], tuple[Value, str]] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    refs: dict[Ref, tuple[int, int]] = field(default_factory=dict)
    repeated_rows: tuple[int, int] | None = None
    is_merging: bool = True

    def put(
        self, row: int, column: int, value: Value, style: str = "text", ref: Ref | None = None
    ) -> None:
        """Set a cell and note what it is."""
        spot = row + self.top, column + self.left
        self.cells[spot] = value, style
        if ref is not None:
            self.refs[ref] = spot

    def put_row(self, row: int, values: dict[int, Value], style: str = "text") -> None:
        """Set some cells of a row, by column."""
        for column, value in values.items():
            self.put(row, column, value, style)

    def put_area(
        self, area: Area, value: Value, style: str = "text", ref: Ref | None = None
    ) -> None:
        """Set a merged area given relative to the origin; only its first cell where not merging."""
        self.put(area.top, area.left, value, style, ref)
        if self.is_merging and (area.top, area.left) != (area.bottom, area.right):
            self.merges.append(
                Area(
                    area.top + self.top,
                    area.left + self.left,
                    area.bottom + self.top,
                    area.right + self.left,
                )
            )

    def preface(self, lines: tuple[str, ...]) -> None:
        """Write lines into the sheet's own first rows, above a moved form."""
        for number, line in enumerate(lines, start=1):
            self.cells[number, 1] = line, "plain"

    def a1(self, row: int, column: int) -> str:
        """The final address of a cell given relative to the origin."""
        return to_a1(row + self.top, column + self.left)

    def set_widths(self, widths: tuple[float, ...]) -> None:
        """Widths of the form's columns, in characters."""
        for column, width in enumerate(widths, start=1):
            self.widths[column + self.left] = width

    def set_height(self, row: int, points: float) -> None:
        """Height of one of the form's rows."""
        self.heights[row + self.top] = points
