"""The district form exactly as a published document came out: no merges, split pages, shifts.

目标设置 stands a row too low, two scores and the total slid one column left, the tail of a long
criterion fills a row of its own, and target rows lost or gained a cell.
"""

from tests.forms import shenzhen_data as data
from tests.forms.figures import Path, Target, Value
from tests.forms.grid import Grid
from tests.forms.mutate import Draft
from tests.forms.shenzhen_tasks import AMOUNTS, SHEET, target_key
from tests.forms.table import Row, rows_of

_LATE_LABEL = {"目标设置": "绩效指标明确性"}
_SCORE_IN_H = {"预决算信息公开", "项目实施程序"}
_PAGE_BREAK_BEFORE = {"绩效目标完整性", "项目监管", "管理制度健全性"}
# After these rows a page ends and the criterion's tail follows on the next, alone in a row.
_TAILS = {
    "财务合规性": (7, "核算不规范的酌情扣分。"),
    "预算执行率": (7, "5.全年平均支出进度得分=全年平均执行率×2分。"),
    "公众或服务对象满意度": (8, "题分档计分：≥95%得6分；≥90%得4分；≥80%得2分；不足80%得1分。"),
}


def lay_out_as_printed(draft: Draft) -> list[Grid]:
    """Both sheets without a single merged cell."""
    return [_task_sheet(draft), _score_sheet(draft)]


def _score_sheet(draft: Draft) -> Grid:
    grid = Grid(draft.sheet, is_merging=False)
    grid.set_widths((10, 9, 11, 9, 20, 9, 34, 46, 9))
    grid.put(1, 1, data.SCORE_TITLE, "line")
    _put_headings(grid)
    row = 5
    for each in rows_of(draft.roots):
        row += each.leaf.name in _PAGE_BREAK_BEFORE
        _put_leaf(grid, row, each)
        row += 1
        if each.leaf.name in _TAILS:
            column, tail = _TAILS[each.leaf.name]
            grid.put(row + 1, column, tail)
            row += 2
    for offset, note in enumerate(data.NOTES):
        grid.put(row + 4 + offset, 1, note, "note")
    grid.put(row, 1, draft.total_label, "label", ("@total", "label"))
    grid.put(row, 8, draft.total_score, "total", ("@total", "score"))
    grid.put(row + 1, 1, "评分等级", "label")
    grid.put(row + 1, 8, draft.grade, "label", ("@grade", "grade"))
    grid.put_row(row + 2, {1: "填表人", 8: "（略）"}, "label")
    return grid


def _put_headings(grid: Grid) -> None:
    grid.put_row(2, {1: "评价指标", 7: "指标说明", 8: "参考评分标准", 9: "分数"}, "head")
    grid.put_row(3, {1: "一级指标", 3: "二级指标", 5: "三级指标"}, "head")
    for column in (1, 3, 5):
        grid.put_row(4, {column: "名称", column + 1: "参考分值"}, "head")


def _put_leaf(grid: Grid, at: int, row: Row) -> None:
    leaf = row.leaf
    for level, (path, group) in enumerate(row.groups, start=1):
        if _label_stands_here(path, row, level):
            grid.put(at, 2 * level - 1, group.name, "label", (path, "name"))
            grid.put(at, 2 * level, group.cap, "cap", (path, "cap"))
    grid.put(at, 5, leaf.name, "text", (row.path, "name"))
    grid.put(at, 6, leaf.cap, "cap", (row.path, "cap"))
    if leaf.name in _SCORE_IN_H:
        grid.put(at, 7, f"{leaf.description} {leaf.criteria}", "text", (row.path, "description"))
        grid.put(at, 8, leaf.score, "score", (row.path, "score"))
        return
    grid.put(at, 7, leaf.description, "text", (row.path, "description"))
    grid.put(at, 8, leaf.criteria, "text", (row.path, "criteria"))
    grid.put(at, 9, leaf.score, "score", (row.path, "score"))


def _label_stands_here(path: Path, row: Row, level: int) -> bool:
    late = _LATE_LABEL.get(path[-1])
    return row.leaf.name == late if late else row.starts <= level


def _task_sheet(draft: Draft) -> Grid:
    grid = Grid(SHEET, is_merging=False)
    grid.set_widths((14, 18, 26, 30, 17, 17, 17, 17))
    grid.put(1, 1, data.TASK_TITLE, "line", ("@head", "title"))
    grid.put_row(2, {1: "部门（单位）名称", 5: "预算年度"}, "label")
    grid.put(2, 3, draft.head["unit"], "label", ("@head", "unit"))
    grid.put(2, 7, draft.head["year"], "label", ("@head", "year"))
    row = _put_tasks(grid, draft, 3)
    row = _put_goals(grid, draft, row)
    _put_targets(grid, draft, row)
    return grid


def _put_tasks(grid: Grid, draft: Draft, row: int) -> int:
    top: dict[int, Value] = {1: "年度主要任务完成情况", 2: "任务名称", 3: "主要内容"}
    grid.put_row(row, {**top, 4: "完成情况", 5: "预算数（元）", 7: "执行数（元）"}, "label")
    below: dict[int, Value] = {5: "总额", 6: "其中：财政拨款", 7: "总额", 8: "其中：财政拨款"}
    grid.put_row(row + 1, below, "label")
    row += 2
    for number, task in enumerate(draft.tasks):
        row += number == 4  # a page ends after the fourth task
        grid.put_row(row, {3: task.content, 4: task.result})
        grid.put(row, 2, task.name, "text", ("@task", f"{task.name}:name"))
        for column, (key, amount) in enumerate(zip(AMOUNTS, task.amounts, strict=True), start=5):
            grid.put(row, column, amount, "money", ("@task", f"{task.name}:{key}"))
        row += 1
    grid.put(row, 2, "金额合计", "label", ("@task", "金额合计:name"))
    for column, key in enumerate(AMOUNTS, start=5):
        grid.put(row, column, draft.head[key], "money", ("@task", f"金额合计:{key}"))
    return row + 1


def _put_goals(grid: Grid, draft: Draft, row: int) -> int:
    grid.put_row(row, {1: "年度总体目标完成情况", 2: "预期目标", 5: "目标实际完成情况"}, "label")
    grid.put(row + 1, 2, draft.head["goal"], "text", ("@head", "goal"))
    grid.put(row + 1, 5, draft.head["result"], "text", ("@head", "result"))
    return row + 2


def _put_targets(grid: Grid, draft: Draft, row: int) -> None:
    labels: dict[int, Value] = {1: "年度绩效指标完成情况", 2: "一级指标", 3: "二级指标"}
    grid.put_row(row, {**labels, 4: "三级指标", 5: "预期指标值", 7: "实际完成指标值"}, "label")
    row += 1
    seen: set[Path] = set()
    for number, target in enumerate(draft.targets):
        row += number in (1, 12)  # pages end before these rows
        columns = dict(enumerate((*target.path, target.target, target.actual), start=2))
        placed = _printed_target(number, target, columns, seen)
        for column, (value, field) in placed.items():
            ref = ("@target", f"{target_key(target)}:{field}") if field else None
            grid.put(row, column, value, "text", ref)
        row += 1


def _printed_target(
    number: int, target: Target, columns: dict[int, Value], seen: set[Path]
) -> dict[int, tuple[Value, str]]:
    """Column → value and the field it is, as the published row has it."""
    if number == 10:  # a row that slid right: its actual value is lost
        names = {3: "", 4: "", 5: "name", 6: "target"}
        return {column: (columns[column - 1], field) for column, field in names.items()}
    if number == 11:  # a row that slid left, with a gap
        social: dict[int, tuple[Value, str]] = {
            1: (target.path[1], ""),
            2: (target.path[2], "name"),
        }
        return {**social, 4: (target.target, "target"), 5: (target.actual, "actual")}
    placed: dict[int, tuple[Value, str]] = {}
    for level in (1, 2):
        prefix = target.path[:level]
        if prefix not in seen:
            placed[level + 1] = (prefix[-1], "")
            seen.add(prefix)
    actual_in = 7 if number == 0 else 6
    tail = {4: (target.path[-1], "name"), 5: (target.target, "target")}
    return {**placed, **tail, actual_in: (target.actual, "actual")}
