"""What goes wrong when a button is pressed: each time said, nothing changed, nothing hung."""

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from perfxl.addin.settings import Mode
from tests.architecture.repo import ROOT
from tests.office.buttons import Buttons, program
from tests.office.marks import contents, formats, notes, sheets
from tests.office.session import Office

EXAMPLE = next((ROOT / "templates" / "guangzhou-2022" / "examples").glob("*.xlsx"))
SHEET = "自评表"


@contextmanager
def pressing(
    office: Office, folder: Path, body: str = "", timeout: int = 60, mode: Mode = Mode.AUTO
) -> Iterator[Buttons]:
    opened = Buttons(office, folder, program(folder, body), timeout, mode)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def form(office: Office, folder: Path, name: str = "自评表.xlsx", **how: bool) -> Iterator[Any]:
    path = folder / name
    path.write_bytes(EXAMPLE.read_bytes())
    document = office.open(path, **how)
    try:
        yield document
    finally:
        document.close(True)


def state(book: Any) -> object:
    return contents(book), notes(book), formats(book), sheets(book)


def kept_folder(said: str) -> Path:
    """The folder that a message names at its end."""
    found = re.search(r"/[\w./-]*perfxl_\w+$", said, re.ASCII)
    assert found
    assert Path(found[0]).is_dir()
    return Path(found[0])


def test_program_missing__is_said_with_its_path(office: Office, folder: Path) -> None:
    with pressing(office, folder) as buttons, form(office, folder) as book:
        (folder / "校验 程序.sh").unlink()
        before = state(book)
        said = buttons.press("校验")
        assert "没有启动" in said
        assert str(folder / "校验 程序.sh") in said
        assert state(book) == before
        assert "标色" in buttons.press("清除标记")  # needs no program


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("exit 1", "没有回应"),
        ("sleep 8", "没有回应"),
        ('for d; do :; done; touch "$5/changes.tsv"; printf "ok\\r\\nok\\r\\n" > "$5/done.txt"',
         "不完整"),
        ('printf "note\\t\\\\u81ea\\tA1\\tx\\r\\n" > "$5/changes.tsv"\n'
         'printf "ok\\r\\nok\\r\\n" > "$5/done.txt"', "不完整"),
    ],
    ids=["crashes", "times out", "writes nothing", "writes half"],
)  # fmt: skip
def test_program_fails__is_said_and_its_folder_kept(
    body: str, told: str, office: Office, folder: Path
) -> None:
    with pressing(office, folder, body, timeout=5) as buttons, form(office, folder) as book:
        before = state(book)
        said = buttons.press("校验")
        assert told in said
        shutil.rmtree(kept_folder(said))
        assert state(book) == before


def test_changes_that_cannot_be_applied__are_taken_back(office: Office, folder: Path) -> None:
    body = (
        'printf "formula\\t\\\\u81ea\\\\u8bc4\\\\u8868\\tH16\\t=1+1\\r\\n'
        'note\\t\\\\u81ea\\\\u8bc4\\\\u8868\\tnowhere\\tx\\r\\nend\\r\\n" > "$5/changes.tsv"\n'
        'printf "ok\\r\\nok\\r\\n" > "$5/done.txt"'
    )
    with pressing(office, folder, body) as buttons, form(office, folder) as book:
        before = state(book)
        assert "已经撤回" in buttons.press("填充公式")
        assert state(book) == before


def test_read_only_book__is_said(office: Office, folder: Path) -> None:
    with pressing(office, folder) as buttons, form(office, folder, read_only=True) as book:
        before = state(book)
        assert "只读" in buttons.press("校验")
        assert state(book) == before
        assert "只读" in buttons.press("清除标记")
        assert "校验报告" in buttons.press("导出结果")  # changes nothing in the book


def test_book_never_saved__is_said(office: Office, folder: Path) -> None:
    with pressing(office, folder) as buttons:
        book = office.new()
        try:
            assert "还没有存过盘" in buttons.press("校验")
        finally:
            book.close(True)


def test_no_book__is_said(office: Office, folder: Path) -> None:
    with pressing(office, folder) as buttons:
        for caption in ("校验", "下一处", "清除标记"):
            assert "没有打开要处理的表" in buttons.press(caption)


def test_several_books__are_named_and_none_is_changed(office: Office, folder: Path) -> None:
    with (
        pressing(office, folder) as buttons,
        form(office, folder, "甲局.xlsx") as first,
        form(office, folder, "乙局.xlsx") as second,
    ):
        before = (state(first), state(second))
        said = buttons.press("校验")
        assert "开着好几个表" in said
        assert "甲局.xlsx" in said
        assert "乙局.xlsx" in said
        assert (state(first), state(second)) == before


def test_book_without_a_table__is_said(office: Office, folder: Path) -> None:
    with pressing(office, folder) as buttons, form(office, folder) as book:
        sheet = book.getSheets().getByName(SHEET)
        sheet.getCellRangeByName("A1:J80").clearContents(1 | 2 | 4 | 16)
        before = state(book)
        for caption in ("校验", "导出结果", "得分说明"):
            assert "没有找到自评表" in buttons.press(caption)
        assert state(book) == before


def test_sheet_with_a_password__is_said(office: Office, folder: Path) -> None:
    with pressing(office, folder) as buttons, form(office, folder) as book:
        book.getSheets().getByName(SHEET).protect("secret")
        before = state(book)
        said = buttons.press("校验")
        assert "密码" in said
        assert SHEET in said
        assert state(book) == before


def test_sheet_without_a_password__is_marked_and_locked_again(office: Office, folder: Path) -> None:
    with pressing(office, folder) as buttons, form(office, folder) as book:
        sheet = book.getSheets().getByName(SHEET)
        sheet.protect("")
        before = state(book)
        assert "详见" in buttons.press("校验")
        assert formats(book)
        assert sheet.isProtected()
        buttons.press("清除标记")
        assert state(book) == before
        assert sheet.isProtected()


def test_clean__opens_a_locked_sheet_that_only_has_colours_left(
    office: Office, folder: Path
) -> None:
    with pressing(office, folder) as buttons, form(office, folder) as book:
        before = state(book)
        buttons.press("校验")
        sheet = book.getSheets().getByName(SHEET)
        while sheet.getAnnotations().getCount():
            sheet.getAnnotations().removeByIndex(0)
        sheet.protect("")
        assert "已清除" in buttons.press("清除标记")
        assert sheet.isProtected()
        assert state(book) == before


def test_protected_structure__is_said(office: Office, folder: Path) -> None:
    with pressing(office, folder) as buttons, form(office, folder) as book:
        book.protect("")
        before = state(book)
        assert "结构有保护" in buttons.press("校验")
        assert state(book) == before


def test_damaged_settings_beside_the_book__are_said(office: Office, folder: Path) -> None:
    (folder / "perfxl.toml").write_text("select = 3\n", encoding="utf-8")
    with pressing(office, folder) as buttons, form(office, folder) as book:
        before = state(book)
        assert "perfxl.toml" in buttons.press("校验")
        assert state(book) == before


def test_live_mode__is_looked_after_by_the_clock(office: Office, folder: Path) -> None:
    # `live check --hwnd N --book FULLNAME --dir DIR …`: the program itself would change the book.
    body = (
        'echo "$1 $2 $3 $5 $6 $7" > "$8/attached.txt"; sleep 2\n'
        f'cp "$8/attached.txt" "{folder}/seen.txt"\n'
        'printf "ok\\r\\n\\\\u5df2\\r\\n" > "$8/done.part"; mv "$8/done.part" "$8/done.txt"'
    )
    with pressing(office, folder, body, mode=Mode.LIVE) as buttons, form(office, folder) as book:
        before = state(book)
        assert buttons.press("校验") == "已"
        assert state(book) == before
    told = (folder / "seen.txt").read_text(encoding="utf-8").strip()
    assert told == f"live check --hwnd --book {folder / '自评表.xlsx'} --dir"


def test_live_mode__that_reaches_no_book_goes_by_a_copy(office: Office, folder: Path) -> None:
    body = f'[ "$1" = live ] && exit 1\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m perfxl "$@"'
    with pressing(office, folder, body, mode=Mode.LIVE) as buttons, form(office, folder) as book:
        assert "详见" in buttons.press("校验")
        assert formats(book)


def test_live_mode__that_gives_no_answer_is_said(office: Office, folder: Path) -> None:
    body = 'echo ok > "$8/attached.txt"'
    with (
        pressing(office, folder, body, timeout=5, mode=Mode.LIVE) as buttons,
        form(office, folder) as book,
    ):
        before = state(book)
        said = buttons.press("校验")
        assert "没有回应" in said
        shutil.rmtree(kept_folder(said))
        assert state(book) == before
