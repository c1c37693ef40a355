"""The return in the old format that lies ready is what LibreOffice saves of its draft."""

from decimal import Decimal
from pathlib import Path

from perfxl.engine.selection import select_rules
from perfxl.model.cells import Book
from perfxl.pipeline import Options, check_file
from perfxl.reader.workbook import read_book
from tests.chaos.old_form import OLD_FORM, old_draft, old_form_bytes
from tests.office.session import Office


def test_old_form__is_what_an_office_saves(office: Office, tmp_path: Path) -> None:
    saved = office.resave(old_draft().build(tmp_path / "a.xlsx"), tmp_path / "a.xls")
    assert _told(read_book(OLD_FORM)) == _told(read_book(saved))


def test_patched_old_form__is_a_return_without_faults(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(old_form_bytes("甲区退役军人事务局", Decimal("97.75")))
    (entry,) = check_file(path, Options(select_rules())).entries
    assert (entry.unit, entry.total.stated, entry.total.computed) == (
        "甲区退役军人事务局", Decimal("97.75"), Decimal("97.75"),
    )  # fmt: skip
    assert [finding.code for finding in entry.findings] == ["FL210"]


def _told(book: Book) -> list[object]:
    return [
        (sheet.name, sheet.merges, [(at, c.type, c.raw) for at, c in sorted(sheet.cells.items())])
        for sheet in book.sheets
    ]
