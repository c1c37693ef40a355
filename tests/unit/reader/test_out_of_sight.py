"""What a workbook hides, and what it should not show: concealment and telephone numbers."""

from dataclasses import replace

import pytest

from perfxl.model.cells import Book, Sheet, Style
from perfxl.reader.concealment import remark_concealment
from perfxl.reader.privacy import remark_phone_numbers
from perfxl.reader.tables import read_return
from perfxl.scheme.vocabulary import load_vocabulary
from tests.unit.reader.tables.grids import sheet_of

TABLE = """
| 一级指标 | 二级指标 | 分值 | 得分 |
| 产出 | 数量 | 60 | 60 |
| | 质量 | 40 | 30 |
| 总分 | | 100 | 90 |
"""


def remarks(*sheets: Sheet, styles: tuple[Style, ...] = ()) -> list[tuple[str, str, str]]:
    book = Book(list(sheets), styles=[Style(), *styles])
    remark_concealment(book, read_return(book, load_vocabulary()))
    return [(remark.code, remark.place.sheet, remark.place.cell) for remark in book.remarks]


def test_form_in_full_view__has_no_remark() -> None:
    assert remarks(sheet_of(TABLE)) == []


def test_hidden_row_with_a_score__is_noted_at_the_score() -> None:
    sheet = sheet_of(TABLE)
    sheet.hidden_rows = {3, 40}
    assert remarks(sheet) == [("FL214", "自评表", "D3")]


def test_hidden_score_column__is_noted_once() -> None:
    sheet = sheet_of(TABLE)
    sheet.hidden_columns = {4}
    assert remarks(sheet) == [("FL214", "自评表", "D2")]


def test_hidden_column_without_scores__is_left_alone() -> None:
    sheet = sheet_of(TABLE)
    sheet.hidden_columns = {2, 9}
    assert remarks(sheet) == []


def test_hidden_sheet_with_the_only_form__is_noted() -> None:
    sheet = sheet_of(TABLE)
    sheet.state = "veryHidden"
    assert remarks(sheet) == [("FL214", "自评表", "A1")]


def test_hidden_sheet_with_another_form__is_noted_too() -> None:
    former = sheet_of(TABLE)
    former.name, former.state = "上年", "hidden"
    assert remarks(sheet_of(TABLE), former) == [("FL214", "上年", "A1")]


def test_hidden_helper_sheet__is_a_notice() -> None:
    lists = sheet_of("| 优 |\n| 良 |")
    lists.name, lists.state = "选项", "hidden"
    assert remarks(sheet_of(TABLE), lists) == [("FL211", "", "")]


@pytest.mark.parametrize(
    "style",
    [
        Style(font_color="FFFFFF"),
        Style(font_color="FFF2CC", fill_color="FFF2CC"),
        Style(font_color="FFFFFF", fill_color="F2F2F2"),
        Style(font_color="F2F2F2"),
        Style(number_format=";;;"),
    ],
)
def test_score_that_does_not_show__is_noted(style: Style) -> None:
    sheet = sheet_of(TABLE)
    sheet.cells[3, 4] = replace(sheet.cells[3, 4], style=1)
    assert remarks(sheet, styles=(style,)) == [("FL212", "自评表", "D3")]


def test_scores_that_do_not_show__are_one_remark_a_cause() -> None:
    sheet = sheet_of(TABLE)
    styles = [Style(), Style(font_color="FFFFFF"), Style(number_format=";;;")]
    for row, style in ((2, 1), (3, 2), (4, 1)):
        sheet.cells[row, 4] = replace(sheet.cells[row, 4], style=style)
    book = Book([sheet], styles=styles)
    remark_concealment(book, read_return(book, load_vocabulary()))
    assert [(remark.place.cell, remark.detail) for remark in book.remarks] == [
        ("D2", "“数量”得分等2格（D2、D4）的字与底色相同"),
        ("D3", "“质量”得分设了不显示内容的数字格式"),
    ]


def test_scores_that_do_not_show__in_a_row__are_told_as_an_area() -> None:
    sheet = sheet_of(TABLE)
    for row in (2, 3, 4):
        sheet.cells[row, 4] = replace(sheet.cells[row, 4], style=1)
    book = Book([sheet], styles=[Style(), Style(font_color="FFFFFF")])
    remark_concealment(book, read_return(book, load_vocabulary()))
    (remark,) = book.remarks
    assert remark.detail == "“数量”得分等3格（D2:D4）的字与底色相同"


@pytest.mark.parametrize(
    ("ink", "ground"),
    [("FFFFFF", "C00000"), ("FFFFFF", "4F81BD"), ("D9D9D9", None), ("FF0000", "7F7F7F")],
)
def test_colours_that_differ__show(ink: str, ground: str | None) -> None:
    sheet = sheet_of(TABLE)
    sheet.cells[3, 4] = replace(sheet.cells[3, 4], style=1)
    assert remarks(sheet, styles=(Style(font_color=ink, fill_color=ground),)) == []


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("1" + "3" * 2 + "0000" * 2, True),
        ("0755-" + "0" * 8, True),
        ("联系电话：" + "8" * 8, True),
        ("穗财绩〔2023〕13800000号", False),
        ("48763098.65", False),
        ("2023年3月15日", False),
    ],
)
def test_telephone_number__is_told_without_repeating_it(text: str, is_told: bool) -> None:
    book = Book([sheet_of(TABLE.replace("质量", f"质量{text}。"))])
    remark_phone_numbers(book, read_return(book, load_vocabulary()))
    assert [(r.code, r.place.cell) for r in book.remarks] == ([("FL213", "B3")] if is_told else [])
    assert all(text not in remark.detail for remark in book.remarks)


MOBILE = "1" + "3" * 2 + "0000" * 2


def told_phones(*sheets: Sheet) -> list[tuple[str, str]]:
    book = Book(list(sheets))
    remark_phone_numbers(book, read_return(book, load_vocabulary()))
    return [(remark.place.sheet, remark.place.cell) for remark in book.remarks]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"| 填报人：某某 联系电话：{MOBILE} |", []),
        (f"| 联 系 电 话 | {MOBILE} |", []),
        ("| 填表人 | 某某 | 电话 | " + "8" * 8 + " |", []),
        (f"| 年度目标：建成热线{MOBILE} |", ["A6"]),
    ],
)
def test_telephone_number_below_the_table__is_told_unless_it_is_the_contact(
    line: str, told: list[str]
) -> None:
    sheet = sheet_of(f"{TABLE}| |\n{line}")
    assert [cell for _, cell in told_phones(sheet)] == told


@pytest.mark.parametrize("name", ["填报信息", "通讯录"])
def test_telephone_number_on_a_sheet_without_a_table__is_not_told(name: str) -> None:
    other = replace(sheet_of(f"| 某某 | {MOBILE} |"), name=name)
    assert told_phones(sheet_of(TABLE), other) == []


def test_telephone_number_among_the_scores__is_told_even_beside_a_contact() -> None:
    sheet = sheet_of(TABLE.replace("质量", f"质量，联系人{MOBILE}"))
    assert told_phones(sheet) == [("自评表", "B3")]
