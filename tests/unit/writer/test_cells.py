from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from perfxl.errors import RefusedEdit
from perfxl.writer.cells import Content, write_cells
from tests.forms.rich import write_rich
from tests.roundtrip.samples import parts


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("自评表")
        look = made.add_format({"bg_color": "#FFFDE7", "num_format": "0.00"})
        sheet.write_number("B2", 1, look)
        sheet.write_blank("B3", None, look)
        sheet.write_formula("B4", "=SUM(B2:B3)", look, 1)
        sheet.write_array_formula("D2:D3", "{=B2:B3*2}", look, 2)
        sheet.write_string("F2", "旧", look)
    return path


def written(book: Path, edits: dict[tuple[int, int], Content], **how: bool) -> Any:
    path = book.with_name("new.xlsx")
    path.write_bytes(write_cells(book.read_bytes(), {"自评表": edits}))
    return openpyxl.load_workbook(path, **how)["自评表"]


def test_write__values_of_every_kind__stand_in_their_cells_with_the_old_format(book: Path) -> None:
    sheet = written(
        book,
        {
            (2, 2): Content(Decimal("94.490")),
            (3, 2): Content("甲 & 乙 <丙>"),
            (2, 6): Content(True),
            (4, 2): Content(None),
        },
    )
    assert [sheet[a].value for a in ("B2", "B3", "F2", "B4")] == [94.49, "甲 & 乙 <丙>", True, None]
    assert {sheet[a].fill.fgColor.rgb for a in ("B2", "B3", "F2", "B4")} == {"FFFFFDE7"}


def test_write__cells_and_rows_that_were_not_there__stand_in_order(book: Path) -> None:
    sheet = written(
        book,
        {
            (2, 1): Content("前"), (2, 3): Content("中"), (2, 9): Content("后"),
            (1, 1): Content("首行"), (30, 2): Content(Decimal(7)),
        },
    )  # fmt: skip
    assert [cell.value for cell in sheet[2]][:3] == ["前", 1, "中"]
    assert [sheet[a].value for a in ("I2", "A1", "B30")] == ["后", "首行", 7]


def test_write__formula__holds_its_value_too(book: Path) -> None:
    edits = {
        (3, 2): Content(Decimal(2), "ROUND(B2*2,2)"),
        (5, 2): Content("优", 'IF(B4>1,"优","")'),
    }
    assert written(book, edits)["B3"].value == "=ROUND(B2*2,2)"
    assert written(book, edits)["B5"].value == '=IF(B4>1,"优","")'
    values = written(book, edits, data_only=True)
    assert (values["B3"].value, values["B5"].value) == (2, "优")


def test_write__new_value_of_a_formula__leaves_the_formula(book: Path) -> None:
    edits = {(4, 2): Content(Decimal(3), keeps_formula=True)}
    assert written(book, edits)["B4"].value == "=SUM(B2:B3)"
    assert written(book, edits, data_only=True)["B4"].value == 3


def test_write__error_value__is_an_error(book: Path) -> None:
    edits = {(4, 2): Content("#DIV/0!", keeps_formula=True, is_error=True)}
    cell = written(book, edits, data_only=True)["B4"]
    assert (cell.value, cell.data_type) == ("#DIV/0!", "e")


def test_write__over_an_array_formula__is_refused(book: Path) -> None:
    with pytest.raises(RefusedEdit, match="自评表!D2 是数组公式"):
        write_cells(book.read_bytes(), {"自评表": {(2, 4): Content(Decimal(1))}})


def test_write__sheet_that_is_not_there__is_refused(book: Path) -> None:
    with pytest.raises(RefusedEdit, match="没有工作表“别的”"):
        write_cells(book.read_bytes(), {"别的": {(2, 4): Content(Decimal(1))}})


def test_write__into_a_rich_workbook__changes_only_the_sheet_and_the_order_of_calculation(
    tmp_path: Path,
) -> None:
    path = write_rich(tmp_path / "rich.xlsx")
    before = parts(path.read_bytes())
    name = openpyxl.load_workbook(path).sheetnames[0]
    after = parts(write_cells(path.read_bytes(), {name: {(200, 3): Content(Decimal(1))}}))
    changed = {part for part in before.keys() | after.keys() if before.get(part) != after.get(part)}
    allowed = {
        "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/calcChain.xml",
        "xl/_rels/workbook.xml.rels", "[Content_Types].xml",
    }  # fmt: skip
    assert "xl/worksheets/sheet1.xml" in changed
    assert changed <= allowed


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(B2)", "=cmd|' /C calc'!A0"])
def test_write__text_like_a_formula__stays_a_text(book: Path, text: str) -> None:
    cell = written(book, {(2, 2): Content(text)})["B2"]
    assert (cell.value, cell.data_type) == (text, "s")
