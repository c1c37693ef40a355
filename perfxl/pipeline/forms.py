"""New workbooks from end to end: laid out, computed by the reader, written with what it found."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from perfxl.formula.stored import stored_value
from perfxl.formula.tree import CellError
from perfxl.model.address import Place
from perfxl.model.approved import ApprovedTarget
from perfxl.model.cells import Book
from perfxl.model.past import PastYear
from perfxl.reader.recalculate import recalculate
from perfxl.reader.workbook import read_book
from perfxl.scheme.load import load_layout, load_scheme, load_scheme_file


def new_form(
    folder: Path,
    *,
    unit: str = "",
    year: int | None = None,
    issue: str = "",
    code: str = "",
    due: date | None = None,
    approved: Sequence[ApprovedTarget] = (),
    past: PastYear | None = None,
) -> bytes:
    """The standard workbook of a scheme, its formulas stored with what they give.

    Args:
        folder: the scheme's folder.
        unit: the unit that the copy is made for, or "".
        year: the evaluation year; the scheme's own when None.
        issue: the round that the copy belongs to, or "".
        code: the unit's code, or "".
        due: the day by which the copy has to be back, where it is known.
        approved: targets to be written into the table of results for good.
        past: the unit's form of the year before: its indicators to begin with, its problems.

    Raises:
        SchemeError: a file of the scheme is wrong, or its layout cannot be built.
        UsageError: approved targets find no place in the form.
    """
    from perfxl.writer.template.form import build_form
    from perfxl.writer.template.plan import make_plan

    scheme, file, layout = load_scheme(folder), load_scheme_file(folder), load_layout(folder)
    plan = make_plan(
        scheme,
        file,
        layout,
        unit=unit,
        year=year,
        issue=issue,
        code=code,
        due=due,
        approved=approved,
        past=past,
    )
    book = read_book(build_form(plan))
    recalculate(book)
    return build_form(plan, dict(_values(book)))


def _values(book: Book) -> Iterable[tuple[Place, Decimal | str | bool]]:
    """What the formulas of a book give, where that is known."""
    for sheet in book.sheets:
        for at, cell in sheet.cells.items():
            if cell.formula is None:
                continue
            match stored_value(cell):
                case CellError(code):
                    yield sheet.place(*at), code
                case None:
                    yield sheet.place(*at), ""
                case Decimal() | str() | bool() as value:
                    yield sheet.place(*at), value
