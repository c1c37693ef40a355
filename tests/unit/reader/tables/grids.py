"""Small books for the locator's tests, written as rows of a Markdown table."""

from perfxl.model.address import from_a1, parse_area
from perfxl.model.cells import Book, Cell, CellType, Sheet
from perfxl.model.form import Return, SelfEvaluationForm
from perfxl.model.number import parse_stored
from perfxl.reader.tables import read_return
from perfxl.scheme.vocabulary import load_vocabulary


def sheet_of(table: str, *, at: str = "A1", merges: tuple[str, ...] = ()) -> Sheet:
    """A sheet from `| a | 5 |` rows whose first cell stands at `at`; numbers become numbers."""
    top, left = from_a1(at)
    sheet = Sheet("自评表")
    for row, line in enumerate(table.strip().splitlines(), top):
        for column, text in enumerate(line.strip().strip("|").split("|"), left):
            raw = text.strip()
            if raw:
                is_number = parse_stored(raw) is not None
                kind = CellType.NUMBER if is_number else CellType.TEXT
                sheet.cells[row, column] = Cell(row, column, kind, raw.strip("'"))
    sheet.merges = [parse_area(merge) for merge in merges]
    return sheet


def read(*sheets: Sheet) -> Return:
    """What the locator reads from sheets."""
    return read_return(Book(list(sheets)), load_vocabulary())


def read_form(table: str, *, at: str = "A1", merges: tuple[str, ...] = ()) -> SelfEvaluationForm:
    """The only form of a table."""
    (form,) = read(sheet_of(table, at=at, merges=merges)).forms
    return form


def outline(form: SelfEvaluationForm) -> list[str]:
    """Leaves as `path cap score @cell`, in order."""
    return [
        f"{'/'.join(leaf.path)} {leaf.max_score.value if leaf.max_score else None} "
        f"{leaf.score.value} @{leaf.score.place.cell}"
        for leaf in form.leaves()
    ]
