"""What is wrong between a scheme and its layout: columns, head cells, blocks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfxl.scheme.model import Scheme

if TYPE_CHECKING:
    from perfxl.scheme.files import LayoutFile, SheetFile

_COLUMN_NAMES = {"shortfall_reason": "未达标原因", "improvement_measures": "改进措施"}
# What else a heading may be called that serves for a required column.
_SERVES = {"shortfall_reason": {"shortfall_reason", "deviation_analysis"}}


def lint_layout(scheme: Scheme, layout: "LayoutFile") -> list[str]:
    """The faults of a layout beside its scheme as Chinese sentences."""
    return [*_score_sheet(scheme, layout), *_heads(scheme, layout), *_lists(scheme, layout)]


def _score_sheet(scheme: Scheme, layout: "LayoutFile") -> Iterator[str]:
    sheets = [sheet for sheet in layout.sheet if sheet.kind == "score"]
    if len(sheets) != 1:
        yield f'layout.toml 应有且只有一张评分表（kind = "score"），现有{len(sheets)}张'
        return
    roles = {column.role for column in sheets[0].column}
    for role, name in (("max_score", "分值"), ("score", "得分")):
        if role not in roles:
            yield f"“{sheets[0].name}”没有{name}栏（{role}）"
    if not roles & {"level1", "level2", "level3"}:
        yield f"“{sheets[0].name}”没有指标名称栏（level1 至 level3）"
    for role in scheme.required_columns:
        if not roles & _SERVES.get(role, {role}):
            yield f"“{sheets[0].name}”没有方案必有的{_COLUMN_NAMES[role]}栏（{role}）"


def _heads(scheme: Scheme, layout: "LayoutFile") -> Iterator[str]:
    known = {one.key for one in scheme.inputs} | {one.key for one in scheme.measures}
    for sheet in layout.sheet:
        for row in sheet.head:
            for cell in row.cells:
                if cell.input and cell.input not in known:
                    yield (
                        f"“{sheet.title}”的 head 引用的 {cell.input} "
                        "不是方案的 [[input]] 或 [[measure]]"
                    )


def _lists(scheme: Scheme, layout: "LayoutFile") -> Iterator[str]:
    for one in scheme.lists:
        homes = [sheet for sheet in layout.sheet if _holds(sheet, one.level1)]
        if len(homes) != 1:
            yield (
                f"[[results]] {one.key} 要有一个 level1 为“{one.level1}”的 block，"
                f"现有{len(homes)}个"
            )
        elif all(column.role != "completion_rate" for column in homes[0].column):
            yield f"“{homes[0].title}”没有完成率栏（completion_rate），{one.key} 无处取数"


def _holds(sheet: "SheetFile", level1: str) -> bool:
    return sheet.kind == "targets" and any(block.level1 == level1 for block in sheet.block)
