"""Score tables of other provinces: other headings, one cap column, two levels, subtotals."""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path as FilePath
from types import MappingProxyType

from perfxl.model.address import Area
from tests.forms import generic_data as data
from tests.forms.figures import Node, decimal_of
from tests.forms.grid import Grid
from tests.forms.mutate import Draft, Options, kept_as
from tests.forms.table import Column, ScoreTable

UNIT = "某县农业农村局"
YEAR = "2023"
SHEET = "Sheet1"

_THREE = (
    Column("level1", "一级指标", 10),
    Column("level2", "二级指标", 14),
    Column("name", "三级指标", 24),
)


@dataclass(frozen=True, slots=True)
class Flavour:
    """A province's way: title, columns, tree and the words of the last rows."""

    title: str
    columns: tuple[Column, ...]
    roots: tuple[Node, ...]
    total_label: str = "总分"
    grade_label: str | None = "评价等级"
    subtotal_label: str = ""


FLAVOURS = MappingProxyType(
    {
        "national": Flavour(
            "项目支出绩效自评表",
            (
                *_THREE,
                Column("cap", "分值", 8),
                Column("target", "年度指标值", 14),
                Column("actual", "实际完成值", 14),
                Column("score", "得分", 8),
                Column("reason", "偏差原因分析及改进措施", 40),
            ),
            data.PROJECT,
            grade_label=None,
        ),
        "weights": Flavour(
            "部门整体支出绩效评价指标评分表",
            (
                Column("level1", "一级指标", 10),
                Column("level1.cap", "权重", 7),
                Column("level2", "二级指标", 12),
                Column("level2.cap", "权重", 7),
                Column("name", "三级指标", 22),
                Column("cap", "权重", 7),
                Column("criteria", "评价标准", 30),
                Column("score", "自评得分", 9),
                Column("reason", "扣分原因", 30),
                Column("action", "整改措施", 28),
            ),
            data.FRAMEWORK,
            total_label="合计",
            grade_label="自评等级",
        ),
        "deductions": Flavour(
            "部门整体绩效自评表",
            (
                *_THREE,
                Column("description", "指标说明", 26),
                Column("cap", "满分", 8),
                Column("score", "自评分", 8),
                Column("reason", "偏差原因分析", 32),
                Column("action", "改进措施", 30),
            ),
            data.FRAMEWORK,
            total_label="总计",
        ),
        "two_level": Flavour(
            "部门整体支出绩效自评表",
            (
                Column("level1", "一级指标", 14),
                Column("level1.cap", "分值", 8),
                Column("name", "二级指标", 26),
                Column("cap", "分值", 8),
                Column("score", "得分", 9),
                Column("reason", "未达标原因", 36),
                Column("action", "改进措施", 32),
            ),
            data.TWO_LEVELS,
        ),
        "no_reasons": Flavour(
            "部门整体支出绩效评价表",
            (*_THREE, Column("cap", "标准分值", 9), Column("score", "评分", 9)),
            data.FRAMEWORK,
            total_label="总得分",
        ),
        "subtotals": Flavour(
            "部门整体支出绩效自评表",
            (
                *_THREE,
                Column("cap", "分值", 8),
                Column("criteria", "评分标准", 28),
                Column("score", "自评得分", 9),
                Column("reason", "扣分原因", 32),
                Column("action", "改进措施", 30),
            ),
            data.FRAMEWORK,
            subtotal_label="小计",
        ),
    }
)
VARIANTS = (
    "as_meant",
    "blank_filled",
    "repeated_labels",
    "moved",
    "uncached_total",
    "cached_total",
)
_OPTIONS = {
    "blank_filled": Options(labels="first"),
    "repeated_labels": Options(labels="repeated"),
    "moved": Options(top=2, left=3, preface=("附件：", "")),
    "uncached_total": Options(totals="uncached"),
    "cached_total": Options(totals="cached"),
}


def tick(grades: tuple[str, ...]) -> str:
    """The grade's own word."""
    return "、".join(grades)


def form(flavour: str = "weights", variant: str = "as_meant") -> Draft:
    """A draft with full marks everywhere.

    Raises:
        KeyError: no such flavour or variant.
    """
    if variant not in VARIANTS:
        raise KeyError(variant)
    kind = FLAVOURS[flavour]

    def lay_out_flavour(draft: Draft) -> list[Grid]:
        return [_lay_out(kind, draft)]

    draft = Draft(
        variant=f"{flavour}-{variant}",
        sheet=SHEET,
        layout=lay_out_flavour,
        roots=kind.roots,
        total_score=None,
        total_label=kind.total_label,
        grade=None,
        tick=tick,
        options=_OPTIONS.get(variant, Options()),
        head=MappingProxyType({"unit": UNIT, "year": YEAR}),
    )
    return replace(draft.with_right_total(), total_cap=_sum_of_caps(draft))


def build(flavour: str, variant: str, path: FilePath) -> FilePath:
    """Write the workbook of a flavour and variant."""
    return form(flavour, variant).build(path)


def _sum_of_caps(draft: Draft) -> Decimal:
    return sum((decimal_of(leaf.cap) or Decimal(0) for _, leaf in draft.leaves()), Decimal(0))


def _lay_out(kind: Flavour, draft: Draft) -> Grid:
    options = draft.options
    grid = Grid(draft.sheet, options.top, options.left, is_merging=options.labels == "merged")
    columns = tuple(column for column in kind.columns if column.field not in options.dropped)
    last = len(columns)
    grid.set_widths(tuple(column.width for column in columns))
    grid.preface(options.preface)
    grid.put_area(Area(1, 1, 1, last), kind.title, "title", ("@head", "title"))
    grid.set_height(1, 36)
    line = f"（{draft.head['year']}年度）"
    grid.put_area(Area(2, 1, 2, last), line, "line", ("@head", "year"))
    grid.put_area(Area(3, 1, 3, 2), "填报单位：", "line")
    grid.put(3, 3, draft.head["unit"], "line", ("@head", "unit"))
    for number, column in enumerate(columns, start=1):
        grid.put(4, number, column.heading, "head")
    grid.repeated_rows = (4 + options.top, 4 + options.top)
    table = ScoreTable(columns, draft, grid)
    _put_foot(grid, kind, draft, table, table.place(5, kind.subtotal_label))
    return grid


def _put_foot(grid: Grid, kind: Flavour, draft: Draft, table: ScoreTable, row: int) -> None:
    """The total under the leaves' caps and scores, then the grade where the form has one."""
    for column in range(1, len(table.columns) + 1):
        grid.put(row, column, None, "label")
    grid.put(row, 1, draft.total_label, "head", ("@total", "label"))
    stated = {"cap": draft.total_cap, "score": draft.total_score}
    for field, value in stated.items():
        at = table.column(field)
        formula = "+".join(table.subtotals.get(field, ()))
        formula = formula or f"SUM({grid.a1(5, at)}:{grid.a1(row - 1, at)})"
        kept = kept_as(draft.options.totals, formula, value)
        grid.put(row, at, kept, "total" if field == "score" else "cap", ("@total", field))
    if kind.grade_label:
        grid.put(row + 1, 1, kind.grade_label, "head")
        area = Area(row + 1, 2, row + 1, len(table.columns))
        grid.put_area(area, draft.grade, "label", ("@grade", "grade"))
