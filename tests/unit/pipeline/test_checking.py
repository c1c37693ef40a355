"""A workbook in memory is judged as its file is."""

import shutil
from dataclasses import replace
from pathlib import Path

from perfxl.engine.selection import select_rules
from perfxl.pipeline import Options, check_file, check_open_book
from perfxl.reader.workbook import read_book
from perfxl.scheme.find import scheme_folder
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


def test_schemes_that_fit_alike_are_named__instead_of_none_at_all(tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    shenzhen.build("as_meant", path)
    (entry,) = check_file(path, OPTIONS).entries
    assert entry.scheme is not None
    own = scheme_folder(entry.scheme.id)
    twin = tmp_path / "方案" / "twin-2024"
    shutil.copytree(own, twin)
    text = (twin / "scheme.toml").read_text(encoding="utf-8")
    renamed = text.replace(f'id = "{entry.scheme.id}"', 'id = "twin-2024"', 1)
    (twin / "scheme.toml").write_text(renamed, encoding="utf-8")

    (entry,) = check_file(path, replace(OPTIONS, schemes_folder=twin.parent)).entries

    assert entry.scheme is None
    (told,) = [one for one in entry.decisions if one.what == "schemes-alike"]
    assert "twin-2024" in told.message
    assert own.name in told.message
