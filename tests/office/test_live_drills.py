"""What may stand in the way of live mode: each is said, nothing is changed, nothing hangs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfxl.addin.actions import Request
from perfxl.addin.changes import Action
from perfxl.addin.live import apply, marks
from perfxl.addin.live import run as live_run
from perfxl.addin.live.handover import APPLYING_FILE, ATTACHED_FILE, WAITING_FILE
from perfxl.addin.live.read import read_open_book
from perfxl.addin.live.run import run_live
from perfxl.cli.live import for_caller
from perfxl.cli.options import options_beside
from perfxl.model.annotation import RESULT_SHEET
from tests.forms import guangzhou
from tests.office.live_book import IMPATIENT, LiveBook, awaited, live_book, told
from tests.office.session import Office
from tests.office.xlwings_engine import engine

ROOT = Path(__file__).resolve().parents[2]
SHEET = guangzhou.SHEET


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A return in a folder with a blank and Chinese in its name."""
    folder = tmp_path / "某局 自评"
    folder.mkdir()
    return guangzhou.form().build(folder / "自评表.xlsx")


def _assert_untouched(book: LiveBook, *sheets: str) -> None:
    assert book.sheets() == list(sheets or (SHEET,))
    assert not book.our_fills(SHEET)
    assert not book.notes(SHEET)


def test_password__is_said_and_nothing_changed(path: Path, office: Office) -> None:
    with live_book(office, path) as book:
        book.document.Sheets.getByName(SHEET).protect("secret")
        ended = book.press(Action.CHECK)
        assert (ended.status, ended.line) == (1, "failed")
        assert "有密码保护" in ended.text
        assert "什么都没有改" in ended.text
        _assert_untouched(book)
        assert book.document.Sheets.getByName(SHEET).isProtected()


def test_locked_structure__is_said_and_nothing_changed(path: Path, office: Office) -> None:
    with live_book(office, path) as book:
        book.document.protect("secret")
        ended = book.press(Action.CHECK)
        assert ended.line == "failed"
        assert "结构受保护" in ended.text
        _assert_untouched(book)


def test_read_only_book__is_said_and_nothing_changed(path: Path, office: Office) -> None:
    with live_book(office, path, read_only=True) as book:
        ended = book.press(Action.CHECK)
        assert ended.line == "failed"
        assert "只读" in ended.text
        _assert_untouched(book)


def test_read_only_book__is_still_explained_and_cleaned_of_nothing(
    path: Path, office: Office
) -> None:
    with live_book(office, path, read_only=True) as book:
        score = guangzhou.form().cell("部门预算资金支出率")
        assert book.press(Action.WHY, SHEET, score).line == "ok"
        assert book.press(Action.CLEAN).line == "ok"


@pytest.mark.parametrize("gone", ["folder", "mark"])
def test_macro_that_no_longer_waits__gets_no_changes(
    gone: str, path: Path, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = awaited(tmp_path / "作业")

    def give_up(*arguments: Any) -> object:
        shutil.rmtree(folder) if gone == "folder" else (folder / ATTACHED_FILE).unlink()
        return read_open_book(*arguments)

    monkeypatch.setattr(live_run, "read_open_book", give_up)
    with live_book(office, path) as book:
        request = Request(Action.CHECK, path)
        status = run_live(request, folder, lambda: options_beside(path), patience=IMPATIENT)
        assert status == (3 if gone == "folder" else 1)
        _assert_untouched(book)


def test_macro_that_gave_up_before_the_book_was_held__gets_no_changes(
    path: Path, office: Office, tmp_path: Path
) -> None:
    with live_book(office, path) as book:
        request = Request(Action.CHECK, path)
        status = run_live(request, tmp_path, lambda: options_beside(path), patience=IMPATIENT)
        ended = told(tmp_path, status)
        assert (ended.status, ended.line) == (1, "failed")
        assert "不再等待" in ended.text
        _assert_untouched(book)


def test_closed_book__is_said(path: Path, office: Office, tmp_path: Path) -> None:
    with live_book(office, path) as book:
        other = shutil.copy(path, tmp_path / "别的表.xlsx")
        request = Request(Action.CHECK, Path(other))
        awaited(tmp_path)
        status = run_live(request, tmp_path, lambda: options_beside(path), patience=IMPATIENT)
        ended = told(tmp_path, status)
        assert (ended.status, ended.line) == (1, "failed")
        assert "没有找到打开着的“别的表.xlsx”" in ended.text
        assert (tmp_path / WAITING_FILE).is_file()
        _assert_untouched(book)


def test_book_closed_meanwhile__is_said(
    path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with live_book(office, path) as book:
        # Closed in the end, in place of the one that is gone.
        spare = office.open(guangzhou.form().build(path.with_name("另一张.xlsx")))

        def close(*_: object) -> None:
            book.document.close(True)
            raise RuntimeError("gone")

        monkeypatch.setattr("perfxl.addin.live.run.read_open_book", close)
        ended = book.press(Action.CHECK)
        assert (ended.status, ended.line) == (1, "failed")
        assert "已经关闭" in ended.text
        book.document = spare


def test_two_books_of_one_name__the_one_meant_is_marked(
    path: Path, office: Office, tmp_path: Path
) -> None:
    twin_path = shutil.copy(path, tmp_path / path.name)
    twin = office.open(Path(twin_path))
    try:
        with live_book(office, path) as book:
            assert book.press(Action.CHECK).line == "ok"
            assert book.sheets() == [SHEET, RESULT_SHEET]
            assert list(twin.Sheets.ElementNames) == [SHEET]
    finally:
        twin.close(True)


def test_book_without_a_table__is_said_and_nothing_changed(path: Path, office: Office) -> None:
    with live_book(office, path) as book:
        book.document.Sheets.getByName(SHEET).clearContents(1 | 2 | 4 | 16)
        for action in (Action.CHECK, Action.WHY, Action.EXPORT):
            ended = book.press(action, SHEET, "A1")
            assert (ended.status, ended.line) == (1, "failed")
            assert "没有找到自评表" in ended.text
        _assert_untouched(book)


@pytest.mark.parametrize("step", ["add_highlights", "add_notes", "put_page"])
def test_failure_half_way__is_taken_back(
    step: str, path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        done(*arguments)
        raise RuntimeError("broken")

    done: Callable[..., object] = getattr(apply, step)
    monkeypatch.setattr(f"perfxl.addin.live.apply.{step}", fail)
    with live_book(office, path) as book:
        ended = book.press(Action.CHECK)
        assert (ended.status, ended.line) == (1, "failed")
        assert "broken" in ended.text
        assert "什么都没有改" in ended.text
        _assert_untouched(book)
        assert book.document.isAutomaticCalculationEnabled()
        assert book.document.CurrentController.ActiveSheet.Name == SHEET


def test_failure_in_taking_back__is_told(
    path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("perfxl.addin.live.apply.add_notes", fail)
    with live_book(office, path) as book:
        monkeypatch.setattr("perfxl.addin.live.apply.strip_marks", fail)
        ended = book.press(Action.CHECK)
        assert "没能全部撤回" in ended.text
        assert book.our_fills(SHEET)


def test_caller__is_the_book_that_is_marked(path: Path, office: Office) -> None:
    import xlwings

    with live_book(office, path) as book:
        next(iter(xlwings.apps)).books[0].set_mock_caller()
        assert for_caller("check").startswith("通过")
        assert book.our_fills(SHEET)
        assert marks.result_sheets(book.attached().workbook, is_marked=False)


def test_program__works_on_the_open_book_from_outside(
    path: Path, office: Office, tmp_path: Path
) -> None:
    with live_book(office, path) as book:
        command = [
            sys.executable, "-m", "tests.office.xlwings_engine.entry", "live", "check",
            "--hwnd", str(engine.WINDOW), "--book", str(path), "--dir", str(awaited(tmp_path)),
        ]  # fmt: skip
        environment = os.environ | {engine.PIPE: office.pipe, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, env=environment, check=False, timeout=300)
        assert told(tmp_path, done.returncode).line == "ok"
        assert (tmp_path / APPLYING_FILE).is_file()
        assert book.our_fills(SHEET)
