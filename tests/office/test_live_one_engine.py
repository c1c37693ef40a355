"""One engine: whichever way a book comes in, its findings are the same.

A way takes an open book and gives what the check makes of it; the command line's answer, from the
file itself, is what all of them are compared with.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfxl.addin.actions import Request, perform
from perfxl.addin.changes import Action
from perfxl.cli.options import options_beside
from perfxl.model.cells import Book
from perfxl.pipeline import check_book, report_of
from perfxl.reader.workbook import read_book
from perfxl.render.json import render_json
from tests.forms import generic, guangzhou, shenzhen, template
from tests.office.live_book import LiveBook, live_book
from tests.office.session import Office

SPENDING = "部门预算资金支出率"

Way = Callable[[LiveBook], Book]


def saved_copy(book: LiveBook) -> Book:
    """File mode: the program saves a copy, which is read."""
    copy = book.path.with_name(f"副本{book.path.suffix}")
    book.office.save(book.document, copy)
    return read_book(copy)


WAYS: dict[str, Way] = {"live": LiveBook.grid, "file": saved_copy}

_BUILD: dict[str, Callable[[Path], Path]] = {
    "guangzhou": lambda path: guangzhou.form().with_score(SPENDING, Decimal(11)).build(path),
    "guangzhou-text": lambda path: guangzhou.build("text_scores", path),
    "shenzhen": lambda path: shenzhen.build("as_meant", path),
    "weights": lambda path: generic.form("weights", "moved").build(path),
    "template": lambda path: template.filled("guangzhou-2022", template.city_entries(), path),
}


@pytest.mark.parametrize("source", _BUILD)
def test_findings__are_the_same_whichever_way_the_book_comes_in(
    source: str, office: Office, tmp_path: Path
) -> None:
    path = office.resave(_BUILD[source](tmp_path / "原.xlsx"), tmp_path / "自评表.xlsx")
    on_disk = read_book(path)
    assert _findings(path, on_disk)["summary"]["files"] == 1
    with live_book(office, path) as book:
        grids = {name: way(book) for name, way in WAYS.items()}
    for name, grid in grids.items():
        assert _findings(path, grid) == _findings(path, on_disk), name
        assert _changes(path, grid) == _changes(path, on_disk), name


def _findings(path: Path, book: Book) -> Any:
    """The JSON of a check, without the digest of a file that may not be there."""
    checked = check_book(path, None, lambda: _copied(book), options_beside(path))
    told = json.loads(render_json(report_of([checked])))
    for entry in told["files"]:
        entry.pop("sha256")
    return told


def _changes(path: Path, book: Book) -> object:
    """Highlights and notes; the result page names the digest."""
    changes = perform(Request(Action.CHECK, path), lambda: _copied(book), options_beside(path))
    return changes.message, changes.highlights, changes.notes


def _copied(book: Book) -> Book:
    """A grid of its own for each check, which computes formulas anew in place."""
    from copy import deepcopy

    return deepcopy(book)
