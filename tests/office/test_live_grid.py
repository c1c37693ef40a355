"""The grid of an open book is that of its file, field by field."""

from collections.abc import Callable
from pathlib import Path

import pytest

from perfxl.formula.parse import parse_formula
from perfxl.model.cells import Book, Cell, Sheet
from perfxl.model.number import parse_stored, plain
from perfxl.reader.workbook import read_book
from tests.forms import generic, guangzhou, rich, shenzhen, template
from tests.office.live_book import live_book
from tests.office.session import Office

Build = Callable[[Path], Path]

_SOURCES: dict[str, Build] = {
    "guangzhou": lambda path: guangzhou.build("as_printed", path),
    "guangzhou-text": lambda path: guangzhou.build("text_scores", path),
    "shenzhen": lambda path: shenzhen.build("as_meant", path),
    "national": lambda path: generic.form("national", "moved").build(path),
    "rich": rich.write_rich,
    "template": lambda path: template.filled("guangzhou-2022", template.city_entries(), path),
}


@pytest.mark.parametrize("source", _SOURCES)
def test_open_book__gives_the_grid_of_its_file(source: str, office: Office, tmp_path: Path) -> None:
    # Saved by the program that shows it, so that both tell of the same results.
    path = office.resave(_SOURCES[source](tmp_path / "原.xlsx"), tmp_path / "某局 自评表.xlsx")
    on_disk = read_book(path)
    with live_book(office, path) as book:
        live = book.grid()
    assert (live.names, live.properties) == (on_disk.names, on_disk.properties)
    assert live.remarks == on_disk.remarks
    assert (live.is_annotated, live.is_date_1904) == (on_disk.is_annotated, on_disk.is_date_1904)
    assert [sheet.name for sheet in live.sheets] == [sheet.name for sheet in on_disk.sheets]
    for seen, stored in zip(live.sheets, on_disk.sheets, strict=True):
        assert _around(seen) == _around(stored), seen.name
        assert seen.cells.keys() == stored.cells.keys()
        for spot, cell in stored.cells.items():
            assert _told(live, seen.cells[spot]) == _told(on_disk, cell), (seen.name, spot)
        _assert_same_widths(seen, stored)


def test_number__is_spelled_as_the_file_spells_it(office: Office, tmp_path: Path) -> None:
    path = office.resave(guangzhou.build("as_meant", tmp_path / "原.xlsx"), tmp_path / "表.xlsx")
    stored = read_book(path).sheets[0].cells
    with live_book(office, path) as book:
        seen = book.grid().sheets[0].cells
    assert {spot: cell.raw for spot, cell in seen.items()} == {
        spot: cell.raw for spot, cell in stored.items()
    }


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("1/0", ("error", "#DIV/0!")),
        ("NA()", ("error", "#N/A")),
        ('""', ("text", "")),
        ("1=1", ("boolean", "TRUE")),
        ("DATE(2024,5,1)", ("number", "45413")),
        ("0.1+0.2", ("number", "0.30000000000000004")),
    ],
)
def test_result__has_the_type_of_the_cell(
    formula: str, told: tuple[str, str], office: Office, tmp_path: Path
) -> None:
    path = guangzhou.build("as_meant", tmp_path / "表.xlsx")
    with live_book(office, path) as book:
        book.cell(guangzhou.SHEET, "Z90").setFormula(f"={formula.replace(',', ';')}")
        cell = book.grid().sheets[0].cells[90, 26]
    assert (cell.type.value, cell.raw) == told
    assert cell.formula is not None
    assert parse_formula(cell.formula) == parse_formula(formula)


def test_unsaved_work__is_seen(office: Office, tmp_path: Path) -> None:
    path = guangzhou.build("as_meant", tmp_path / "表.xlsx")
    with live_book(office, path) as book:
        book.cell(guangzhou.SHEET, "Z90").setString("刚写的")
        sheet = book.document.Sheets.getByName(guangzhou.SHEET)
        sheet.Rows.getByIndex(4).IsVisible = False
        sheet.Columns.getByIndex(1).IsVisible = False
        seen = book.grid().sheets[0]
    assert seen.cells[90, 26].raw == "刚写的"
    assert (seen.hidden_rows, seen.hidden_columns) == ({5}, {2})


def test_text_that_begins_like_a_formula__stays_a_text(office: Office, tmp_path: Path) -> None:
    path = guangzhou.build("as_meant", tmp_path / "表.xlsx")
    with live_book(office, path) as book:
        book.cell(guangzhou.SHEET, "Z90").setString("=附件一")
        cell = book.grid().sheets[0].cells[90, 26]
    assert (cell.raw, cell.formula) == ("=附件一", None)


def _around(sheet: Sheet) -> object:
    return (
        sheet.state,
        sorted(sheet.merges),
        sheet.hidden_rows,
        sheet.hidden_columns,
        sheet.comments,
        sheet.widths.keys(),
    )


def _told(book: Book, cell: Cell) -> object:
    number = parse_stored(cell.raw) if cell.type.value == "number" else None
    raw = cell.raw if number is None else plain(number)
    # Two ways of writing one formula: quotes around a name, TRUE and TRUE().
    formula = None if cell.formula is None else repr(parse_formula(cell.formula))
    style = book.styles[cell.style]
    return cell.type, raw, formula, style


def _assert_same_widths(seen: Sheet, stored: Sheet) -> None:
    """LibreOffice takes the letter by which widths are stated from the book's font."""
    ratios = [seen.widths[column] / stored.widths[column] for column in seen.widths]
    assert all(abs(ratio / ratios[0] - 1) < 0.02 for ratio in ratios)
