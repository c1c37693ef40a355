"""The seven buttons pressed in LibreOffice: macros, program and the open book together."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perfxl.engine.selection import select_rules
from perfxl.model.annotation import NOTE_MARK, RESULT_MARK, RESULT_SHEET
from perfxl.pipeline import Options, annotate_file, check_file
from perfxl.reader.workbook import read_book
from tests.architecture.repo import ROOT
from tests.office.buttons import Buttons, program
from tests.office.marks import contents, formats, notes, own_formats, sheets
from tests.office.session import Office

EXAMPLE = next((ROOT / "templates" / "guangzhou-2022" / "examples").glob("*.xlsx"))
SHEET = "自评表"


@pytest.fixture
def buttons(office: Office, folder: Path) -> Iterator[Buttons]:
    opened = Buttons(office, folder, program(folder))
    yield opened
    opened.close()


@pytest.fixture
def book(office: Office, folder: Path) -> Iterator[Any]:
    path = folder / "某局 自评表.xlsx"
    path.write_bytes(EXAMPLE.read_bytes())
    document = office.open(path)
    yield document
    document.close(True)


def test_check__marks_the_open_book_as_an_annotated_copy_is_marked(
    buttons: Buttons, book: Any, office: Office, folder: Path
) -> None:
    said = buttons.press("校验")
    assert "详见“校验结果”页" in said
    assert sheets(book)[-1] == RESULT_SHEET
    assert book.getCurrentController().getActiveSheet().getName() == RESULT_SHEET
    copy = annotate_file(folder / "某局 自评表.xlsx", Options(select_rules())).written
    judged = office.open(copy)
    try:
        assert formats(book) == formats(judged)
        assert notes(book) == notes(judged)
        texts = [
            [str(cell) for row in page.getDataArray() for cell in row if cell != ""]
            for page in (
                one.getSheets().getByName(RESULT_SHEET).getCellRangeByName("A1:J60")
                for one in (book, judged)
            )
        ]
    finally:
        judged.close(True)
    # An open book is no file: where a file's digest stands, it says so.
    differing = [a for a, b in zip(*texts, strict=True) if a != b and RESULT_MARK not in a]
    assert [a.partition("，")[0] for a in differing] == ["取自打开的表"]
    assert not list(folder.glob("perfxl_*"))


def test_clean__leaves_the_book_as_it_was(buttons: Buttons, book: Any) -> None:
    sheet = book.getSheets().getByName(SHEET)
    own = sheet.getCellRangeByName("H16").getCellAddress()
    sheet.getAnnotations().insertNew(own, "请附合同。")
    before = (contents(book), notes(book), formats(book))
    buttons.press("校验")
    assert notes(book)[f"{SHEET}!15.7"].startswith(f"请附合同。\n{NOTE_MARK}")
    assert "已清除" in buttons.press("清除标记")
    assert (contents(book), notes(book), formats(book)) == before
    families = [book.getStyleFamilies().getByName(one) for one in ("CellStyles", "PageStyles")]
    names = [name for family in families for name in family.getElementNames()]
    assert not [name for name in names if name.startswith("perfxl")]
    assert "没有本工具的标色" in buttons.press("清除标记")


def test_check__leaves_the_books_own_conditional_formats_alone(buttons: Buttons, book: Any) -> None:
    sheet = book.getSheets().getByName(SHEET)
    area = sheet.getCellRangeByName("H20:H22")
    own = book.createInstance("com.sun.star.sheet.SheetCellRanges")
    own.addRangeAddress(area.getRangeAddress(), False)
    made = sheet.ConditionalFormats.createByRange(own)
    before = own_formats(book)
    assert before == {(made, f"{SHEET}.H20:H22")}
    buttons.press("校验")
    assert own_formats(book) == before
    assert {"H21:H22", "H32"} <= {where for _, where, _ in formats(book)}
    buttons.press("清除标记")
    assert own_formats(book) == before
    assert formats(book) == set()


def test_check__twice_keeps_answers_and_leaves_one_sheet(buttons: Buttons, book: Any) -> None:
    buttons.press("校验")
    once = (formats(book), notes(book))
    page = book.getSheets().getByName(RESULT_SHEET)
    row = next(r for r in range(60) if page.getCellByPosition(9, r).getString() == "CS111")
    page.unprotect("")
    page.getCellByPosition(8, row).setString("已按批复调整")
    buttons.press("校验")
    assert sheets(book) == (SHEET, RESULT_SHEET)
    assert (formats(book), notes(book)) == once
    again = book.getSheets().getByName(RESULT_SHEET)
    assert again.getCellByPosition(8, row).getString() == "已按批复调整"


def test_check__sees_what_is_not_saved_yet_and_saves_nothing(
    buttons: Buttons, book: Any, folder: Path
) -> None:
    path = folder / "某局 自评表.xlsx"
    before = path.read_bytes()
    book.getSheets().getByName(SHEET).getCellRangeByName("H16").setValue(99)
    assert "有必改" in buttons.press("校验")
    assert any('"perfxl:error"' in formula for formula, _, _ in formats(book))
    assert path.read_bytes() == before


def test_next__goes_through_the_marked_cells_and_begins_again(buttons: Buttons, book: Any) -> None:
    buttons.press("校验")
    count = len(notes(book))
    places = [buttons.press("下一处") for _ in range(count + 1)]
    assert len(set(places)) == count
    assert places[0] == places[-1]
    assert all(place.startswith(f"下一处：{SHEET}!") for place in places)
    assert book.getCurrentController().getActiveSheet().getName() == SHEET


def test_fill__writes_the_closing_formulas(buttons: Buttons, book: Any) -> None:
    sheet = book.getSheets().getByName(SHEET)
    total = next(
        cell
        for row in range(10, 60)
        if sheet.getCellByPosition(0, row).getString() == "总分"
        for cell in [sheet.getCellByPosition(7, row)]
    )
    total.setString("")
    said = buttons.press("填充公式")
    assert "总分" in said
    assert total.getFormula().startswith("=")
    assert total.getValue() == pytest.approx(94.49)


def test_why__tells_the_selected_score(buttons: Buttons, book: Any) -> None:
    cell = book.getSheets().getByName(SHEET).getCellRangeByName("H21")
    book.getCurrentController().select(cell)
    said = buttons.press("得分说明")
    assert "（H21）" in said
    book.getCurrentController().select(book.getSheets().getByName(SHEET).getCellRangeByName("A1"))
    assert "选中的不是得分" in buttons.press("得分说明")


def test_export__puts_a_report_beside_the_book(buttons: Buttons, book: Any, folder: Path) -> None:
    assert "校验报告.html" in buttons.press("导出结果")
    book.getSheets().getByName(SHEET).getCellRangeByName("H16").setValue(99)
    buttons.press("导出结果")
    names = sorted(path.name for path in folder.glob("*.html"))
    assert names == ["某局 自评表.校验报告-2.html", "某局 自评表.校验报告.html"]
    assert formats(book) == set()


def test_doctor__says_where_the_program_is(buttons: Buttons, folder: Path) -> None:
    said = buttons.press("帮助/诊断")
    assert str(folder / "校验 程序.sh") in said
    assert "经由副本" in said
    assert "LibreOffice" in said
    assert "perfxl" in said


def test_check__finds_what_the_command_finds_in_the_saved_book(
    buttons: Buttons, book: Any, office: Office, folder: Path
) -> None:
    buttons.press("校验")
    saved = folder / "标注后.xlsx"
    office.save(book, saved)
    (marked,) = check_file(saved, Options(select_rules())).entries
    (original,) = check_file(folder / "某局 自评表.xlsx", Options(select_rules())).entries
    told = [(f.code, f.place) for f in marked.findings if f.code != "FL206"]
    assert told == [(f.code, f.place) for f in original.findings]
    assert read_book(saved).is_annotated
