"""A workbook in memory is judged as its file is."""

from pathlib import Path

from perfxl.engine.selection import select_rules
from perfxl.pipeline import Options, check_file, check_open_book
from perfxl.reader.workbook import read_book
from tests.forms import shenzhen

OPTIONS = Options(select_rules())


def test_open_book_is_judged_as_its_file__at_its_path(tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    shenzhen.build("as_printed", path)
    checked = check_file(path, OPTIONS)
    assert checked.entries[0].findings
    assert check_open_book(read_book(path), path, OPTIONS) == checked


def test_open_book_needs_no_file__where_its_path_names_none(tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    shenzhen.build("as_printed", path)
    book = read_book(path)
    path.unlink()
    (entry,) = check_open_book(book, path, OPTIONS, "甲局.xlsx").entries
    assert (entry.path, entry.member) == (str(path), "甲局.xlsx")
    assert entry.total is not None
