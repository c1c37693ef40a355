"""佐证清单: which material shows each score, and where it is kept."""

from perfxl.model.address import Area
from perfxl.writer.template.grid import Grid, Look, height_of, lines_of
from perfxl.writer.template.head import title_of
from perfxl.writer.template.pages import rows_that_fit
from perfxl.writer.template.plan import EVIDENCE, Plan

_HEADS = (
    ("序号", 6), ("指标", 34), ("材料名称", 44), ("文号或日期", 20), ("份数", 7), ("存放处", 20),
    ("备注", 20),
)  # fmt: skip
_LAST = len(_HEADS)
_SPARE_ROWS = 6
_HEADING = 3
_ROW = 24.0  # points


def draw_evidence(plan: Plan) -> Grid:
    """The sheet with a line for every indicator and some to spare."""
    grid = Grid(EVIDENCE)
    grid.set_widths({column: width for column, (_, width) in enumerate(_HEADS, start=1)})
    grid.put_area(Area(1, 1, 1, _LAST), title_of(plan, "佐证材料清单"), Look.TITLE)
    hint = "每项得分都要有材料可查。一项有几份材料的，写在同一行或用后面的空行；材料随表留存备查。"
    grid.put_area(Area(2, 1, 2, _LAST), hint, Look.NOTE)
    grid.set_height(1, 36)
    grid.set_height(2, 20)
    for column, (head, _) in enumerate(_HEADS, start=1):
        grid.put(_HEADING, column, head, Look.HEAD)
    grid.set_height(_HEADING, 24)
    names = [leaf.indicator for leaf in plan.score.leaves if leaf.indicator]
    labels = [one.name + (f"（{one.part}）" if one.part else "") for one in names]
    spare = _spare_rows(grid, labels, own=len(plan.score.leaves) - len(labels))
    row = _HEADING
    for number, label in enumerate([*labels, *[""] * spare], start=1):
        row = _HEADING + number
        grid.put(row, 1, number, Look.CENTER)
        grid.put(row, 2, label or None, Look.NAME, is_input=not label)
        for column in range(3, _LAST + 1):
            grid.put(row, column, None, Look.NAME, is_input=True)
        grid.set_height(row, _height(label))
    grid.frames = [Area(_HEADING, 1, row, _LAST)]
    grid.print_area = Area(1, 1, row, _LAST)
    grid.repeated_rows = (_HEADING, _HEADING)
    grid.frozen = (_HEADING + 1, 3)
    return grid


def _spare_rows(grid: Grid, labels: list[str], own: int) -> int:
    """Empty rows: for the own indicators that have no name yet, then to the end of the page."""
    page = rows_that_fit(grid, (_HEADING, _HEADING), _ROW, _LAST) * _ROW
    used = sum(grid.heights[row] for row in range(1, _HEADING)) + sum(map(_height, labels))
    least = used + max(_SPARE_ROWS, own) * _ROW
    pages = -int(-least // page)
    # A page ends above a row that does not fit, so that each but the last may lose one.
    return int((pages * page - used) // _ROW) - (pages - 1)


def _height(label: str) -> float:
    return height_of(lines_of(label, _HEADS[1][1]), least=_ROW)
