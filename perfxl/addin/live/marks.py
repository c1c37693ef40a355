"""Highlights and notes put on an open sheet, and taken off again."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from perfxl.addin.changes import Highlight, Note
from perfxl.addin.excel import excel_color
from perfxl.addin.live.blocks import Spot, used_area
from perfxl.addin.live.errors import ExcelBusyError
from perfxl.addin.live.formats import characters
from perfxl.addin.live.ranges import joined_range
from perfxl.addin.live.read import our_formats, worksheets
from perfxl.addin.live.sheets import notes_of
from perfxl.model.annotation import NOTE_MARK, RESULT_MARK, RESULT_SHEET, strip_our_note
from perfxl.writer.note_box import box_height

_BY_FORMULA, _EQUAL = 2, 3
_POINTS_A_PIXEL = 0.75  # of a pixel
_NOTE_WIDTH = 225.0
_MARK_ROWS = 3
_MARK_COLUMNS = 50


def add_highlights(application: Any, workbook: Any, highlights: Sequence[Highlight]) -> None:
    """Put conditional formats first in their sheets' lists, the first given before the others."""
    for highlight in reversed(highlights):
        sheet = workbook.Worksheets.Item(highlight.sheet)
        cells = joined_range(application, sheet, highlight.ranges)
        rule = cells.FormatConditions.Add(_BY_FORMULA, _EQUAL, f"={highlight.formula}")
        rule.SetFirstPriority()
        rule.StopIfTrue = False
        rule.Font.Color = excel_color(highlight.font)
        if highlight.is_bold:
            rule.Font.Bold = True
            rule.Font.Italic = False
        rule.Interior.Color = excel_color(highlight.fill)
        if highlight.number_format:
            rule.NumberFormat = highlight.number_format


def add_notes(workbook: Any, notes: Sequence[Note]) -> int:
    """Put notes on cells, below what stands there; returns how many found no room.

    A threaded comment leaves no room for a note in its cell.
    """
    left_out = 0
    for note in notes:
        cell = workbook.Worksheets.Item(note.sheet).Range(note.cell)
        if _is_threaded(cell):
            left_out += 1
            continue
        own = cell.Comment
        if own is None:
            made = cell.AddComment(note.text)
            made.Visible = False
            with suppress(Exception):  # a box of the usual size shows the text too
                made.Shape.Width = _NOTE_WIDTH
                made.Shape.Height = box_height(note.text) * _POINTS_A_PIXEL
        else:
            own.Text(f"\n{note.text}", len(str(own.Text())) + 1, False)
    return left_out


def marked_sheets(workbook: Any) -> list[Any]:
    """The sheets that carry highlights or notes of ours."""
    return [
        sheet
        for sheet in worksheets(workbook)
        if any(True for _ in our_formats(sheet)) or any(True for _ in _our_notes(sheet))
    ]


def result_sheets(workbook: Any, *, is_marked: bool) -> list[Any]:
    """Our result sheets, by their mark; by their name alone only where the book is marked too."""
    ours = [sheet for sheet in worksheets(workbook) if _has_result_mark(sheet)]
    if not ours and is_marked:
        ours = [sheet for sheet in worksheets(workbook) if sheet.Name == RESULT_SHEET]
    return ours


def strip_marks(sheet: Any) -> None:
    """Take our highlights and notes off a sheet; what others wrote in a note stays."""
    for rule in our_formats(sheet):
        rule.Delete()
    for (row, column), text in list(_our_notes(sheet)):
        kept = strip_our_note(text)
        note = sheet.Cells.Item(row, column).Comment
        if kept.strip():
            _cut(note, kept, len(text))
        else:
            note.Delete()


def _our_notes(sheet: Any) -> Iterator[tuple[Spot, str]]:
    return ((spot, text) for spot, text in notes_of(sheet) if NOTE_MARK in text)


def _cut(note: Any, kept: str, length: int) -> None:
    """Shorten a note; by cutting, so that the letters that stay keep their look."""
    with suppress(Exception):
        characters(note.Shape.TextFrame, len(kept) + 1, length - len(kept)).Delete()
    if str(note.Text()) != kept:
        note.Text(kept)


def _has_result_mark(sheet: Any) -> bool:
    used = used_area(sheet)
    if used.top > _MARK_ROWS:
        return False
    corner = used._replace(
        bottom=min(used.bottom, _MARK_ROWS), right=min(used.right, used.left + _MARK_COLUMNS)
    )
    values = sheet.Range(corner.a1).Value2
    rows = values if isinstance(values, tuple) else ((values,),)
    return any(isinstance(value, str) and RESULT_MARK in value for row in rows for value in row)


def _is_threaded(cell: Any) -> bool:
    try:
        return cell.CommentThreaded is not None
    except ExcelBusyError:
        raise
    except Exception:  # Excel knows threaded comments since 2019 only
        return False
