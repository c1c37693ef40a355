"""One engine: whichever way a book comes in, its findings are the same.

The ways are the command line with the file, live mode with the open book, and the macros' with a
copy of the open book, as far as what they leave on the sheet 校验结果 of the open book.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfxl.addin.actions import Request, perform
from perfxl.addin.changes import Action
from perfxl.addin.job import CHANGES_FILE
from perfxl.addin.tsv import changes_text
from perfxl.cli.main import run
from perfxl.cli.options import options_beside
from perfxl.model.annotation import RESULT_SHEET
from perfxl.model.cells import Book
from perfxl.pipeline import check_book, report_of
from perfxl.render.json import render_json
from tests.architecture.repo import ROOT
from tests.forms import generic, guangzhou, shenzhen, template
from tests.office.buttons import Buttons, program
from tests.office.live_book import LiveBook, live_book, told
from tests.office.marks import formats, notes
from tests.office.session import Office

SPENDING = "部门预算资金支出率"


def _example(scheme: str) -> Callable[[Path], Path]:
    return lambda path: (path.write_bytes(_bytes(scheme)) and path) or path


def _bytes(scheme: str) -> bytes:
    return next((ROOT / "templates" / scheme / "examples").glob("*.xlsx")).read_bytes()


_BUILD: dict[str, Callable[[Path], Path]] = {
    "guangzhou": lambda path: guangzhou.form().with_score(SPENDING, Decimal(11)).build(path),
    "guangzhou-text": lambda path: guangzhou.build("text_scores", path),
    "shenzhen": lambda path: shenzhen.build("as_meant", path),
    "weights": lambda path: generic.form("weights", "moved").build(path),
    "template": lambda path: template.filled("guangzhou-2022", template.city_entries(), path),
    "guangzhou example": _example("guangzhou-2022"),
    "shenzhen example": _example("shenzhen-2023"),
}


@pytest.fixture(params=_BUILD)
def path(request: pytest.FixtureRequest, office: Office, folder: Path) -> Path:
    """A form as the program that holds it open saves it."""
    return office.resave(_BUILD[request.param](folder / "原.xlsx"), folder / "自评表.xlsx")


def test_findings_and_changes__are_the_same_whichever_way_the_book_comes_in(
    path: Path, office: Office, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by_command = _checked(path, capsys)
    assert len(by_command["files"]) >= 1
    with live_book(office, path) as book:
        grid = book.grid()
        job, status = _job(book, folder)
    assert _findings(path, grid) == by_command
    changes = perform(Request(Action.CHECK, path), lambda: deepcopy(grid), options_beside(path))
    lines = (job / CHANGES_FILE).read_text(encoding="ascii").splitlines()
    assert lines == changes_text(changes).splitlines()
    assert told(job, status).text == changes.message.text


def test_result_sheet__is_the_same_whichever_way_it_was_put(
    path: Path, office: Office, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by_command = _checked(path, capsys)
    with live_book(office, path) as book:
        bare = (formats(book.document), notes(book.document))
        assert book.press(Action.CHECK).line == "ok"
        live = (_page(book), formats(book.document), notes(book.document))
        buttons = Buttons(office, folder, program(folder))
        try:
            assert "已清除" in buttons.press("清除标记")
            assert (formats(book.document), notes(book.document)) == bare
            assert "详见" in buttons.press("校验")
        finally:
            buttons.close()
        by_macros = (_page(book), formats(book.document), notes(book.document))
    for macros, lively in zip(by_macros, live, strict=True):
        assert macros == lively
    _assert_lists(by_macros[0], by_command)


def _checked(path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """What `perfxl check --format json` says of the file, without its digest."""
    run(["check", str(path), "--format", "json"])
    return _without_digests(capsys.readouterr().out)


def _findings(path: Path, book: Book) -> Any:
    checked = check_book(path, None, lambda: deepcopy(book), options_beside(path))
    return _without_digests(render_json(report_of([checked])))


def _without_digests(text: str) -> Any:
    whole = json.loads(text)
    for entry in whole["files"]:
        entry.pop("sha256")
    return whole


def _job(book: LiveBook, folder: Path) -> tuple[Path, int]:
    """The job of file mode, with the copy that the macros save; its folder and exit status."""
    job = folder / "作业"
    job.mkdir()
    copy = job / "book.xlsx"
    book.office.save(book.document, copy)
    status = run(["job", "check", str(copy), "--dir", str(job), "--original", str(book.path)])
    return job, status


def _page(book: LiveBook) -> list[list[str]]:
    """The rows of 校验结果 as they are seen, without the tab that live mode notes in the marker."""
    sheet = book.document.Sheets.getByName(RESULT_SHEET)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    rows = [
        [str(sheet.getCellByPosition(column, row).String) for column in range(10)]
        for row in range(cursor.RangeAddress.EndRow + 1)
    ]
    rows[0][0] = rows[0][0].partition(";")[0]
    return rows


def _assert_lists(page: list[list[str]], checked: Any) -> None:
    """Each finding has its row with code and cell, or stands under its cause; no other row has."""
    rows = [row for row in page if row[0].isdecimal() and row[9]]
    listed = [(row[9], row[2]) for row in rows]
    findings = [
        (finding["code"], _where(finding, entry["sheet"]), finding)
        for entry in checked["files"]
        for finding in entry["findings"]
    ]
    assert {(code, where) for code, where, _ in findings} >= set(listed)
    assert len(listed) == len(set(listed))
    for code, where, finding in findings:
        if (code, where) not in listed:
            assert finding["caused_by"], code
            assert any(f"连带：{where} {finding['message']}" in row[3] for row in rows), code


def _where(finding: Any, sheet: str) -> str:
    if finding["sheet"] in (sheet, ""):
        return finding["cell"] or "全表"
    return f"{finding['sheet']}!{finding['cell']}" if finding["cell"] else str(finding["sheet"])
