"""Grids as the bytes of a workbook."""

import datetime
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from perfxl.formula.excel_text import reference_text
from perfxl.formula.tree import Reference
from perfxl.model.address import Area, Place, to_a1
from perfxl.model.approved import ApprovedTarget
from perfxl.scheme.approved import approved_constants, approved_values
from perfxl.scheme.stamp import Stamp, stamp_constants, stamp_values
from perfxl.writer.template.grid import Cell, Formula, Grid, Highlight, Limit, Link, Spot
from perfxl.writer.template.looks import BODY, properties_of, properties_of_tone

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Values = Mapping[Place, Decimal | str | bool]
"""What the formulas give, by cell; those not listed are stored as an empty text."""

_ALLOWED = {
    "format_cells": False,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
_A4 = 9
_MARGIN = 1.5 / 2.54  # inches


def build(
    grids: Sequence[Grid],
    names: Mapping[str, Reference],
    stamp: Stamp,
    title: str,
    values: Values | None = None,
    approved: Sequence[ApprovedTarget] = (),
) -> bytes:
    """The workbook; the same arguments always give the same bytes.

    Args:
        grids: its sheets; the first one is shown on opening.
        names: names to define, with their cells.
        stamp: what the workbook says of itself.
        title: the title in its properties.
        values: what the formulas give.
        approved: the approved targets that it carries.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        # Widths count this font's digits; a small one lets the prescribed widths fill a page.
        "default_format_properties": {"font_name": BODY, "font_size": 9},
    }
    book = xlsxwriter.Workbook(buffer, options)
    created = datetime.datetime(2000, 1, 1)  # of no meaning, but always the same
    book.set_properties({"created": created, "title": title})
    book.set_calc_mode("auto")
    formats = _Formats(book)
    for grid in grids:
        _Writer(book.add_worksheet(grid.name), grid, formats, values or {}).write()
    constants = stamp_constants(stamp) | approved_constants(approved)
    for name, constant in sorted(constants.items()):
        book.define_name(name, f"={constant}")
    texts = stamp_values(stamp) | approved_values(approved)
    for name, value in sorted(texts.items()):
        book.set_custom_property(name, value, "text")
    for name, reference in sorted(names.items()):
        book.define_name(name, f"={reference_text(reference)}")
    book.close()
    return buffer.getvalue()


class _Formats:
    """Formats by what they are made of, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[object, Any] = {}

    def of_cell(self, cell: Cell, thick: frozenset[str]) -> Any:
        key = (cell.look, cell.is_input, thick)
        if key not in self._made:
            properties = properties_of(cell.look, is_input=cell.is_input, thick=thick)
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def of_highlight(self, highlight: Highlight) -> Any:
        if highlight.tone not in self._made:
            self._made[highlight.tone] = self._book.add_format(properties_of_tone(highlight.tone))
        return self._made[highlight.tone]


class _Writer:
    """Writes one sheet."""

    def __init__(self, sheet: "Worksheet", grid: Grid, formats: _Formats, values: Values) -> None:
        self._sheet, self._grid, self._formats, self._values = sheet, grid, formats, values
        self._merges = {(area.top, area.left): area for area in grid.merges}

    def write(self) -> None:
        grid, sheet = self._grid, self._sheet
        for column, width in sorted(grid.widths.items()):
            sheet.set_column(column - 1, column - 1, width)
        for row, height in sorted(grid.heights.items()):
            sheet.set_row(row - 1, height)
        for spot in sorted(grid.cells):
            self._put(spot, grid.cells[spot])
        for limit in grid.limits:
            self._limit(limit)
        for highlight in grid.highlights:
            self._highlight(highlight)
        self._print_set_up()
        sheet.protect("", _ALLOWED)

    def _put(self, spot: Spot, cell: Cell) -> None:
        area = self._merges.get(spot, Area(*spot, *spot))
        look = self._formats.of_cell(cell, _thick_sides(area, self._grid.frames))
        top, left = area.top - 1, area.left - 1
        if spot in self._merges:
            self._sheet.merge_range(top, left, area.bottom - 1, area.right - 1, "", look)
        match cell.content:
            case None | "":
                self._sheet.write_blank(top, left, None, look)
            case Formula():
                value = self._values.get(Place(self._grid.name, to_a1(*spot)), "")
                stored = float(value) if isinstance(value, Decimal) else value
                self._sheet.write_formula(top, left, f"={cell.content.text}", look, stored)
            case Link():
                target = f"internal:{reference_text(cell.content.target)}"
                self._sheet.write_url(top, left, target, look, cell.content.text)
            case str():
                self._sheet.write_string(top, left, cell.content, look)
            case _:
                # Points and amounts have few digits; the file format knows only binary numbers.
                self._sheet.write_number(top, left, float(cell.content), look)

    def _limit(self, limit: Limit) -> None:
        area = limit.area
        options: dict[str, Any] = {
            "input_title": limit.title[:32],
            "input_message": limit.prompt[:255],
            "error_title": limit.title[:32],
            "error_message": limit.error[:255],
            "show_error": limit.is_strict,
        }
        if not limit.choices and not limit.formula:
            options |= {"validate": "any"}
        elif limit.choices:
            options |= {"validate": "list", "source": list(limit.choices)}
        else:
            options |= {"validate": "custom", "value": f"={limit.formula}"}
        self._sheet.data_validation(
            area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, options
        )

    def _highlight(self, highlight: Highlight) -> None:
        area = highlight.area
        options = {
            "type": "formula",
            "criteria": f"={highlight.formula}",
            "format": self._formats.of_highlight(highlight),
            "stop_if_true": True,
        }
        self._sheet.conditional_format(
            area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, options
        )

    def _print_set_up(self) -> None:
        grid, sheet = self._grid, self._sheet
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=_MARGIN, right=_MARGIN, top=_MARGIN, bottom=_MARGIN)
        sheet.center_horizontally()
        sheet.set_footer("&C&10第&P页，共&N页", {"margin": 0.3, "scale_with_doc": False})
        sheet.fit_to_pages(1, 0)
        if grid.breaks:
            sheet.set_h_pagebreaks(grid.breaks)
        if grid.print_area:
            area = grid.print_area
            sheet.print_area(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1)
        if grid.repeated_rows:
            first, last = grid.repeated_rows
            sheet.repeat_rows(first - 1, last - 1)
        if grid.frozen:
            row, column = grid.frozen
            sheet.freeze_panes(row - 1, column - 1)
        if grid.tab_color:
            sheet.set_tab_color(grid.tab_color)


def _thick_sides(area: Area, frames: Sequence[Area]) -> frozenset[str]:
    """The sides of an area that lie on the edge of a frame."""
    sides: set[str] = set()
    for frame in frames:
        if not frame.contains(area.top, area.left):
            continue
        edges = {
            "top": area.top == frame.top,
            "bottom": area.bottom == frame.bottom,
            "left": area.left == frame.left,
            "right": area.right == frame.right,
        }
        sides.update(side for side, is_edge in edges.items() if is_edge)
    return frozenset(sides)
