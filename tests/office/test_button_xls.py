"""Old binary books open under the buttons: Excel and WPS save their copies in the same format."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perfxl.engine.selection import select_rules
from perfxl.model.annotation import RESULT_SHEET
from perfxl.pipeline import Options, check_file
from tests.office.buttons import Buttons, program
from tests.office.marks import formats, notes, sheets
from tests.office.pressed import EXAMPLE, SHEET, changed_macros
from tests.office.session import Office


@pytest.fixture(scope="module")
def as_in_excel() -> bytes:
    """The workbook whose copies are of the book's own format, as SaveCopyAs makes them."""
    return changed_macros(
        ('CopyName = "book.xlsx"', 'CopyName = "book.xls"'),
        ('"Calc MS Excel 2007 XML"', '"MS Excel 97"'),
    )


@pytest.fixture(params=["a copy as xlsx", "a copy as xls"])
def buttons(
    request: pytest.FixtureRequest, as_in_excel: bytes, office: Office, folder: Path
) -> Iterator[Buttons]:
    workbook = as_in_excel if request.param == "a copy as xls" else b""
    opened = Buttons(office, folder, program(folder), workbook=workbook)
    yield opened
    opened.close()


@pytest.fixture
def path(office: Office, folder: Path) -> Path:
    source = folder / "原.xlsx"
    source.write_bytes(EXAMPLE.read_bytes())
    return office.resave(source, folder / "某局 自评表.xls")


@pytest.fixture
def book(path: Path, office: Office) -> Iterator[Any]:
    document = office.open(path)
    yield document
    document.close(True)


def listed(book: Any) -> list[tuple[str, str]]:
    """Code and cell of each finding on the result sheet."""
    page = book.getSheets().getByName(RESULT_SHEET).getCellRangeByName("A1:J60").getDataArray()
    return [(row[9], row[2]) for row in page if row[9] and str(row[0]).isdecimal()]


def test_check__marks_the_open_book_and_clean_takes_all_off(
    buttons: Buttons, book: Any, path: Path
) -> None:
    before = (notes(book), formats(book), path.read_bytes())
    book.getSheets().getByName(SHEET).getCellRangeByName("H16").setValue(99)
    assert "有必改" in buttons.press("校验")
    assert sheets(book) == (SHEET, RESULT_SHEET)
    once = (formats(book), notes(book), listed(book))
    assert any('"perfxl:error"' in formula for formula, _, _ in once[0])
    assert f"{SHEET}!15.7" in once[1]
    buttons.press("校验")
    assert (formats(book), notes(book), listed(book)) == once
    assert "已清除" in buttons.press("清除标记")
    assert (notes(book), formats(book), path.read_bytes()) == before


def test_check__finds_what_the_command_finds_in_the_file(
    buttons: Buttons, book: Any, path: Path
) -> None:
    (entry,) = check_file(path, Options(select_rules())).entries
    by_command = {(f.code, f.place.cell) for f in entry.findings if f.code != "FL210"}
    buttons.press("校验")
    assert {one for one in listed(book) if one[0] != "FL210"} == by_command
