"""Where the pages of a sheet end."""

from collections.abc import Sequence
from dataclasses import dataclass

from perfxl.writer.template.grid import Grid

# Points of A4 landscape between margins of 1.5 cm, less what other programs draw larger.
_PAGE_WIDTH, _PAGE_HEIGHT = 757.0, 510.0 * 0.95
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 9.0, 15.0
_POINTS_OF_CHARACTER = 5.7  # of the widest fonts that programs put in place of a missing one
# A page more is worse than any edge, a cut through a group worse than any blank page half.
_PAGE, _CUT, _WEAK = 100.0, 1000.0, 1.0
_EMPTY = 20.0  # for a blank page, by the square of what is left blank; the last may be short


@dataclass(frozen=True, slots=True)
class Edges:
    """The rows after which a page may end: at second-level groups, and rather at first-level ones.

    Elsewhere pages end only where a group is taller than a page.
    """

    weak: Sequence[int]
    strong: Sequence[int]


def break_rows(
    grid: Grid, edges: Edges, repeated: tuple[int, int], last: int, right: int
) -> list[int]:
    """The rows after which pages end: as few pages as can be, well filled, groups whole.

    Args:
        grid: the sheet, with its heights and widths.
        edges: where pages may end.
        repeated: the rows printed again on every page below them.
        last: the last printed row.
        right: the last printed column.
    """
    heights = [0.0] + [grid.heights.get(row, _DEFAULT_HEIGHT) for row in range(1, last + 1)]
    room = _room(grid, right)
    head = sum(heights[repeated[0] : repeated[1] + 1])
    # The least cost of the rows up to each, with the break before the page that ends there.
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, last + 1):
        found: list[tuple[float, int]] = []
        used = 0.0
        for first in range(end, 0, -1):
            used += heights[first]
            filled = used + (head if first > repeated[1] else 0.0)
            if filled > room and first < end:
                break
            price = _price(end, edges, last)
            if end < last:
                price += _EMPTY * max(0.0, 1 - filled / room) ** 2
            found.append((best[first - 1][0] + price, first - 1))
        best.append(min(found))
    breaks: list[int] = []
    row = best[last][1]
    while row:
        breaks.append(row)
        row = best[row][1]
    return breaks[::-1]


def rows_that_fit(grid: Grid, repeated: tuple[int, int], height: float, right: int) -> int:
    """How many rows of a height a page holds below the repeated ones."""
    head = sum(
        grid.heights.get(row, _DEFAULT_HEIGHT) for row in range(repeated[0], repeated[1] + 1)
    )
    return int((_room(grid, right) - head) // height)


def _room(grid: Grid, right: int) -> float:
    """The points that a page has for rows; a wide sheet is printed smaller."""
    widths = (grid.widths.get(column, _DEFAULT_WIDTH) for column in range(1, right + 1))
    return _PAGE_HEIGHT * max(1.0, sum(widths) * _POINTS_OF_CHARACTER / _PAGE_WIDTH)


def _price(row: int, edges: Edges, last: int) -> float:
    if row == last or row in edges.strong:
        return _PAGE
    return _PAGE + (_WEAK if row in edges.weak else _CUT)
