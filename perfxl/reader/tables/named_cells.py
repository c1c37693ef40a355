"""The figures of our own templates, by the defined names of their cells.

A name follows its cell: rows may be moved and sheets renamed. What a name no longer finds is left
out, as if the template had never asked for it.
"""

from collections.abc import Iterator

from perfxl.formula.parse import parse_formula
from perfxl.formula.tree import Reference
from perfxl.model.cells import Book
from perfxl.model.form import Return
from perfxl.model.names import INPUT_NAME, LIST_NAME, MEASURE_NAME, OWN_NAME
from perfxl.model.number import Number, NumberKind
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.approved import read_approved
from perfxl.scheme.stamp import read_stamp

_MOST_CELLS = 2_000  # of one name; a list of results has some dozens


def read_named_cells(book: Book, returned: Return) -> None:
    """Fill in what the named cells of a template of ours hold."""
    returned.is_template = read_stamp(book.names, book.properties) is not None
    returned.approved = read_approved(book.names, book.properties)
    named = [name for name in book.names if name.casefold().startswith(OWN_NAME)]
    views: dict[str, SheetView] = {}
    for name in named:
        prefix, key = _split(name.casefold())
        cells = list(_cells(book, book.names[name], views)) if prefix else []
        if not cells:
            continue
        if prefix == LIST_NAME:
            rates = (cell for cell in cells if cell.kind is not NumberKind.BLANK)
            returned.result_lists[key] = tuple(rates)
        elif prefix == INPUT_NAME:
            returned.inputs[key] = cells[0]
        else:
            returned.measures[key] = cells[0]


def _split(name: str) -> tuple[str, str]:
    """The prefix of a name and the key behind it; ("", "") for a name of another kind."""
    known = (INPUT_NAME, MEASURE_NAME, LIST_NAME)
    prefix = next((prefix for prefix in known if name.startswith(prefix)), "")
    return prefix, name.removeprefix(prefix) if prefix else ""


def _cells(book: Book, text: str, views: dict[str, SheetView]) -> Iterator[Number]:
    """What stands in the cells that a name refers to, row by row."""
    node = parse_formula(text.strip().removeprefix("="))
    if not isinstance(node, Reference) or node.sheet is None:
        return
    area, wanted = node.area, node.sheet.casefold()
    sheet = next((sheet for sheet in book.sheets if sheet.name.casefold() == wanted), None)
    if sheet is None or (area.bottom - area.top + 1) * (area.right - area.left + 1) > _MOST_CELLS:
        return
    if wanted not in views:
        views[wanted] = SheetView(book, sheet)
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield views[wanted].number((row, column))
