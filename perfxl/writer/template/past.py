"""上年问题整改: where the unit fell short the year before, and what has come of it."""

from perfxl.model.address import Area
from perfxl.model.past import PastProblem
from perfxl.writer.template.grid import Grid, Look, height_of, lines_of
from perfxl.writer.template.head import title_of
from perfxl.writer.template.plan import PAST, Plan

_HEADS = (
    ("序号", 6), ("指标", 26), ("上年失分", 9), ("上年写的原因", 40), ("上年写的措施", 40),
    ("整改情况", 40),
)  # fmt: skip
_LAST = len(_HEADS)


def draw_past(plan: Plan) -> list[Grid]:
    """The sheet with a line for each problem of the year before; none where none is known."""
    if not plan.problems:
        return []
    grid = Grid(PAST)
    grid.set_widths({column: width for column, (_, width) in enumerate(_HEADS, start=1)})
    grid.put_area(Area(1, 1, 1, _LAST), title_of(plan, "上年问题整改情况"), Look.TITLE)
    hint = "左边各栏取自上年自评表；整改情况写明做了什么、什么时候做完，没有做完的写原因。"
    grid.put_area(Area(2, 1, 2, _LAST), hint, Look.NOTE)
    grid.set_height(1, 36)
    grid.set_height(2, 20)
    for column, (head, _) in enumerate(_HEADS, start=1):
        grid.put(3, column, head, Look.HEAD)
    grid.set_height(3, 24)
    for row, problem in enumerate(plan.problems, start=4):
        _draw_row(grid, row, problem)
    last = 3 + len(plan.problems)
    grid.frames = [Area(3, 1, last, _LAST)]
    grid.print_area = Area(1, 1, last, _LAST)
    grid.repeated_rows = (3, 3)
    grid.frozen = (4, 3)
    return [grid]


def _draw_row(grid: Grid, row: int, problem: PastProblem) -> None:
    grid.put(row, 1, row - 3, Look.CENTER)
    grid.put(row, 2, problem.name, Look.NAME)
    grid.put(row, 3, problem.lost, Look.CENTER)
    grid.put(row, 4, problem.reason or "（没有写）", Look.NAME)
    grid.put(row, 5, problem.action or "（没有写）", Look.NAME)
    grid.put(row, 6, None, Look.NAME, is_input=True)
    texts = ((problem.name, 26), (problem.reason, 40), (problem.action, 40))
    grid.set_height(row, height_of(max(lines_of(text, width) for text, width in texts), least=24))
