"""One open worksheet as a sheet of the grid."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from perfxl.addin.live.blocks import (
    Spot,
    area_of,
    column_range,
    filled_blocks,
    lines_where,
    quarters_of,
    row_range,
    rows_of,
    used_area,
)
from perfxl.addin.live.formats import StyleBook, styles_of
from perfxl.addin.live.values import value_of
from perfxl.errors import RefusedFile
from perfxl.model.address import Area, to_a1
from perfxl.model.cells import Cell, CellType, Sheet
from perfxl.reader.budget import Budget
from perfxl.reader.sheet_xml import MAX_MERGES

_STATES = {-1: "visible", 0: "hidden", 2: "veryHidden"}
_MOST_LINES = 100_000  # rows looked through for hidden ones, far below any table's end
_MOST_COLUMNS = 1_000


def read_sheet(sheet: Any, count_filled: Any, styles: StyleBook, budget: Budget) -> Sheet:
    """Read a worksheet.

    Args:
        sheet: the worksheet.
        count_filled: Excel's function COUNTA, which tells how much a range holds.
        styles: takes the cells' styles.
        budget: what is left of the cells that one workbook may have.

    Raises:
        RefusedFile: more cells than that.
    """
    found = Sheet(str(sheet.Name), _STATES.get(int(sheet.Visible), "visible"))
    used = used_area(sheet)
    _read_cells(sheet, found, used, count_filled, budget)
    for spot, style in styles_of(sheet, list(found.cells)):
        found.cells[spot] = replace(found.cells[spot], style=styles.number(style))
    found.merges.extend(_merges(sheet, used))
    _read_lines(sheet, found, used)
    found.comments = dict(notes_of(sheet))
    return found


def notes_of(sheet: Any) -> Iterator[tuple[Spot, str]]:
    """The notes of a worksheet with their cells, top to bottom."""
    notes = sheet.Comments
    found = []
    for number in range(1, int(notes.Count) + 1):
        note = notes.Item(number)
        cell = note.Parent
        found.append(((int(cell.Row), int(cell.Column)), str(note.Text())))
    yield from sorted(found)


def _read_cells(sheet: Any, found: Sheet, used: Area, count_filled: Any, budget: Budget) -> None:
    def count(area: Area) -> int:
        return int(count_filled(sheet.Range(area.a1)))

    cells: dict[Spot, Cell] = {}
    for area in filled_blocks(used, count):
        block = sheet.Range(area.a1)
        values, formulas = rows_of(block.Value2, area), rows_of(block.Formula, area)
        for row, (line, texts) in enumerate(zip(values, formulas, strict=True), area.top):
            for column, (value, text) in enumerate(zip(line, texts, strict=True), area.left):
                cell = _cell(sheet, row, column, value, text)
                if cell is not None:
                    cells[row, column] = cell
        budget.cells -= (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if budget.cells < 0:
            raise RefusedFile("FL110", "单元格总数超过上限", sheet=found.name)
    found.cells = dict(sorted(cells.items()))


def _cell(sheet: Any, row: int, column: int, value: Any, text: Any) -> Cell | None:
    kind, raw = value_of(value)
    formula = None
    # Only of a text that begins with = are value and formula alike without there being a formula.
    if (
        isinstance(text, str)
        and text.startswith("=")
        and len(text) > 1
        and (kind is not CellType.TEXT or raw != text or _has_formula(sheet, row, column))
    ):
        formula = text[1:]
    if formula is None and not raw:
        return None
    return Cell(row, column, kind, raw, formula)


def _has_formula(sheet: Any, row: int, column: int) -> bool:
    return bool(sheet.Range(to_a1(row, column)).HasFormula)


def _merges(sheet: Any, used: Area) -> list[Area]:
    """The merged areas, found by dividing what Excel calls partly merged."""
    found: dict[Area, None] = {}
    waiting = [used]
    while waiting:
        area = waiting.pop()
        if _is_within(area, found):
            continue
        cells = sheet.Range(area.a1)
        answer = cells.MergeCells
        if answer is not None and not answer:
            continue
        corner = sheet.Range(to_a1(area.top, area.left))
        if corner.MergeCells:
            merged = area_of(corner.MergeArea)
            found[merged] = None
            if len(found) > MAX_MERGES:
                raise RefusedFile("FL110", f"合并区域超过上限{MAX_MERGES}处", sheet=str(sheet.Name))
        if not _is_within(area, found):
            waiting.extend(quarters_of(area))
    return sorted(found)


def _is_within(area: Area, merges: dict[Area, None]) -> bool:
    return any(
        merge.contains(area.top, area.left) and merge.contains(area.bottom, area.right)
        for merge in merges
    )


def _read_lines(sheet: Any, found: Sheet, used: Area) -> None:
    """Hidden rows and columns, and the widths that somebody set."""
    last_row = min(used.bottom, _MOST_LINES)
    last_column = max((column for _, column in found.cells), default=0)
    last_column = max(last_column, max((area.right for area in found.merges), default=0))
    last_column = min(last_column, _MOST_COLUMNS)
    found.hidden_rows.update(
        lines_where(1, last_row, lambda a, b: sheet.Range(row_range(a, b)).EntireRow.Hidden)
    )
    if not last_column:
        return
    found.hidden_columns.update(
        lines_where(
            1, last_column, lambda a, b: sheet.Range(column_range(a, b)).EntireColumn.Hidden
        )
    )
    own = lines_where(1, last_column, lambda a, b: _is_own_width(sheet.Range(column_range(a, b))))
    for column in own:
        found.widths[column] = _stored_width(sheet.Range(column_range(column, column)))


def _is_own_width(columns: Any) -> bool | None:
    standard = columns.UseStandardWidth
    return None if standard is None else not standard


def _stored_width(column: Any) -> float:
    """A width as files state it: the characters that it shows, and its margins with them.

    Excel tells the characters without the margins, and the whole in points; a margin is 5 pixels.
    """
    shown = float(column.ColumnWidth)
    pixels = float(column.Width) * 96 / 72
    if shown < 1 or pixels <= 5:
        return shown
    return round(pixels * shown / (pixels - 5), 2)
