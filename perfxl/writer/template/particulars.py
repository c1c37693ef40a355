"""填报信息: who fills the form for whom. The other sheets read it; it is not for publication."""

from perfxl.model.address import Area
from perfxl.writer.template.grid import Grid, Limit, Look, local, spot_of
from perfxl.writer.template.plan import PARTICULARS, Plan

_PEOPLE = ("填报人", "审核人", "单位负责人", "联系电话", "填报日期")


def draw_particulars(plan: Plan) -> Grid:
    """The sheet with the unit, the year, the people and the subordinate units' names."""
    grid = Grid(PARTICULARS, tab_color="#BFBFBF")
    grid.set_widths({1: 16, 2: 44, 3: 62})
    grid.put_area(Area(1, 1, 1, 3), "填报信息", Look.TITLE)
    grid.put_area(
        Area(2, 1, 2, 3), "本页不打印、不公开；其他各页的单位和年度都取自本页。", Look.NOTE
    )
    grid.set_height(1, 36)
    grid.set_height(2, 20)
    for column, head in enumerate(("项目", "内容", "怎么填"), start=1):
        grid.put(3, column, head, Look.HEAD)
    _row(grid, spot_of(plan.unit_cell)[0], "单位全称", plan.unit, "与公章一致；各页标题随之改变")
    row, column = spot_of(plan.year_cell)
    _row(grid, row, "评价年度", None, "由下发的表定，不能改")
    grid.put(row, column, plan.year, Look.NAME)
    for offset, label in enumerate(_PEOPLE, start=1):
        hint = "座机，供审核时联系" if label == "联系电话" else ""
        _row(grid, row + offset, label, None, hint)
    # Their names head columns of 基础数据, and are asked for nowhere else.
    names = plan.unit_names if plan.has_figures else ()
    for number, cell in enumerate(names, start=1):
        hint = "没有下属单位的不填；填了以后，基础数据页相应栏换成这个名称" if number == 1 else ""
        _row(grid, spot_of(cell)[0], f"下属单位{number}", None, hint)
    unit = local(plan.unit_cell)
    grid.limits.append(
        Limit(
            plan.unit_cell.area, "单位全称", "填单位全称，与公章一致。", "单位全称至少4个字。",
            formula=f"LEN({unit})>=4",
        )
    )  # fmt: skip
    grid.frames = [Area(3, 1, max(row for row, _ in grid.cells), 3)]
    # Who prints the whole workbook gets the title and the note only, no names and numbers.
    grid.print_area = Area(1, 1, 2, 3)
    return grid


def _row(grid: Grid, row: int, label: str, value: str | None, hint: str) -> None:
    grid.put(row, 1, label, Look.LABEL)
    grid.put(row, 2, value or None, Look.NAME, is_input=True)
    grid.put(row, 3, hint or None, Look.NAME)
    grid.set_height(row, 22)
