"""The municipal form exactly as a published table came out: shifted rows, a split page."""

from tests.forms import guangzhou_data as data
from tests.forms.figures import Value
from tests.forms.grid import Grid
from tests.forms.mutate import Draft
from tests.forms.table import Row, rows_of

_HEADINGS = (
    "一级指标",
    "分值",
    "二级指标",
    "分值",
    "三级指标",
    "分值",
    "指标解释",
    "得分/自评分",
    "未达标原因",
    "改进措施",
)
_USUAL = {"name": 5, "cap": 6, "description": 7, "score": 8, "reason": 9, "action": 10}
_TWO_RIGHT = {field: column + 2 for field, column in _USUAL.items()}
# The name slid to the front, a gap of two cells behind its cap, the rest two to the left.
_TO_THE_FRONT = {"name": 1, "cap": 2, "description": 5, "score": 6, "reason": 7, "action": 8}
_SHIFTED = {
    "结转结余率": _TWO_RIGHT,
    "财务管理合规性": _TWO_RIGHT,
    "绩效结果应用": _TO_THE_FRONT,
    "绩效管理制度的执行": _TO_THE_FRONT,
}
_SHIFTED_GROUPS = {"预算执行": 5}  # its label stands where 三级指标 should
_SECOND_PAGE_FROM = "采购管理"


def lay_out_as_printed(draft: Draft) -> list[Grid]:
    """No merges; the second page repeats the headings and the open first-level group."""
    grid = Grid(draft.sheet, draft.options.top, draft.options.left)
    grid.set_widths((12, 12, 12, 14, 20, 16, 30, 11, 30, 26, 12, 26))
    grid.put(1, 1, draft.head["title"], "line", ("@head", "title"))
    row = _put_head(grid, draft, 3)
    row = _put_budget(grid, draft, row + 1)
    row = _put_rows(grid, draft, row)
    grid.put(row, 1, draft.total_label, "label", ("@total", "label"))
    grid.put(row, 2, draft.total_cap, "cap", ("@total", "cap"))
    grid.put(row, 7, draft.total_score, "total", ("@total", "score"))
    grid.put(row + 1, 1, "评价等级", "label")
    grid.put(row + 1, 2, draft.grade, "text", ("@grade", "grade"))
    return [grid]


def _put_head(grid: Grid, draft: Draft, row: int) -> int:
    grid.put(row, 1, "部门基本情况", "section")
    grid.put(row + 1, 1, "部门名称", "label")
    grid.put(row + 1, 2, draft.head["unit"], "text", ("@head", "unit"))
    grid.put(row + 1, 3, "单位数：", "label")
    grid.put(row + 1, 4, draft.head["unit_count"], "label", ("@head", "unit_count"))
    goals = "\n".join(f"目标{n}：{goal}" for n, (goal, _) in enumerate(data.GOALS, start=1))
    results = "\n".join(f"目标{n}：{done}" for n, (_, done) in enumerate(data.GOALS, start=1))
    paired = {1: "年度整体绩效目标", 2: goals, 3: "整体绩效目标完成情况", 4: results}
    grid.put_row(row + 2, dict(paired.items()))
    grid.put(row + 3, 4, "未能完成原因")
    grid.put(row + 4, 4, draft.head["unfinished_reason"], "text", ("@head", "unfinished_reason"))
    return row + 5


def _put_budget(grid: Grid, draft: Draft, row: int) -> int:
    top: dict[int, Value] = {1: "年度部门预算情况", 2: "总预算 (万元)", 3: "年度预算资金类别"}
    groups: dict[int, Value] = {3: "部门预算", 5: "事业发展支出", 7: "事业发展支出(按预算级次划分)"}
    names: dict[int, Value] = {
        3: "基本支出",
        4: "项目支出",
        5: "专项资金",
        6: "其他事业发展支出",
        7: "市本级资金",
        9: "对下转移支付",
    }
    for offset, labels in enumerate((top, groups, names)):
        grid.put_row(row + offset, labels, "label")
    # The figures stand one column further right than their headings.
    for offset, key in enumerate(data.BUDGET_KEYS):
        grid.put(row + 3, 3 + offset, draft.head[key], "money", ("@head", key))
    return row + 4


def _put_rows(grid: Grid, draft: Draft, row: int) -> int:
    _put_headings(grid, row)
    row += 1
    for each in rows_of(draft.roots):
        opens_page = each.starts == 2 and each.groups[1][1].name == _SECOND_PAGE_FROM
        if opens_page:
            _put_headings(grid, row + 1)
            row += 2
        _put_row(grid, row, each, repeats_level1=opens_page)
        row += 1
    return row


def _put_headings(grid: Grid, row: int) -> None:
    for column, heading in enumerate(_HEADINGS, start=1):
        grid.put(row, column, heading, "head")


def _put_row(grid: Grid, at: int, row: Row, *, repeats_level1: bool) -> None:
    for level, (path, group) in enumerate(row.groups, start=1):
        is_first = row.starts <= level
        if not is_first and not (level == 1 and repeats_level1):
            continue
        column = _SHIFTED_GROUPS.get(group.name, 2 * level - 1)
        grid.put(at, column, group.name, "label", (path, "name") if is_first else None)
        grid.put(at, column + 1, group.cap, "cap", (path, "cap") if is_first else None)
    columns = _SHIFTED.get(row.leaf.name, _USUAL)
    for field, column in columns.items():
        value: Value = getattr(row.leaf, field)
        if field == "name" and row.leaf.is_nameless:
            value = None
        style = {"cap": "cap", "score": "score"}.get(field, "text")
        grid.put(at, column, value, style, (row.path, field))
