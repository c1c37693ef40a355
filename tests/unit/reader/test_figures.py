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


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("金额（千元）", "千元"),
        ("金额(单位：亿元)", "亿元"),
        ("金额（人民币万元）", "万元"),
        ("金额/元", "元"),
        ("金额", ""),
    ],
)
def test_unit_of_a_heading__is_read_in_every_spelling(head: str, unit: str, tmp_path: Path) -> None:
    (found,) = read_figures(csv(tmp_path, f"项目,{head}\n总预算,3\n"))
    assert found.unit == unit


@pytest.mark.parametrize("said", ["单位：千元", "单位:人民币千元", "金额单位： 千元"])
def test_unit_over_the_table__is_that_of_all_figures(said: str, tmp_path: Path) -> None:
    (found,) = read_figures(csv(tmp_path, f"{said}\n项目,金额\n总预算,3\n"))
    assert found.unit == "千元"


def test_csv__tabs__commas_inside_of_amounts_do_not_part(tmp_path: Path) -> None:
    text = "项目\t年初数\t决算数\n总预算\t1,234,567.80\t2,345,678.90\n"
    found = read_figures(csv(tmp_path, text, name="表.txt"))
    assert [f.value for f in found] == [Decimal("1234567.8"), Decimal("2345678.9")]


def test_csv__unicode_text_of_excel__is_read(tmp_path: Path) -> None:
    (found,) = read_figures(csv(tmp_path, "项目\t金额\n总预算\t3\n", "utf-16", "表.txt"))
    assert (found.row, found.value) == ("总预算", Decimal(3))


def test_csv__more_columns_than_are_read__none_slides(tmp_path: Path) -> None:
    many = ",".join(str(number) for number in range(150))
    found = read_figures(csv(tmp_path, f"总预算,{many}\n"))
    assert (found[0].row, found[0].value, found[0].place) == ("总预算", Decimal(0), "第1行B列")


@pytest.mark.parametrize("text", ["=1+1", "#REF!", "20人", "约3万"])
def test_text_that_was_meant_as_a_number__is_a_figure_to_be_told(text: str, tmp_path: Path) -> None:
    (found,) = read_figures(csv(tmp_path, f"项目,金额\n总预算,{text}\n"))
    assert (found.row, found.value) == ("总预算", text)


def test_second_header__with_years__is_no_row_of_figures(tmp_path: Path) -> None:
    found = read_figures(csv(tmp_path, "项目,决算,决算\n项目,2023年,2024年\n总预算,3,4\n"))
    assert [(f.column, f.value) for f in found] == [("2023年", Decimal(3)), ("2024年", Decimal(4))]


def test_percent__sign_format_or_heading__are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["项目", "比率（%）"])
        sheet.write_row("A2", ["没有格式", 0.9])
        sheet.write("A3", "百分比格式")
        sheet.write("B3", 0.9, book.add_format({"num_format": "0.00%"}))
        sheet.write("A4", "带号")
        sheet.write("B4", "0.9%")
    assert [(f.row, f.value, f.is_under_percent) for f in read_figures(path)] == [
        ("没有格式", Decimal("0.9"), True),
        ("百分比格式", Decimal("0.9"), False),
        ("带号", Decimal("0.009"), False),
    ]


def test_workbook__dates_are_no_figures_and_formulas_are_computed(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["项目", "金额"])
        sheet.write("A2", "日期")
        sheet.write("B2", 45000, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write("A3", "合计")
        sheet.write_formula("B3", "=1+2", None, "")
    assert [(f.row, f.value) for f in read_figures(path)] == [("合计", Decimal(3))]
