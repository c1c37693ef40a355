"""The macros' half of live mode: what they make of a program that is late, fails or dies.

The program is a shell script here; $8 is the job's folder. LibreOffice is no Excel, so that mode
auto takes live mode only with one line of the macros changed.
"""

import shutil
import sys
import time
from pathlib import Path

import pytest

from perfxl.addin.escapes import escaped
from perfxl.addin.settings import Mode
from tests.architecture.repo import ROOT
from tests.office.marks import formats
from tests.office.pressed import (
    changed_macros,
    drop_kept,
    form,
    open_as,
    pressing,
    state,
)
from tests.office.session import Office

NO_EXCEL = 'If Environ("OS") <> "Windows_NT" Then Exit Function'
ATTACHES = 'mv "$8/waiting.txt" "$8/attached.txt"'
APPLIES = f'{ATTACHES}; mv "$8/attached.txt" "$8/applying.txt"'
FAILS = 'printf "failed\\r\\n\\\\u6ca1\\r\\n" > "$8/done.part"; mv "$8/done.part" "$8/done.txt"'
DONE = FAILS.replace("failed", "ok").replace("6ca1", "5df2")
OWN = f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m perfxl "$@"'


def by_copy(live: str) -> str:
    """A program that does some lines in live mode and is the real one otherwise."""
    return f'if [ "$1" = live ]; then {live}; exit 1; fi\n{OWN}'


@pytest.fixture(scope="module")
def automatic() -> bytes:
    """The workbook that takes LibreOffice for Excel on Windows."""
    return changed_macros((NO_EXCEL, f"IsRealExcel = True\r\n    {NO_EXCEL}"))


def test_live_mode__is_looked_after_by_the_clock(office: Office, folder: Path) -> None:
    # `live check --hwnd N --book FULLNAME --dir DIR …`: the program itself would change the book.
    body = f'{ATTACHES}; echo "$1 $2 $3 $5 $6 $7" > "{folder}/seen.txt"; sleep 2; {DONE}'
    with pressing(office, folder, body, mode=Mode.LIVE) as buttons, form(office, folder) as book:
        before = state(book)
        assert buttons.press("校验") == "已"
        assert state(book) == before
    told = (folder / "seen.txt").read_text(encoding="utf-8").strip()
    assert told == f"live check --hwnd --book {escaped(str(folder / '自评表.xlsx'))} --dir"


@pytest.mark.parametrize("live", [FAILS, "exit 1", ATTACHES], ids=["fails", "dies", "dies later"])
def test_automatic_mode__goes_by_a_copy_and_tells_only_the_diagnosis(
    live: str, automatic: bytes, office: Office, folder: Path
) -> None:
    body = by_copy(live)
    with (
        pressing(office, folder, body, workbook=automatic) as buttons,
        form(office, folder) as book,
    ):
        assert "上次改经副本" not in buttons.press("帮助/诊断")
        said = buttons.press("校验")
        assert "详见" in said
        assert "没有连上" not in said
        assert formats(book)
        told = buttons.press("帮助/诊断")
        assert "直接写回（live），自动选定" in told
        assert f"上次改经副本，原因：{'没' if live == FAILS else '校验程序没有连上'}" in told


def test_automatic_mode__takes_the_book_of_the_press(
    automatic: bytes, office: Office, folder: Path
) -> None:
    body = by_copy(f"sleep 3; {FAILS}")
    with (
        pressing(office, folder, body, workbook=automatic) as buttons,
        form(office, folder) as book,
    ):
        buttons.begin("校验")
        with form(office, folder, "另一张.xlsx") as other:
            before = state(other)
            other.getCurrentController().getFrame().activate()
            assert "详见" in buttons.said()
            assert formats(book)
            assert state(other) == before


def test_book_closed_in_live_mode__is_said(automatic: bytes, office: Office, folder: Path) -> None:
    body = by_copy(f"sleep 3; {FAILS}")
    with (
        pressing(office, folder, body, workbook=automatic) as buttons,
        form(office, folder) as book,
    ):
        buttons.begin("校验")
        time.sleep(1)
        book.close(True)
        assert "已关闭" in buttons.said()
        assert not open_as(office, "自评表.xlsx")


@pytest.mark.parametrize("is_closed", [True, False], ids=["closed", "another opened"])
def test_copy__is_applied_to_the_book_of_the_press(
    is_closed: bool, office: Office, folder: Path
) -> None:
    # What the officer does while the macro waits; nothing from outside gets in there.
    other = folder / "另一张.xlsx"
    moment = 'Workbooks(Uni("\\u81ea\\u8bc4\\u8868.xlsx")).Close False'
    if not is_closed:
        moment = f'Workbooks.Open Uni("{escaped(str(other))}")'
    module = (
        'Attribute VB_Name = "Officer"\r\nOption Explicit\r\nPrivate isOver As Boolean\r\n'
        "Public Sub Acts()\r\n    If isOver Then Exit Sub\r\n    isOver = True\r\n"
        f"    {moment}\r\nEnd Sub\r\n"
    )
    changed = changed_macros(("        DoEvents\r\n", "        Acts\r\n"), Officer=module)
    with pressing(office, folder, workbook=changed) as buttons, form(office, folder) as book:
        shutil.copy(folder / "自评表.xlsx", other)
        said = buttons.press("校验")
        if is_closed:
            assert "已关闭" in said
            assert not open_as(office, "自评表.xlsx")
        else:
            assert "详见" in said
            assert formats(book)
            (opened,) = open_as(office, "另一张.xlsx")
            assert not formats(opened)
            opened.close(True)


def test_live_mode_by_hand__tells_what_the_program_says(office: Office, folder: Path) -> None:
    with (
        pressing(office, folder, FAILS, mode=Mode.LIVE) as buttons,
        form(office, folder) as book,
    ):
        before = state(book)
        assert buttons.press("校验") == "没"
        assert state(book) == before
        assert "（live），设置文件指定" in buttons.press("帮助/诊断")


@pytest.mark.parametrize(
    ("body", "told"),
    [(ATTACHES, "没有答复就退出"), (f"{ATTACHES}; sleep 7", "没有回应"), (APPLIES, "改到一半")],
    ids=["dies", "times out", "dies while it writes"],
)
def test_live_mode__without_an_answer_is_said_and_its_folder_kept(
    body: str, told: str, office: Office, folder: Path
) -> None:
    with (
        pressing(office, folder, body, timeout=5, mode=Mode.LIVE) as buttons,
        form(office, folder) as book,
    ):
        before = state(book)
        said = buttons.press("校验")
        assert told in said
        drop_kept(said)
        assert state(book) == before


def test_late_program__finds_its_job_withdrawn(office: Office, folder: Path) -> None:
    late = (
        f'{ATTACHES} && sleep 8 && mv "$8/attached.txt" "$8/applying.txt"\n'
        f'echo $? > "{folder}/got.txt"'
    )
    with pressing(office, folder, late, timeout=5, mode=Mode.LIVE) as buttons, form(office, folder):
        said = buttons.press("校验")
        assert "没有回应" in said
        end = time.monotonic() + 60
        while not (folder / "got.txt").exists():
            assert time.monotonic() < end
            time.sleep(0.1)
        assert (folder / "got.txt").read_text(encoding="ascii").strip() != "0"
        drop_kept(said)


def test_program_that_is_writing__gets_as_much_time_again(office: Office, folder: Path) -> None:
    body = f"{APPLIES}; sleep 7; {DONE}"
    with (
        pressing(office, folder, body, timeout=5, mode=Mode.LIVE) as buttons,
        form(office, folder),
    ):
        assert buttons.press("校验") == "已"


@pytest.mark.parametrize("name", ["a & b", "$(x) `y`", "50%TEMP% ^!", 'a"b', "it's #1?"])
def test_program__is_started_whatever_its_folder_is_called(
    name: str, office: Office, folder: Path
) -> None:
    odd = folder / name
    odd.mkdir()
    with pressing(office, odd) as buttons, form(office, odd) as book:
        assert "详见" in buttons.press("校验")
        assert formats(book)
