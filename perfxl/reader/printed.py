"""A table as it was designed: the printed columns of its header, and a place for scores."""

from io import BytesIO
from typing import TYPE_CHECKING

from perfxl.model.cells import Book, Sheet
from perfxl.reader.tables.headings import Heading, find_headings
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.draft import PrintedColumn
from perfxl.scheme.vocabulary import Vocabulary

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_NARROWEST, _WIDEST = 5, 60
_USUAL_WIDTH = 9
_ADDED = ("得分", "未达标原因", "改进措施")


def printed_heading(book: Book, vocabulary: Vocabulary) -> tuple[Sheet, Heading] | None:
    """The first header of a score table, or of an indicator tree without scores."""
    found = [
        (sheet, heading)
        for sheet in book.sheets
        for heading in find_headings(SheetView(book, sheet), vocabulary)
        if not heading.is_target_table
    ]
    return min(found, key=lambda pair: not pair[1].is_score_table, default=None)


def printed_columns(
    data: bytes, book: Book, sheet: Sheet, heading: Heading
) -> tuple[PrintedColumn, ...]:
    """The columns of a header from left to right; those of unknown role are left out."""
    view = SheetView(book, sheet)
    widths = _widths(_worksheet(data, sheet.name), heading)
    places: dict[int, tuple[str, int]] = {}
    for level in heading.levels:
        places[level.name] = (f"level{level.level}", level.level)
        if level.cap is not None:
            places[level.cap] = ("max_score", level.level)
    for role, column in heading.fields.items():
        places.setdefault(column, (role, 0))
    return tuple(
        PrintedColumn(role, _headings(view, heading, column), level, widths[column])
        for column, (role, level) in sorted(places.items())
    )


def with_score_columns(data: bytes, sheet: Sheet, heading: Heading) -> bytes:
    """A copy in which a table of standards also has columns for 得分, its reasons and measures."""
    worksheet = _worksheet(data, sheet.name)
    for offset, title in enumerate(_ADDED, start=1):
        worksheet.cell(heading.bottom, heading.last_column + offset, title)
        worksheet.cell(heading.top, heading.last_column + offset, title)
    copy = BytesIO()
    assert worksheet.parent
    worksheet.parent.save(copy)
    return copy.getvalue()


def _worksheet(data: bytes, name: str) -> "Worksheet":
    from openpyxl import load_workbook
    from openpyxl.worksheet.worksheet import Worksheet

    worksheet = load_workbook(BytesIO(data))[name]
    assert isinstance(worksheet, Worksheet)
    return worksheet


def _headings(view: SheetView, heading: Heading, column: int) -> tuple[str, ...]:
    """The texts over a column from the top, each merged one once."""
    spots = dict.fromkeys(
        view.anchor((row, column)) for row in range(heading.top, heading.bottom + 1)
    )
    texts = [" ".join(view.text(spot).split()) for spot in spots]
    return tuple(dict.fromkeys(filter(None, texts)))


def _widths(worksheet: "Worksheet", heading: Heading) -> dict[int, int]:
    """Widths in characters; a stored one may hold for a run of columns."""
    widths: dict[int, int] = {}
    for dimension in worksheet.column_dimensions.values():
        dimension.reindex()
        for column in range(dimension.min or 0, (dimension.max or 0) + 1):
            if column <= heading.last_column:
                widths[column] = int(dimension.width)  # the stored part of a character is padding
    return {
        column: min(max(widths.get(column, _USUAL_WIDTH), _NARROWEST), _WIDEST)
        for column in range(1, heading.last_column + 1)
    }
