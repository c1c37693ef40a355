"""年度部门预算情况: the row of amounts under 总预算, 基本支出 and the other headings."""

import re

from perfxl.model.address import Area
from perfxl.model.form import BudgetBlock
from perfxl.reader.tables.view import SheetView, Spot
from perfxl.scheme.vocabulary import Vocabulary, fold

_UNIT = re.compile(r"[(（](?:单位[:：])?(万元|元)[)）]")
_CAPTION = re.compile(r"单位[:：](万元|元)")
_FEWEST_PARTS = 2  # 基本支出 alone may be a word in any table
_HEADER_ROWS = 3


def read_budget_blocks(view: SheetView, vocabulary: Vocabulary) -> list[BudgetBlock]:
    """Every block of a sheet with a heading 总预算, at least two of its parts, and amounts below.

    A printed copy may hold the amounts some columns beside their headings: as many amounts as
    headings are paired in order, otherwise by column.
    """
    blocks: list[BudgetBlock] = []
    last = 0
    for row in view.rows:
        if row <= last:
            continue
        heads = _headings(view, row, vocabulary)
        figures = _figures_below(view, row) if heads else []
        if figures:
            blocks.append(_block(view, heads, figures))
            last = figures[0][0]
    return blocks


def _headings(view: SheetView, row: int, vocabulary: Vocabulary) -> dict[str, Spot]:
    """The block's headings when `row` is the one with its parts; else none."""
    parts = _parts_of_row(view, row, vocabulary)
    if len(set(parts) - {"total"}) < _FEWEST_PARTS:
        return {}
    for above in range(row, max(row - _HEADER_ROWS, 0), -1):
        total = _parts_of_row(view, above, vocabulary).get("total")
        if total:
            heads = {**parts, "total": total}
            return dict(sorted(heads.items(), key=lambda item: item[1][1]))
    return {}


def _parts_of_row(view: SheetView, row: int, vocabulary: Vocabulary) -> dict[str, Spot]:
    parts: dict[str, Spot] = {}
    for column in view.rows.get(row, ()):
        part = vocabulary.budget_part_of(view.text((row, column)))
        if part:
            parts.setdefault(part, (row, column))
    return parts


def _figures_below(view: SheetView, row: int) -> list[Spot]:
    """The numbers of the next row that has any content."""
    columns = view.rows.get(row + 1, [])
    return [(row + 1, column) for column in columns if view.is_numeric((row + 1, column))]


def _block(view: SheetView, heads: dict[str, Spot], figures: list[Spot]) -> BudgetBlock:
    row = figures[0][0]
    if len(figures) == len(heads):
        spots = dict(zip(heads, figures, strict=True))
    else:
        spots = {part: (row, column) for part, (_, column) in heads.items()}
    columns = [column for _, column in (*heads.values(), *spots.values())]
    top = min(at[0] for at in heads.values())
    caption = _caption_unit(view, top)
    total = _unit(view, heads["total"]) or caption
    units = {part: _unit(view, at) or total for part, at in heads.items()}
    amounts = {part: view.number(at) for part, at in spots.items()}
    for part, amount in amounts.items():
        if amount.unit in ("元", "万元"):
            units[part] = amount.unit
    return BudgetBlock(view.sheet.name, Area(top, min(columns), row, max(columns)), amounts, units)


def _unit(view: SheetView, at: Spot) -> str:
    match = _UNIT.search(fold(view.text(at)))
    return match[1] if match else ""


def _caption_unit(view: SheetView, top: int) -> str:
    """A unit told once, right above the block or in its first row."""
    for row in (top, top - 1):
        for column in view.rows.get(row, ()):
            match = _CAPTION.search(fold(view.text((row, column))))
            if match:
                return match[1]
    return ""
