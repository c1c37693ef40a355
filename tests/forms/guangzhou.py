"""The 2022 municipal form with reasons and actions, in the variants it comes back in.

`form("as_meant")` is a draft to change and build; `build("as_printed", path)` writes one.
"""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path as FilePath

from perfxl.model.address import Area
from tests.forms import guangzhou_data as data
from tests.forms.figures import Typed, Value
from tests.forms.grid import Grid
from tests.forms.guangzhou_printed import lay_out_as_printed
from tests.forms.mutate import Draft, Options, kept_as
from tests.forms.table import Column, ScoreTable, lines_of, row_height

SHEET = "自评表"
COLUMNS = (
    Column("level1", "一级指标", 8),
    Column("level1.cap", "分值", 7),
    Column("level2", "二级指标", 10),
    Column("level2.cap", "分值", 7),
    Column("name", "三级指标", 20),
    Column("cap", "分值", 7),
    Column("description", "指标解释", 30),
    Column("score", "得分/自评分", 11),
    Column("reason", "未达标原因", 32),
    Column("action", "改进措施", 26),
)
_LAST = len(COLUMNS)

_BUDGET_HEADS = (
    (Area(1, 3, 1, 10), "年度预算资金类别"),
    (Area(1, 1, 3, 2), "总预算\n（万元）"),
    (Area(2, 3, 2, 5), "部门预算"),
    (Area(2, 6, 2, 8), "事业发展支出"),
    (Area(2, 9, 2, 10), "事业发展支出（按预算级次划分）"),
    (Area(3, 3, 3, 4), "基本支出"),
    (Area(3, 5, 3, 5), "项目支出"),
    (Area(3, 6, 3, 7), "专项资金"),
    (Area(3, 8, 3, 8), "其他事业\n发展支出"),
    (Area(3, 9, 3, 9), "市本级资金"),
    (Area(3, 10, 3, 10), "对下转移支付"),
)
_BUDGET_SPANS = ((1, 2), (3, 4), (5, 5), (6, 7), (8, 8), (9, 9), (10, 10))


def tick(grades: tuple[str, ...]) -> str:
    """The grade's field as printed, with these grades ticked."""
    boxes = [f"{'☑' if grade in grades else '□'}{grade} {band}" for grade, band in data.GRADE_BANDS]
    return "；  ".join(boxes)


def lay_out(draft: Draft) -> list[Grid]:
    """The form on one sheet, as an officer would draw it."""
    options = draft.options
    grid = Grid(draft.sheet, options.top, options.left, is_merging=options.labels == "merged")
    grid.set_widths(tuple(column.width for column in COLUMNS))
    grid.preface(options.preface)
    row = _put_head(grid, draft, 1)
    row = _put_goals(grid, draft, row)
    row = _put_budget(grid, draft, row)
    columns = tuple(column for column in COLUMNS if column.field not in options.dropped)
    for number, column in enumerate(columns, start=1):
        grid.put(row, number, column.heading, "head")
    grid.set_height(row, 28)
    grid.repeated_rows = (row + options.top, row + options.top)
    table = ScoreTable(columns, draft, grid)
    below = table.place(row + 1)
    _put_total(grid, draft, table, row + 1, below)
    _put_grade_and_foot(grid, draft, below + 1)
    return [grid]


def _put_head(grid: Grid, draft: Draft, row: int) -> int:
    grid.put_area(Area(row, 1, row, _LAST), draft.head["title"], "title", ("@head", "title"))
    grid.set_height(row, 36)
    grid.put_area(Area(row + 1, 1, row + 1, _LAST), "部门基本情况", "section")
    below = row + 2
    grid.put_area(Area(below, 1, below, 2), "部门名称", "head")
    grid.put_area(Area(below, 3, below, 6), draft.head["unit"], "text", ("@head", "unit"))
    grid.put(below, 7, "单位数：", "head")
    count = draft.head["unit_count"]
    grid.put_area(Area(below, 8, below, _LAST), count, "label", ("@head", "unit_count"))
    grid.set_height(below, 22)
    return below + 1


def _put_goals(grid: Grid, draft: Draft, row: int) -> int:
    last = row + len(data.GOALS) - 1
    grid.put_area(Area(row, 1, last + 1, 2), "年度整体\n绩效目标", "head")
    grid.put_area(Area(row, 7, last, 7), "整体绩效目标完成情况", "head")
    for number, (goal, result) in enumerate(data.GOALS):
        at = row + number
        grid.put_area(Area(at, 3, at, 6), f"目标{number + 1}：{goal}")
        grid.put_area(Area(at, 8, at, _LAST), f"目标{number + 1}：{result}")
        grid.set_height(at, row_height(lines_of(goal, 40)))
    grid.put_area(Area(last + 1, 3, last + 1, 6), None)
    grid.put(last + 1, 7, "未能完成原因", "head")
    reason = draft.head["unfinished_reason"]
    area = Area(last + 1, 8, last + 1, _LAST)
    grid.put_area(area, reason, "text", ("@head", "unfinished_reason"))
    grid.set_height(last + 1, 22)
    return last + 2


def _put_budget(grid: Grid, draft: Draft, row: int) -> int:
    grid.put_area(Area(row, 1, row, _LAST), "年度部门预算情况", "section")
    for area, heading in _BUDGET_HEADS:
        moved = Area(area.top + row, area.left, area.bottom + row, area.right)
        grid.put_area(moved, heading, "head")
    grid.set_height(row + 3, 30)
    figures = row + 4
    for key, (left, right) in zip(data.BUDGET_KEYS, _BUDGET_SPANS, strict=True):
        area = Area(figures, left, figures, right)
        grid.put_area(area, draft.head[key], "money", ("@head", key))
    grid.set_height(figures, 22)
    return figures + 1


def _put_total(grid: Grid, draft: Draft, table: ScoreTable, first: int, row: int) -> None:
    """The total's row: label, full mark, score; the other cells stay blank."""
    for column in range(1, _LAST + 1):
        grid.put(row, column, None, "label")
    grid.put(row, 1, draft.total_label, "head", ("@total", "label"))
    caps = f"SUM({grid.a1(first, table.column('level1.cap'))}:{grid.a1(row - 1, 2)})"
    if draft.options.labels == "repeated":
        caps = f"SUM({grid.a1(first, 6)}:{grid.a1(row - 1, 6)})"
    grid.put(row, 2, kept_as(draft.options.totals, caps, draft.total_cap), "cap", ("@total", "cap"))
    at = table.column("score")
    scores = f"SUM({grid.a1(first, at)}:{grid.a1(row - 1, at)})"
    stated = kept_as(draft.options.totals, scores, draft.total_score)
    grid.put(row, at, stated, "total", ("@total", "score"))
    grid.set_height(row, 24)


def _put_grade_and_foot(grid: Grid, draft: Draft, row: int) -> None:
    grid.put(row, 1, "评价等级", "head")
    grid.put_area(Area(row, 2, row, _LAST), draft.grade, "text", ("@grade", "grade"))
    grid.set_height(row, 24)
    foot = {1: "填报人：", 5: "审核人：", 7: "单位负责人：", 9: "日期（盖章）："}
    grid.put_row(row + 2, dict(foot.items()), "foot")


_TYPED: dict[str, Value] = {
    "部门预算资金支出率": Typed("８.９５", Decimal("8.95")),
    "结转结余率": Typed("2分", Decimal(2)),
    "绩效管理制度建设": Typed(" 5.00 ", Decimal(5)),
    "合同备案时效性": Typed("0.5", Decimal("0.5")),
    "资产盘点情况": Typed("1．0分", Decimal(1)),
}
VARIANTS = (
    "as_meant",
    "blank_filled",
    "repeated_labels",
    "as_printed",
    "moved",
    "text_scores",
    "uncached_total",
    "cached_total",
)
_OPTIONS = {
    "blank_filled": Options(labels="first"),
    "repeated_labels": Options(labels="repeated"),
    "as_printed": Options(labels="first"),
    "moved": Options(
        top=4, left=2, preface=("附件3", "报送时间：4月15日前", "（电子版与盖章件须一致）")
    ),
    "uncached_total": Options(totals="uncached"),
    "cached_total": Options(totals="cached"),
}


def form(variant: str = "as_meant") -> Draft:
    """A draft of the published figures in one of `VARIANTS`.

    Raises:
        KeyError: no such variant.
    """
    if variant not in VARIANTS:
        raise KeyError(variant)
    draft = Draft(
        variant=variant,
        sheet=SHEET,
        layout=lay_out_as_printed if variant == "as_printed" else lay_out,
        roots=data.ROOTS,
        scheme="guangzhou-2022",
        total_score=data.TOTAL,
        grade=tick((data.GRADE,)),
        tick=tick,
        options=_OPTIONS.get(variant, Options()),
        head=data.HEAD,
    )
    if variant == "text_scores":
        for name, score in _TYPED.items():
            draft = draft.with_score(name, score)
    return draft


def clean() -> Draft:
    """As meant, with a budget that adds up and 未能完成原因 filled: nothing to find."""
    return replace(with_fair_head(form()), variant="clean")


def with_fair_head(draft: Draft) -> Draft:
    """The draft with a budget that adds up and a reason for the goals that were not reached."""
    for key, amount in zip(data.BUDGET_KEYS, _ROUND_BUDGET, strict=True):
        draft = draft.with_head(key, amount)
    return draft.with_head("unfinished_reason", "合同跨年、受疫情影响，2个产出指标未完成。")


# 总预算 = 基本 + 项目 + 专项 + 其他; 专项 + 其他 = 市本级 + 对下
_ROUND_BUDGET = tuple(
    Decimal(figure)
    for figure in ("39481.84", "8847.16", "20593.52", "40.00", "10001.16", "2040.00", "8001.16")
)


def build(variant: str, path: FilePath) -> FilePath:
    """Write the workbook of a variant."""
    return form(variant).build(path)
