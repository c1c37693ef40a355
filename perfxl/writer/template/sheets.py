"""The layout's own sheets: their tables one below the other, columns and print set-up shared."""

from dataclasses import replace

from perfxl.model.address import Area
from perfxl.writer.template.grid import Grid, Look
from perfxl.writer.template.pages import Edges, break_rows
from perfxl.writer.template.places import TablePlace
from perfxl.writer.template.plan import Plan
from perfxl.writer.template.plan_tables import sheet_widths
from perfxl.writer.template.results import draw_results
from perfxl.writer.template.score_sheet import draw_score_table
from perfxl.writer.template.signatures import draw_signatures
from perfxl.writer.template.tasks import draw_tasks

_WORD_WIDTH, _SIDE_WIDTH, _GAP = 9, 9, 2
_LIFTED = {Look.LABEL: Look.LABEL_TOP, Look.CAP: Look.CAP_TOP}
_TALLEST_FROZEN = 180.0  # points; more would leave no room for the rows that scroll


def draw_layout_sheets(plan: Plan) -> list[Grid]:
    """The sheets of the layout in its order."""
    return [_draw(plan, name, tables) for name, tables in plan.sheets().items()]


def _draw(plan: Plan, name: str, tables: tuple[TablePlace, ...]) -> Grid:
    has_score = plan.score.table in tables
    grid = Grid(name, tab_color="#F4A940" if has_score else "#FFD98F")
    widths = sheet_widths(plan.layout, name)
    right = len(widths)
    word = right + 2
    grid.set_widths(dict(enumerate(widths, start=1)))
    grid.set_widths({right + 1: _GAP, word: _WORD_WIDTH})
    if has_score:
        last = plan.score.side.last
        grid.set_widths(dict.fromkeys(range(word + 1, last + 1), _SIDE_WIDTH))
    for table in tables:
        match table.file.kind:
            case "score":
                draw_score_table(plan, grid)
            case "tasks":
                draw_tasks(plan, grid, table)
            case _:
                draw_results(plan, grid, table, word)
        if table.file.kind != "score":
            below = (table.total_row or table.last) + 1
            draw_signatures(grid, table.file, below, table.right)
    _set_up_print(plan, grid, tables, right)
    return grid


def _set_up_print(plan: Plan, grid: Grid, tables: tuple[TablePlace, ...], right: int) -> None:
    bottom = max(row for row, column in grid.cells if column <= right)
    grid.print_area = Area(1, 1, bottom, right)
    main = next((t for t in tables if t is plan.score.table), tables[-1])
    grid.repeated_rows = main.heading
    grid.breaks = break_rows(grid, _edges(plan, tables), main.heading, bottom, right)
    _lift_labels(grid)
    label = main.span("level3") or main.spans[0]
    above = sum(grid.heights.get(row, 15.0) for row in range(1, main.heading[1] + 1))
    # A tall head kept in view would leave no room below it.
    top = main.heading[1] + 1 if above <= _TALLEST_FROZEN else 1
    grid.frozen = (top, label[1] + 1)


def _lift_labels(grid: Grid) -> None:
    """Labels over several pages stand at their top: centred ones might be cut by a page's end."""
    for area in grid.merges:
        spot = (area.top, area.left)
        cell = grid.cells[spot]
        if cell.look in _LIFTED and any(area.top <= row < area.bottom for row in grid.breaks):
            grid.cells[spot] = replace(cell, look=_LIFTED[cell.look])


def _edges(plan: Plan, tables: tuple[TablePlace, ...]) -> Edges:
    """The rows after which a page may end, and those of them where it ends best.

    What closes a table stays with its last rows.
    """
    strong = [table.bottom for table in tables]
    weak = []
    for block in plan.results:
        if block.table in tables:
            weak += [part.last for part in block.parts]
            strong.append(block.last)
    if plan.score.table in tables:
        end = plan.score.leaves[-1].row
        weak += [group.last for group in plan.score.groups if group.last < end]
        weak += [part.last for part in plan.score.parts if part.last < end]
        strong += [g.last for g in plan.score.groups if g.level == 1 and g.last < end]
        strong.append(plan.score.heading[0] - 1)
    return Edges(weak, strong)
