"""What goes wrong when a button is pressed: each time said, nothing changed, nothing hung."""

from pathlib import Path

import pytest

from tests.forms import template
from tests.office.marks import formats
from tests.office.pressed import SHEET, changed_macros, drop_kept, form, pressing, state
from tests.office.session import Office


def test_program_missing__is_said_with_its_path(office: Office, folder: Path) -> None:
    with pressing(office, folder) as buttons, form(office, folder) as book:
        (folder / "校验 程序.sh").unlink()
        before = state(book)
        said = buttons.press("校验")
        assert "没有启动" in said
        assert str(folder / "校验 程序.sh") in said
        assert state(book) == before
        assert "标色" in buttons.press("清除标记")  # needs no program


def test_program_moved__the_one_beside_the_workbook_is_used(office: Office, folder: Path) -> None:
    with pressing(office, folder) as buttons, form(office, folder) as book:
        named = folder / "校验 程序.sh"
        (folder / "perfxl").mkdir()
        named.rename(folder / "perfxl" / "perfxl")
        before = state(book)
        assert "详见" in buttons.press("校验")
        assert state(book) != before
        told = buttons.press("帮助/诊断")
        assert f"设置里写的程序不在了，请重新安装或改设置：{named}" in told
        assert str(folder / "perfxl" / "perfxl") in told


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("exit 1", "没有答复就退出"),
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
        drop_kept(said)
        assert state(book) == before


def test_changes_that_cannot_be_applied__are_taken_back(office: Office, folder: Path) -> None:
    body = (
        'printf "formula\\t\\\\u81ea\\\\u8bc4\\\\u8868\\tH16\\t=1+1\\t19.54\\r\\n'
        'note\\t\\\\u81ea\\\\u8bc4\\\\u8868\\tnowhere\\tx\\r\\nend\\r\\n" > "$5/changes.tsv"\n'
        'printf "ok\\r\\nok\\r\\n" > "$5/done.txt"'
    )
    with pressing(office, folder, body) as buttons, form(office, folder) as book:
        before = state(book)
        assert "已经撤回" in buttons.press("填充公式")
        assert state(book) == before


def test_text_of_digits__is_a_text_again_when_a_formula_is_taken_back(
    office: Office, folder: Path
) -> None:
    body = (
        'printf "formula\\t\\\\u81ea\\\\u8bc4\\\\u8868\\tH16\\t=1+1\\t09.50\\r\\n'
        'note\\t\\\\u81ea\\\\u8bc4\\\\u8868\\tnowhere\\tx\\r\\nend\\r\\n" > "$5/changes.tsv"\n'
        'printf "ok\\r\\nok\\r\\n" > "$5/done.txt"'
    )
    with pressing(office, folder, body) as buttons, form(office, folder) as book:
        cell = book.getSheets().getByName(SHEET).getCellRangeByName("H16")
        cell.setString("09.50")
        assert "已经撤回" in buttons.press("填充公式")
        assert (cell.getString(), cell.getType().value) == ("09.50", "TEXT")


def test_cell_changed_meanwhile__keeps_what_was_typed(office: Office, folder: Path) -> None:
    lines = "".join(
        rf"formula\t\\u81ea\\u8bc4\\u8868\t{cell}\t=1+1\t{stood}\r\n"
        for cell, stood in (("H16", "19.54"), ("H17", "5"), ("J40", ""), ("H18", ""))
    )
    body = (
        f'printf "{lines}end\\r\\n" > "$5/changes.tsv"\n'
        'printf "ok\\r\\n\\\\u597d\\r\\n" > "$5/done.txt"'
    )
    with pressing(office, folder, body) as buttons, form(office, folder) as book:
        cells = book.getSheets().getByName(SHEET)
        kept = {at: cells.getCellRangeByName(at).getFormula() for at in ("H17", "H18")}
        assert all(kept.values())
        said = buttons.press("填充公式")
        assert said.splitlines() == [
            "好",
            "等待时改过的格没有写公式，请再按一次“填充公式”： H17 H18",
        ]
        assert {at: cells.getCellRangeByName(at).getFormula() for at in kept} == kept
        for at in ("H16", "J40"):
            assert cells.getCellRangeByName(at).getFormula() == "=1+1"


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


def test_next__from_below_the_last_row_of_a_form_begins_again(office: Office, folder: Path) -> None:
    with pressing(office, folder) as buttons, form(office, folder) as book:
        buttons.press("校验")
        first = buttons.press("下一处")
        for cell in ("A131072", "A1048576"):
            far = book.getSheets().getByName(SHEET).getCellRangeByName(cell)
            book.getCurrentController().select(far)
            assert buttons.press("下一处") == first


def test_next__says_that_the_place_is_hidden(office: Office, folder: Path) -> None:
    with pressing(office, folder) as buttons, form(office, folder) as book:
        buttons.press("校验")
        place = buttons.press("下一处").removeprefix(f"下一处：{SHEET}!")
        sheet = book.getSheets().getByName(SHEET)
        cell = sheet.getCellRangeByName(place)
        cell.getRows().IsVisible = False
        book.getCurrentController().select(sheet.getCellRangeByName("A1"))
        said = buttons.press("下一处")
        assert said.startswith(f"下一处：{SHEET}!{place}（在隐藏或筛掉的行列里")
        assert "隐藏" not in buttons.press("下一处")


def test_sheet_renamed_while_the_program_works__is_said(office: Office, folder: Path) -> None:
    body = (
        'printf "note\\tgone\\tA1\\tx\\r\\nend\\r\\n" > "$5/changes.tsv"\n'
        'printf "ok\\r\\nok\\r\\n" > "$5/done.txt"'
    )
    with pressing(office, folder, body) as buttons, form(office, folder) as book:
        before = state(book)
        assert "工作表已改名或删除" in buttons.press("校验")
        assert state(book) == before


def test_macro_that_stumbles__says_where_its_folder_is(office: Office, folder: Path) -> None:
    stumbling = changed_macros(
        ("        trouble = ApplyLines(wb, lines, typed)", "        Err.Raise 1004")
    )
    with pressing(office, folder, workbook=stumbling) as buttons, form(office, folder) as book:
        before = state(book)
        said = buttons.press("校验")
        assert said.startswith("按钮出错")
        drop_kept(said)
        assert state(book) == before
        again = buttons.press("校验")
        assert again.startswith("按钮出错")  # and not that it is still at work
        drop_kept(again)


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


def test_form_with_every_sheet_locked__is_marked_and_locked_again(
    office: Office, folder: Path
) -> None:
    path = template.filled("guangzhou-2022", template.city_entries(), folder / "自评表.xlsx")
    book = office.open(path)
    try:
        own = tuple(book.getSheets())
        assert all(sheet.isProtected() for sheet in own)
        with pressing(office, folder) as buttons:
            first = buttons.press("校验")
            assert "详见" in first
            assert formats(book)
            assert all(sheet.isProtected() for sheet in own)
            assert buttons.press("校验") == first  # our own marks are no finding
            buttons.press("清除标记")
        assert not formats(book)
        assert all(sheet.isProtected() for sheet in own)
    finally:
        book.close(True)
