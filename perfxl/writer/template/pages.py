"""Where the pages of a sheet end."""

from collections.abc import Mapping, Sequence

from perfxl.writer.template.grid import Grid

# Points of A4 landscape between margins of 1.5 cm, less what other programs draw larger.
_PAGE_WIDTH, _PAGE_HEIGHT = 757.0, 510.0 * 0.95
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 9.0, 15.0
_USED_ENOUGH = 0.45
_POINTS_OF_CHARACTER = 5.7  # of the widest fonts that programs put in place of a missing one


def break_rows(
    grid: Grid,
    weak: Sequence[int],
    strong: Sequence[int],
    repeated: tuple[int, int],
    last: int,
    right: int,
) -> list[int]:
    """The rows after which pages end, at the edges of groups wherever a group fits on a page.

    Args:
        grid: the sheet, with its heights and widths.
        weak: rows after which a page may end: last rows of second-level groups.
        strong: rows after which a page ends rather, if half of it is used.
        repeated: the rows printed again on every page below them.
        last: the last printed row.
        right: the last printed column.
    """
    widths = (grid.widths.get(column, _DEFAULT_WIDTH) for column in range(1, right + 1))
    room = _PAGE_HEIGHT * max(1.0, sum(widths) * _POINTS_OF_CHARACTER / _PAGE_WIDTH)
    head = sum(_height(grid, row) for row in range(repeated[0], repeated[1] + 1))
    breaks: list[int] = []
    first = 1  # of the page
    while True:
        used = head if first > repeated[1] else 0.0
        ends: dict[int, float] = {}  # row → points used by the page that ends there
        for row in range(first, last + 1):
            used += _height(grid, row)
            if used > room and row > first:
                break
            ends[row] = used
        if last in ends:
            return breaks
        breaks.append(_best_end(ends, weak, strong, room))
        first = breaks[-1] + 1


def _best_end(
    ends: Mapping[int, float], weak: Sequence[int], strong: Sequence[int], room: float
) -> int:
    for row in sorted(ends, reverse=True):
        if row in strong and ends[row] >= room * _USED_ENOUGH:
            return row
    # A group taller than a page ends where the page does.
    return max((row for row in ends if row in weak or row in strong), default=max(ends))


def _height(grid: Grid, row: int) -> float:
    return grid.heights.get(row, _DEFAULT_HEIGHT)
