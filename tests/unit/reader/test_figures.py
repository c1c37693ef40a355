from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from perfxl.errors import UsageError
from perfxl.reader.figures import read_figures


def csv(tmp_path: Path, text: str, encoding: str = "utf-8-sig", name: str = "决算.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_csv__two_value_columns__each_figure_names_row_column_unit_and_place(
    tmp_path: Path, encoding: str
) -> None:
    text = '单位：元\n项目,年初预算数,决算数\n本年支出合计,"48,763,098.65",46100418.53\n'
    found = read_figures(csv(tmp_path, text, encoding))
    assert [(f.row, f.column, f.value, f.unit, f.place) for f in found] == [
        ("本年支出合计", "年初预算数", Decimal("48763098.65"), "元", "第3行B列"),
        ("本年支出合计", "决算数", Decimal("46100418.53"), "元", "第3行C列"),
    ]


def test_csv__unit_column_serial_numbers_and_answers__are_understood(tmp_path: Path) -> None:
    text = "序号,指标名称,单位,数值\n1,部门预算数,万元,485.3\n2,是否涉密,,否\n3,满意度,%,90%\n"
    found = read_figures(csv(tmp_path, text))
    assert [(f.row, f.value, f.unit) for f in found] == [
        ("部门预算数", Decimal("485.3"), "万元"),
        ("是否涉密", "否", ""),
        ("满意度", Decimal("0.9"), "%"),
    ]


def test_csv__tabs_and_unit_in_the_heading__are_understood(tmp_path: Path) -> None:
    found = read_figures(
        csv(tmp_path, "项目\t金额（万元）\n“三公”经费(万元)\t50.4\n", name="表.txt")
    )
    assert [(f.row, f.value, f.unit) for f in found] == [("“三公”经费", Decimal("50.4"), "万元")]


def test_workbook__visible_sheets__with_addresses(tmp_path: Path) -> None:
    path = tmp_path / "采购.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("采购情况")
        sheet.write_column("B2", ["项目", "采购计划金额", "实际采购金额"])
        sheet.write_column("C2", ["金额（元）", 1000, 985.5])
        hidden = book.add_worksheet("旧")
        hidden.write_row("A1", ["采购计划金额", 7])
        hidden.hide()
    assert [(f.row, f.value, f.unit, f.place) for f in read_figures(path)] == [
        ("采购计划金额", Decimal(1000), "元", "采购情况!C3"),
        ("实际采购金额", Decimal("985.5"), "元", "采购情况!C4"),
    ]


def test_other_files__are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"应为 \.csv、\.xlsx 或 \.xls"):
        read_figures(csv(tmp_path, "x", name="决算.docx"))
    with pytest.raises(UsageError, match="打不开"):
        read_figures(csv(tmp_path, "x", name="决算.xlsx"))


def test_csv__empty__has_no_figures(tmp_path: Path) -> None:
    assert read_figures(csv(tmp_path, "\n\n")) == ()
