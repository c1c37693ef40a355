"""The 2023 district form: tasks and targets on one sheet, the score table on another.

It has no columns for reasons and actions. `form("as_meant")` is a draft to change and build.
"""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path as FilePath

from perfxl.model.address import Area
from tests.forms import shenzhen_data as data
from tests.forms.figures import Typed, Value
from tests.forms.grid import Grid
from tests.forms.mutate import Draft, Options, kept_as
from tests.forms.shenzhen_printed import lay_out_as_printed
from tests.forms.shenzhen_tasks import SHEET as TASK_SHEET
from tests.forms.shenzhen_tasks import lay_out_tasks
from tests.forms.table import Column, ScoreTable

SHEET = "评分表"
COLUMNS = (
    Column("level1", "名称", 10),
    Column("level1.cap", "参考分值", 7),
    Column("level2", "名称", 11),
    Column("level2.cap", "参考分值", 7),
    Column("name", "名称", 20),
    Column("cap", "参考分值", 7),
    Column("description", "指标说明", 34),
    Column("criteria", "参考评分标准", 46),
    Column("score", "分数", 9),
)
_LAST = len(COLUMNS)


def tick(grades: tuple[str, ...]) -> str:
    """The grade's field: the grade's own word, several joined by 、."""
    return "、".join(grades)


def lay_out(draft: Draft) -> list[Grid]:
    """Tasks and targets first, the score table on a sheet of its own."""
    return [lay_out_tasks(draft), _score_sheet(draft)]


def lay_out_on_one_sheet(draft: Draft) -> list[Grid]:
    """The score table below the targets, on the same sheet."""
    grid = lay_out_tasks(draft)
    grid.name = draft.sheet
    below = max(row for row, _ in grid.cells) - grid.top + 3
    grid.set_widths(tuple(max(column.width, 14) for column in COLUMNS))
    grid.repeated_rows = None
    _put_scores(grid, draft, below)
    return [grid]


def _score_sheet(draft: Draft) -> Grid:
    options = draft.options
    grid = Grid(draft.sheet, options.top, options.left, is_merging=options.labels == "merged")
    grid.set_widths(tuple(column.width for column in COLUMNS))
    grid.preface(options.preface)
    first = _put_scores(grid, draft, 1)
    grid.repeated_rows = (first - 3 + options.top, first - 1 + options.top)
    return grid


def _put_scores(grid: Grid, draft: Draft, row: int) -> int:
    """The whole score table from `row` on; returns the row of the first indicator."""
    grid.put_area(Area(row, 1, row, _LAST), data.SCORE_TITLE, "title")
    grid.set_height(row, 36)
    _put_headings(grid, row + 1)
    table = ScoreTable(COLUMNS, draft, grid)
    first = row + 4
    below = table.place(first)
    _put_foot(grid, draft, first, below)
    return first


def _put_headings(grid: Grid, row: int) -> None:
    grid.put_area(Area(row, 1, row, 6), "评价指标", "head")
    for level, heading in enumerate(("一级指标", "二级指标", "三级指标")):
        left = 2 * level + 1
        grid.put_area(Area(row + 1, left, row + 1, left + 1), heading, "head")
        grid.put(row + 2, left, "名称", "head")
        grid.put(row + 2, left + 1, "参考分值", "head")
    for column in (7, 8, 9):
        grid.put_area(Area(row, column, row + 2, column), COLUMNS[column - 1].heading, "head")
    grid.set_height(row + 2, 28)


def _put_foot(grid: Grid, draft: Draft, first: int, row: int) -> None:
    scores = f"SUM({grid.a1(first, _LAST)}:{grid.a1(row - 1, _LAST)})"
    stated = kept_as(draft.options.totals, scores, draft.total_score)
    label = Area(row, 1, row, _LAST - 1)
    grid.put_area(label, draft.total_label, "head", ("@total", "label"))
    grid.put(row, _LAST, stated, "total", ("@total", "score"))
    grid.put_area(Area(row + 1, 1, row + 1, _LAST - 1), "评分等级", "head")
    grid.put(row + 1, _LAST, draft.grade, "label", ("@grade", "grade"))
    grid.put_area(Area(row + 2, 1, row + 2, _LAST - 1), "填表人", "head")
    grid.put(row + 2, _LAST, "（略）", "label")
    for offset in range(3):
        grid.set_height(row + offset, 22)
    for offset, note in enumerate(data.NOTES, start=3):
        grid.put_area(Area(row + offset, 1, row + offset, _LAST), note, "note")


_TYPED: dict[str, Value] = {
    "预算编制规范性": Typed("５", Decimal(5)),
    "财务合规性": Typed("3分", Decimal(3)),
    "编外人员控制率": Typed("0", Decimal(0)),
    "预算执行率": Typed("４.７分", Decimal("4.7")),
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
    "one_sheet",
)
_OPTIONS = {
    "blank_filled": Options(labels="first"),
    "repeated_labels": Options(labels="repeated"),
    "as_printed": Options(labels="first"),
    "moved": Options(top=3, left=1, preface=("附件2", "（请勿改动格式）")),
    "uncached_total": Options(totals="uncached"),
    "cached_total": Options(totals="cached"),
}
_LAYOUTS = {"as_printed": lay_out_as_printed, "one_sheet": lay_out_on_one_sheet}


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
        layout=_LAYOUTS.get(variant, lay_out),
        roots=data.ROOTS,
        scheme="shenzhen-2023",
        total_score=data.TOTAL,
        total_cap=None,
        total_label="综合评分",
        grade=tick((data.GRADE,)),
        tick=tick,
        options=_OPTIONS.get(variant, Options()),
        head=data.HEAD,
        tasks=data.TASKS,
        targets=data.TARGETS,
    )
    if variant == "text_scores":
        for name, score in _TYPED.items():
            draft = draft.with_score(name, score)
    return draft


def with_fair_targets(draft: Draft) -> Draft:
    """The draft with targets that were met: budget execution, a social effect, satisfaction."""
    fair = draft.with_target("预算执行率", target="≥94%")
    fair = fair.with_target("有效保障全区安全生产形势总体平稳", actual="显著")
    fair = fair.with_target("排查企业数量", actual="每季度平均 12 家企业")
    return fair.with_target("区直各部门和群众满意度", actual="96%")


def clean() -> Draft:
    """As meant with full marks and targets met: nothing to find.

    The form has no column for reasons, so any point lost would be something to verify.
    """
    draft = with_fair_targets(form())
    for path, leaf in draft.leaves():
        draft = draft.with_score(path, leaf.cap)
    return replace(draft.with_right_total(), variant="clean")


def build(variant: str, path: FilePath) -> FilePath:
    """Write the workbook of a variant."""
    return form(variant).build(path)


__all__ = ["COLUMNS", "SHEET", "TASK_SHEET", "VARIANTS", "build", "clean", "form", "lay_out"]
