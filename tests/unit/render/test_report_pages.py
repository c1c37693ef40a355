"""The whole run as a workbook of lists; openpyxl judges."""

import dataclasses
import io
from decimal import Decimal

import openpyxl
import pytest

from perfxl.model.finding import Severity
from perfxl.model.report import Report
from perfxl.render.report_pages import report_pages
from perfxl.render.xlsx import report_workbook
from tests.unit.render.reports import CRASHED, FAILED, PASSED, REPORT, UNREADABLE, finding


def book_of(report: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(report_workbook(report_pages(report))))


def rows_of(book: openpyxl.Workbook, sheet: str) -> list[dict[str, object]]:
    """The list of a sheet: a dict a row, by the heads."""
    rows = list(book[sheet].iter_rows(values_only=True))
    start = next(i for i, row in enumerate(rows) if row[0] == "序号")
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]


def test_sheets__in_their_order() -> None:
    assert book_of(REPORT).sheetnames == ["总览", "问题", "失分", "未达目标", "未核对", "校验依据"]


def test_sheets_without_rows__left_out() -> None:
    assert book_of(Report("0.1.0", "r", (PASSED,))).sheetnames == ["总览", "校验依据"]


def test_overview__has_a_row_a_table_worst_first() -> None:
    rows = rows_of(book_of(REPORT), "总览")
    assert [row["文件"] for row in rows] == [UNREADABLE.path, FAILED.path, PASSED.path]
    failed = rows[1]
    assert failed["单位"] == "某某局"
    assert failed["结论"] == "有必改"
    assert (failed["必改"], failed["请核实"], failed["提示"]) == (3, 1, 1)
    assert (failed["表上总分"], failed["各项相加"], failed["失分"]) == (95.7, 95.2, 2.5)
    assert failed["等级"] == "良，按得分应为优"
    assert rows[0]["表上总分"] is None
    assert rows[2]["必改"] == 0


def test_findings__every_one_has_a_row_with_file_and_cell() -> None:
    rows = rows_of(book_of(REPORT), "问题")
    assert len(rows) == sum(REPORT.count(severity) for severity in Severity)
    assert {row["文件"] for row in rows} == {FAILED.path, UNREADABLE.path}
    [exceeds] = [row for row in rows if row["规则"] == "AR102"]
    assert exceeds["位置"] == "自评表!H8"
    assert (exceeds["现为"], exceeds["应为"]) == ("5", "3")
    [group] = [row for row in rows if row["规则"] == "AR103"]
    assert "由H8引起" in str(group["问题"])


def test_answer_of_the_unit__has_a_column_where_there_is_one() -> None:
    assert "单位说明" not in rows_of(book_of(REPORT), "问题")[0]
    first, *rest = FAILED.findings
    entry = dataclasses.replace(
        FAILED, findings=(dataclasses.replace(first, answer="已核对批复"), *rest)
    )
    rows = rows_of(book_of(Report("0.1.0", "r", (entry,))), "问题")
    assert [row["单位说明"] for row in rows].count("已核对批复") == 1
    assert [row["规则"] for row in rows if row["单位说明"]] == [first.code]


def test_shortfalls__are_listed_with_what_is_written() -> None:
    rows = rows_of(book_of(REPORT), "失分")
    assert [(row["失分"], row["原因"]) for row in rows] == [
        (0.5, "未写"), (0.5, "人员变动"), (1.5, "本表无此栏"),
    ]  # fmt: skip


def test_stamp__version_rules_and_every_hash() -> None:
    book = book_of(REPORT)
    assert book["总览"]["A3"].value == "perfxl 0.1.0，规则版本 abc123"
    hashes = {row["文件"]: row["文件的 SHA-256"] for row in rows_of(book, "校验依据")}
    assert hashes == {FAILED.path: "ab" * 32, PASSED.path: "cd" * 32, UNREADABLE.path: None}


def test_own_failure__stands_on_the_overview() -> None:
    texts = [str(row[0]) for row in book_of(CRASHED)["总览"].iter_rows(values_only=True)]
    assert any("PX000" in text and "AR104" in text for text in texts)


def test_heads_stay_in_view__and_rows_can_be_filtered() -> None:
    book = book_of(REPORT)
    assert book["总览"].freeze_panes == "C5"
    assert book["问题"].freeze_panes == "C3"
    assert book["问题"].auto_filter.ref == "A2:L8"
    assert book["问题"].print_title_rows == "$2:$2"


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "＝1", "http://a.example/"]
)
def test_text_of_a_return__never_becomes_formula_or_link(text: str) -> None:
    bad = finding("VL102", "H8", text, text, provided=text)
    entry = dataclasses.replace(FAILED, unit=text, path=text, findings=(bad,), sheet=text)
    book = book_of(Report("0.1.0", "r", (entry,)))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert sum(cell.value == text for cell in found) >= 5
    assert {cell.data_type for cell in found if isinstance(cell.value, str)} == {"s"}
    assert not any(cell.hyperlink for cell in found)


def test_same_report_same_bytes() -> None:
    assert report_workbook(report_pages(REPORT)) == report_workbook(report_pages(REPORT))


def test_exact_scores__are_written_as_numbers() -> None:
    total = dataclasses.replace(FAILED.total, stated=Decimal("0"))
    entry = dataclasses.replace(FAILED, total=total)
    assert rows_of(book_of(Report("0.1.0", "r", (entry,))), "总览")[0]["表上总分"] == 0
