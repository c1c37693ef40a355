"""Score tables side by side on one sheet: each is read from its own columns."""

from dataclasses import replace

from perfxl.model.address import MAX_COLUMN, Area
from perfxl.model.cells import Book, Sheet
from perfxl.reader.tables.headings import Heading, find_headings, twin_of
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import Vocabulary


def split_views(
    book: Book, view: SheetView, headings: list[Heading], vocabulary: Vocabulary
) -> list[tuple[SheetView, list[Heading]]]:
    """The sheet as one view, or as one for each of the tables that stand side by side.

    Only where a single column parts all tables of the sheet, with a score table on either side;
    otherwise the sheet stays whole and the table on the right is told of.
    """
    whole = [(view, headings)]
    twins = [twin_of(view, heading, vocabulary) for heading in headings]
    columns = {view.spot(twin)[1] for twin in twins if twin is not None}
    if len(columns) != 1 or None in twins:
        return whole
    (column,) = columns
    parts = []
    for first, last in ((1, column - 1), (column, MAX_COLUMN)):
        part = SheetView(book, _columns_of(view.sheet, first, last))
        found = find_headings(part, vocabulary)
        if not found or not all(heading.is_score_table for heading in found):
            return whole
        parts.append((part, found))
    left, right = parts
    return [left, *split_views(book, *right, vocabulary)]


def _columns_of(sheet: Sheet, first: int, last: int) -> Sheet:
    """The sheet with nothing but some of its columns; cells keep their addresses."""
    merges = [
        Area(area.top, max(area.left, first), area.bottom, min(area.right, last))
        for area in sheet.merges
        if area.left <= last and area.right >= first
    ]
    cells = {spot: cell for spot, cell in sheet.cells.items() if first <= spot[1] <= last}
    return replace(sheet, cells=cells, merges=merges)
