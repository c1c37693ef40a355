import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from perfxl.model.address import Place
from perfxl.model.annotation import RESULT_MARK, RESULT_SHEET
from perfxl.model.page import Item, Look, Page
from perfxl.writer.annotate import annotate
from perfxl.writer.clean import clean
from perfxl.writer.result_sheet import sheet_location
from tests.forms.rich import write_rich
from tests.roundtrip.samples import MARKS, page, parts, rebuilt, replaced


@pytest.fixture
def rich(tmp_path: Path) -> bytes:
    return write_rich(tmp_path / "a.xlsx").read_bytes()


def _book(*names: str) -> bytes:
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw) as book:
        for name in names:
            book.add_worksheet(name).write("A1", "内容")
    return raw.getvalue()


def _load(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def _page(*rows: list[Item], heights: dict[int, float] | None = None) -> Page:
    return Page("题", (20, 20), [[Item("题", Look.TITLE)], *rows], heights or {}, RESULT_MARK)


def test_result_sheet_is_last_and_alone_selected__after_annotate(rich: bytes) -> None:
    book = _load(annotate(rich, MARKS, page()))
    assert book.sheetnames[-1] == RESULT_SHEET
    assert book.active.title == RESULT_SHEET
    selected = [s.title for s in book.worksheets if s.sheet_view.tabSelected]
    assert selected == [RESULT_SHEET]


def test_foreign_sheet_of_our_name_stays__and_ours_gets_a_number() -> None:
    foreign = _book("自评表", RESULT_SHEET, "校验结果(2)")
    annotated = annotate(foreign, MARKS, page())
    assert _load(annotated).sheetnames == ["自评表", RESULT_SHEET, "校验结果(2)", "校验结果(3)"]
    assert clean(foreign) == foreign
    assert parts(clean(annotated)) == parts(foreign)


@pytest.mark.parametrize("name", ["O'Brien 表", "甲&乙", "2022", "表 (1)", '"<>"'])
def test_link_leads_to_its_cell__whatever_the_sheet_is_called(name: str) -> None:
    place = Place(name, "H5")
    sheet = _load(annotate(_book(name), [], page(place)))[RESULT_SHEET]
    assert sheet["B4"].hyperlink.location == "'" + name.replace("'", "''") + "'!H5"
    assert sheet_location(Place(name, "")).endswith("!A1")


@pytest.mark.parametrize(
    "name", ["附件2-2023年度部门整体支出绩效目标完成表", "部门'整体'支出\"绩效\"目标<完成>&情况"]
)
def test_long_link_is_a_formula__so_that_its_lines_break(name: str) -> None:
    data = annotate(_book(name), [], page(Place(name, "H5")))
    cell = _load(data)[RESULT_SHEET]["B4"]
    shown = name.replace('"', '""')
    target = shown.replace("'", "''")
    assert cell.hyperlink is None
    assert cell.value == f'=HYPERLINK("#\'{target}\'!H5","{shown}!H5")'
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert values[RESULT_SHEET]["B4"].value == f"{name}!H5"


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-1", "＝1"])
def test_text_never_becomes_a_formula__whatever_it_begins_with(text: str) -> None:
    sheet = _load(annotate(_book("表"), [], _page([Item(text)])))[RESULT_SHEET]
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")
    assert (
        b"<f>"
        not in parts(annotate(_book("表"), [], _page([Item(text)])))["xl/worksheets/sheet2.xml"]
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x08c", "abc"),
        ("a\ud800b", "ab"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("<b>&\"'</b>]]>", "<b>&\"'</b>]]>"),
        (" 前后有空格 ", " 前后有空格 "),
        ("甲" * 40_000, "甲" * 32_766 + "…"),
    ],
)
def test_text_is_kept__but_for_what_a_cell_cannot_hold(text: str, kept: str) -> None:
    sheet = _load(annotate(_book("表"), [], _page([Item(text)])))[RESULT_SHEET]
    assert sheet["A2"].value == kept


def test_literal_character_code_is_escaped__so_that_excel_shows_it() -> None:
    annotated = parts(annotate(_book("表"), [], _page([Item("a_x000D_b")])))
    assert b"a_x005F_x000D_b" in annotated["xl/worksheets/sheet2.xml"]


def test_numbers_are_numbers__with_two_decimals_as_scores() -> None:
    items = [Item(Decimal("0"), Look.SCORE), Item(Decimal("94.490"), Look.CENTER)]
    sheet = _load(annotate(_book("表"), [], _page(items)))[RESULT_SHEET]
    assert (sheet["A2"].value, sheet["A2"].number_format) == (0, "0.00")
    assert (sheet["B2"].value, sheet["B2"].number_format) == (94.49, "General")


def test_only_answers_can_be_typed__without_a_password() -> None:
    sheet = _load(annotate(_book("自评表"), [], page()))[RESULT_SHEET]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet["C4"].protection.locked
    assert sheet["B4"].protection.locked


def test_first_cell_carries_the_mark__behind_the_title() -> None:
    sheet = _load(annotate(_book("自评表"), [], page()))[RESULT_SHEET]
    assert sheet["A1"].value == f"校验结果 {RESULT_MARK};tab=0"


def test_empty_page_still_carries_the_mark__alone() -> None:
    annotated = annotate(_book("自评表"), [], Page("题", ()))
    assert _load(annotated)[RESULT_SHEET]["A1"].value.startswith(f"题 {RESULT_MARK}")


def test_row_grows__with_wrapped_text_unless_its_height_is_given() -> None:
    rows = [[Item("短")], [Item("很长的说明文字" * 12)], [Item("很长的说明文字" * 12)]]
    sheet = _load(annotate(_book("表"), [], _page(*rows, heights={3: 20.0})))[RESULT_SHEET]
    heights = [sheet.row_dimensions[row].height for row in (2, 3, 4)]
    assert heights[0] < 21
    assert heights[1] > 100  # 168 half-widths in 18 a line
    assert heights[2] == 20
    tall = _page([Item("很长的说明文字" * 900)])
    sheet = _load(annotate(_book("表"), [], tall))[RESULT_SHEET]
    assert sheet.row_dimensions[2].height == 409


def test_sheet_prints_on_landscape_a4__one_page_wide() -> None:
    sheet = _load(annotate(_book("表"), [], page()))[RESULT_SHEET]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0


def test_annotate_adds_what_is_missing__in_a_bare_package() -> None:
    def change(name: str, content: bytes) -> bytes | None:
        if name in ("xl/styles.xml", "docProps/app.xml"):
            return None
        if name == "xl/workbook.xml":
            start, end = content.index(b"<bookViews"), content.index(b"</bookViews>") + 12
            return content[:start] + content[end:]
        if name.endswith("workbook.xml.rels"):
            start = content.index(b'<Relationship Id="rId3"')
            return content[:start] + content[content.index(b"/>", start) + 2 :]
        return content

    bare = rebuilt(_book("自评表"), change)
    assert b"styles" not in parts(bare)["xl/_rels/workbook.xml.rels"]
    annotated = annotate(bare, MARKS, page())
    assert _load(annotated).active.title == RESULT_SHEET
    assert parts(clean(annotated)) == parts(bare)


def test_structure_protection_is_no_obstacle__to_the_sheet(rich: bytes) -> None:
    guarded = replaced(
        rich, "xl/workbook.xml", "<bookViews", '<workbookProtection lockStructure="1"/><bookViews'
    )
    annotated = annotate(guarded, MARKS, page())
    assert _load(annotated).security.lockStructure
    assert parts(clean(annotated)) == parts(guarded)


def test_comment_in_a_sheet_does_not_mislead__the_scan() -> None:
    odd = replaced(
        _book("自评表"),
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        "<!-- </sheetData><mergeCells/> --></sheetData>",
    )
    annotated = annotate(odd, MARKS, page())
    xml = parts(annotated)["xl/worksheets/sheet1.xml"]
    assert xml.index(b"--></sheetData><conditionalFormatting") > 0
    assert parts(clean(annotated)) == parts(odd)
