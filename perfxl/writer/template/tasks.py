"""年度主要任务: rows for the year's tasks with what was budgeted and spent, and their sum."""

from perfxl.model.address import Area, to_a1
from perfxl.scheme.files import ColumnFile
from perfxl.writer.template.grid import Formula, Grid, Limit, Look
from perfxl.writer.template.head import draw_head
from perfxl.writer.template.places import TablePlace
from perfxl.writer.template.plan import Plan

_AMOUNTS = (
    "budget", "initial_budget", "executed", "total", "fiscal", "fund_part",
)  # fmt: skip
_RATES = ("execution_rate",)
_SHORT = ("score", "max_score", "weight", "target_unit", "target_sign")
_ROW = 30.0


def draw_tasks(plan: Plan, grid: Grid, table: TablePlace) -> None:
    """The table of tasks."""
    draw_head(plan, grid, table)
    columns = list(zip(table.spans, table.file.column, strict=True))
    for row in range(table.first, table.last + 1):
        for (left, right), file in columns:
            area = Area(row, left, row, right)
            grid.put_area(area, None, _look(file), is_input=True)
        grid.set_height(row, _ROW)
    for (left, _), file in columns:
        if file.role in _AMOUNTS:
            _limit_amounts(grid, table, left, file)
    if table.total_row is not None:
        _draw_sum(grid, table, columns)
    bottom = table.total_row or table.last
    grid.frames.append(Area(table.heading[0], 1, bottom, table.right))


def _look(file: ColumnFile) -> Look:
    if file.role in _AMOUNTS:
        return Look.MONEY
    if file.role in _RATES:
        return Look.RATE
    return Look.CENTER if file.role in _SHORT else Look.TEXT


def _limit_amounts(grid: Grid, table: TablePlace, column: int, file: ColumnFile) -> None:
    unit = f"单位：{table.file.unit}。" if table.file.unit else ""
    area = Area(table.first, column, table.last, column)
    help_ = f"{file.help}。" if file.help else ""
    grid.limits.append(
        Limit(
            area, file.heading, f"填数。{unit}{help_}", f"应填不小于0的数。{unit}",
            formula=f"AND(ISNUMBER({to_a1(table.first, column)}),{to_a1(table.first, column)}>=0)",
        )
    )  # fmt: skip


def _draw_sum(
    grid: Grid, table: TablePlace, columns: list[tuple[tuple[int, int], ColumnFile]]
) -> None:
    row = table.total_row
    assert row is not None
    amounts = [span for span, file in columns if file.role in _AMOUNTS]
    first = amounts[0][0] if amounts else table.right + 1
    grid.put_area(Area(row, 1, row, max(1, first - 1)), table.file.total_label, Look.HEAD)
    for (left, right), file in columns:
        if left < first:
            continue
        content = None
        if file.role in _AMOUNTS:
            area = f"{to_a1(table.first, left)}:{to_a1(table.last, left)}"
            content = Formula(f'IF(COUNT({area})=0,"",SUM({area}))')
        grid.put_area(Area(row, left, row, right), content, _look(file))
    grid.set_height(row, 24)
