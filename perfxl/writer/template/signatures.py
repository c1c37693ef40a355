"""The foot of a table: places to sign, and notes."""

from collections.abc import Iterable

from perfxl.model.address import Area
from perfxl.scheme.files import SheetFile
from perfxl.writer.template.grid import Grid, Look, height_of, lines_of


def draw_signatures(
    grid: Grid, table: SheetFile, row: int, right: int, notes: Iterable[str] = ()
) -> None:
    """Draw an empty line, the labels of the signatures side by side, then the notes.

    Args:
        grid: the sheet.
        table: the table's part of the layout.
        row: the first row below the table.
        right: the table's last column.
        notes: notes besides the layout's own.
    """
    if table.foot:
        row += 1
        for label, (left, end) in zip(
            table.foot, _shares(grid, right, len(table.foot)), strict=True
        ):
            grid.put_area(Area(row, left, row, end), f"{label}：", Look.FOOT, is_input=True)
        grid.set_height(row, 26)
        row += 1
    width = sum(grid.widths.get(column, 9) for column in range(1, right + 1))
    for text in (*notes, *table.notes):
        grid.put_area(Area(row, 1, row, right), text, Look.NOTE)
        grid.set_height(row, height_of(lines_of(text, width), least=18))
        row += 1


def _shares(grid: Grid, right: int, count: int) -> list[tuple[int, int]]:
    """The columns split into so many runs of about the same width, one column each at least."""
    widths = [grid.widths.get(column, 9) for column in range(1, right + 1)]
    shares: list[tuple[int, int]] = []
    left = 1
    for index in range(count):
        goal = sum(widths) * (index + 1) / count
        most = right - (count - index - 1)
        end = min(range(left, most + 1), key=lambda at: abs(sum(widths[:at]) - goal))
        shares.append((left, right if index == count - 1 else end))
        left = shares[-1][1] + 1
    return shares
