"""The first sheet of the district form: yearly tasks with money, goals, targets."""

from perfxl.model.address import Area
from tests.forms import shenzhen_data as data
from tests.forms.figures import Path, Target, Task
from tests.forms.grid import Grid
from tests.forms.mutate import Draft, kept_as
from tests.forms.table import lines_of, row_height

SHEET = "目标完成情况"
AMOUNTS = ("budget_total", "budget_fiscal", "executed_total", "executed_fiscal")
_WIDTHS = (14, 18, 26, 30, 17, 17, 17, 17)
_LAST = 8


def lay_out_tasks(draft: Draft) -> Grid:
    """The sheet, merged as an officer would draw it."""
    options = draft.options
    grid = Grid(SHEET, options.top, options.left, is_merging=options.labels == "merged")
    grid.set_widths(_WIDTHS)
    grid.preface(options.preface)
    row = _put_head(grid, draft)
    row = _put_tasks(grid, draft, row)
    row = _put_goals(grid, draft, row)
    _put_targets(grid, draft, row)
    return grid


def _put_head(grid: Grid, draft: Draft) -> int:
    grid.put_area(Area(1, 1, 1, _LAST), data.TASK_TITLE, "title", ("@head", "title"))
    grid.set_height(1, 36)
    grid.put_area(Area(2, 1, 2, 2), "部门（单位）名称", "head")
    grid.put_area(Area(2, 3, 2, 4), draft.head["unit"], "label", ("@head", "unit"))
    grid.put_area(Area(2, 5, 2, 6), "预算年度", "head")
    grid.put_area(Area(2, 7, 2, 8), draft.head["year"], "label", ("@head", "year"))
    grid.set_height(2, 22)
    return 3


def _put_tasks(grid: Grid, draft: Draft, row: int) -> int:
    last = row + 2 + len(draft.tasks)
    grid.put_area(Area(row, 1, last, 1), "年度主要任务完成情况", "head")
    for column, heading in enumerate(("任务名称", "主要内容", "完成情况"), start=2):
        grid.put_area(Area(row, column, row + 1, column), heading, "head")
    for left, heading in ((5, "预算数（元）"), (7, "执行数（元）")):
        grid.put_area(Area(row, left, row, left + 1), heading, "head")
        grid.put_row(row + 1, {left: "总额", left + 1: "其中：财政拨款"}, "head")
    for offset, task in enumerate(draft.tasks):
        _put_task(grid, row + 2 + offset, task)
    grid.put_area(Area(last, 2, last, 4), "金额合计", "head", ("@task", "金额合计:name"))
    for column, key in enumerate(AMOUNTS, start=5):
        formula = f"SUM({grid.a1(row + 2, column)}:{grid.a1(last - 1, column)})"
        stated = kept_as(draft.options.totals, formula, draft.head[key])
        grid.put(last, column, stated, "money", ("@task", f"金额合计:{key}"))
    grid.set_height(last, 22)
    return last + 1


def _put_task(grid: Grid, row: int, task: Task) -> None:
    for column, text in enumerate((task.name, task.content, task.result), start=2):
        ref = ("@task", f"{task.name}:name") if column == 2 else None
        grid.put(row, column, text, "text", ref)
    for column, (key, amount) in enumerate(zip(AMOUNTS, task.amounts, strict=True), start=5):
        grid.put(row, column, amount, "money", ("@task", f"{task.name}:{key}"))
    grid.set_height(row, row_height(max(lines_of(task.content, 26), lines_of(task.result, 30))))


def _put_goals(grid: Grid, draft: Draft, row: int) -> int:
    grid.put_area(Area(row, 1, row + 1, 1), "年度总体目标完成情况", "head")
    grid.put_area(Area(row, 2, row, 4), "预期目标", "head")
    grid.put_area(Area(row, 5, row, _LAST), "目标实际完成情况", "head")
    grid.put_area(Area(row + 1, 2, row + 1, 4), draft.head["goal"], "text", ("@head", "goal"))
    result = Area(row + 1, 5, row + 1, _LAST)
    grid.put_area(result, draft.head["result"], "text", ("@head", "result"))
    grid.set_height(row + 1, 60)
    return row + 2


def _put_targets(grid: Grid, draft: Draft, row: int) -> None:
    last = row + len(draft.targets)
    grid.put_area(Area(row, 1, last, 1), "年度绩效指标完成情况", "head")
    for column, heading in enumerate(("一级指标", "二级指标", "三级指标"), start=2):
        grid.put(row, column, heading, "head")
    grid.put_area(Area(row, 5, row, 6), "预期指标值", "head")
    grid.put_area(Area(row, 7, row, 8), "实际完成指标值", "head")
    for level in (1, 2):
        _put_labels(grid, draft, row + 1, level)
    for offset, target in enumerate(draft.targets, start=1):
        _put_target(grid, row + offset, target)


def _put_labels(grid: Grid, draft: Draft, row: int, level: int) -> None:
    """A column of labels, one cell for each run of rows that share it."""
    start = 0
    prefixes: list[Path] = [target.path[:level] for target in draft.targets]
    for end in range(1, len(prefixes) + 1):
        if end < len(prefixes) and prefixes[end] == prefixes[start]:
            continue
        area = Area(row + start, level + 1, row + end - 1, level + 1)
        grid.put_area(area, prefixes[start][-1], "label")
        start = end


def _put_target(grid: Grid, row: int, target: Target) -> None:
    name = target_key(target)
    grid.put(row, 4, target.path[-1], "text", ("@target", f"{name}:name"))
    grid.put_area(Area(row, 5, row, 6), target.target, "label", ("@target", f"{name}:target"))
    grid.put_area(Area(row, 7, row, 8), target.actual, "label", ("@target", f"{name}:actual"))
    grid.set_height(row, row_height(lines_of(target.path[-1], 30)))


def target_key(target: Target) -> str:
    """By what a test names a target: 三级指标, or 二级/三级 where the last name says nothing."""
    last = target.path[-1]
    return f"{target.path[-2]}/{last}" if last in ("", "不适用") else last
