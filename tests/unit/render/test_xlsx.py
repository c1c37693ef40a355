"""The page as a workbook of its own; openpyxl judges."""

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perfxl.model.annotation import RESULT_MARK
from perfxl.model.page import Item, Look, Page
from perfxl.model.palette import LOOK_TONES
from perfxl.render.page import result_page
from perfxl.render.xlsx import findings_workbook, write_findings_workbook
from tests.unit.render.reports import FAILED


def sheet_of(page: Page) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(findings_workbook(page))).active


def test_every_item_stands_in_its_cell__values_and_merges() -> None:
    page = result_page(FAILED, "r")
    sheet = sheet_of(page)

    assert sheet.title == page.title
    for row, items in enumerate(page.rows, 1):
        column = 1
        for item in items:
            expected = float(item.value) if isinstance(item.value, Decimal) else item.value or None
            assert sheet.cell(row, column).value == expected
            column += item.span
    assert len(sheet.merged_cells.ranges) == sum(i.span > 1 for row in page.rows for i in row)


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "http://a.example/", "mailto:a@b"]
)
def test_text_stays_text__never_formula_or_link(text: str) -> None:
    sheet = sheet_of(Page("结果", (20.0,), [[Item(text)]]))

    assert sheet["A1"].data_type == "s"
    assert sheet["A1"].value == text
    assert sheet["A1"].hyperlink is None


def test_no_link_and_no_marker__it_is_no_annotated_return() -> None:
    data = findings_workbook(result_page(FAILED, "r"))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active

    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    assert not any(RESULT_MARK in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_same_page_same_bytes__written_twice(tmp_path: Path) -> None:
    page = result_page(FAILED, "r")
    write_findings_workbook(page, tmp_path / "结果 1.xlsx")

    assert (tmp_path / "结果 1.xlsx").read_bytes() == findings_workbook(page)


def test_odd_letters_are_dropped__and_long_text_cut() -> None:
    sheet = sheet_of(
        Page("结果", (20.0,), [[Item("a\x00\x0b\ud800b\uffff")], [Item("长" * 40000)]])
    )

    assert sheet["A1"].value == "ab"
    assert len(sheet["A2"].value) == 32_767


def test_rows_grow_with_their_text__up_to_the_limit() -> None:
    sheet = sheet_of(Page("结果", (20.0,), [[Item("短")], [Item("长" * 100)], [Item("长" * 9000)]]))

    heights = [sheet.row_dimensions[row].height for row in (1, 2, 3)]
    assert heights[0] < heights[1] < heights[2]
    assert 408 < heights[2] <= 409


@pytest.mark.parametrize("look", LOOK_TONES)
def test_colours_are_those_of_the_highlights__every_tone(look: Look) -> None:
    cell = sheet_of(Page("结果", (20.0,), [[Item("字", look)]]))["A1"]

    tone = LOOK_TONES[look]
    shown = (cell.fill.fgColor.rgb, cell.font.color.rgb, bool(cell.font.b))
    assert shown == (f"FF{tone.fill}", f"FF{tone.font}", tone.is_bold)
