"""Marks on the cells of a grid as conditional formats and notes for an open book.

The same groups, colours and words as in an annotated copy (`perfxl.writer.highlights`, `words`).
One difference: of a column whose width is not set a grid does not know the sheet's own standard,
so the program's is taken, and room for an indent is kept back in every cell.
"""

from collections.abc import Sequence

from perfxl.addin.changes import Highlight, Note
from perfxl.model.address import Area, from_a1, to_a1
from perfxl.model.annotation import FORMAT_MARK
from perfxl.model.cells import Book, CellType, Sheet
from perfxl.model.page import Mark, MarkKind
from perfxl.model.palette import TONES
from perfxl.writer.cell_formats import CellFormat
from perfxl.writer.cell_values import Value
from perfxl.writer.highlights import areas_of, joined, strongest
from perfxl.writer.notes import note_text
from perfxl.writer.words import code_with_word

_STANDARD_WIDTH = 64  # pixels, the narrowest standard of a new sheet
_PIXELS = 7  # of a character of width


def highlights_of(
    book: Book, marks: Sequence[Mark]
) -> tuple[tuple[Highlight, ...], tuple[Note, ...]]:
    """Conditional formats, the most pressing first, and at most one note a cell.

    A mark for no cell, or for a sheet that is not among the book's, is left out.
    """
    highlights: list[Highlight] = []
    notes: list[Note] = []
    for sheet in book.sheets:
        here = [mark for mark in marks if mark.place.sheet == sheet.name and _is_cell(mark)]
        areas = areas_of(here, sheet.merges)
        kinds = {area: strongest(found) for area, found in areas.items()}
        highlights += _formats(book, sheet, kinds)
        for area, found in sorted(areas.items()):
            text = note_text([mark.note for mark in found])
            if text:
                notes.append(Note(sheet.name, to_a1(area.top, area.left), text))
    return tuple(highlights), tuple(notes)


def _is_cell(mark: Mark) -> bool:
    try:
        from_a1(mark.place.cell)
    except ValueError:
        return False
    return True


def _formats(book: Book, sheet: Sheet, kinds: dict[Area, MarkKind]) -> list[Highlight]:
    groups: dict[tuple[MarkKind, str], list[Area]] = {}
    for area, kind in kinds.items():
        groups.setdefault((kind, _code(book, sheet, area, TONES[kind].word)), []).append(area)
    ranks = {kind: rank for rank, kind in enumerate(MarkKind)}
    return [
        Highlight(
            sheet.name,
            tuple(area.a1 for area in joined(groups[kind, code])),
            f'LEN("{FORMAT_MARK}{kind.value}")>0',
            TONES[kind].fill,
            TONES[kind].font,
            TONES[kind].is_bold,
            code,
        )
        for kind, code in sorted(groups, key=lambda group: (ranks[group[0]], group[1]))
    ]


def _code(book: Book, sheet: Sheet, area: Area, word: str) -> str:
    """The number format with the word, "" where there is no room for it."""
    cell = sheet.cells.get((area.top, area.left))
    if cell is None or cell.type not in (CellType.NUMBER, CellType.TEXT):
        return ""
    style = book.styles[cell.style] if cell.style < len(book.styles) else book.styles[0]
    form = CellFormat(style.number_format, style.font_size or CellFormat().size, indent=1)
    room = sum(_width(sheet, column) for column in range(area.left, area.right + 1))
    return code_with_word(Value(cell.raw, cell.type is CellType.TEXT, 0), form, room, word)


def _width(sheet: Sheet, column: int) -> int:
    if column in sheet.hidden_columns:
        return 0
    width = sheet.widths.get(column)
    return _STANDARD_WIDTH if width is None else round(width * _PIXELS)
