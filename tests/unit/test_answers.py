"""Answers written into 校验结果 outlive the next annotation."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from perfxl.engine.selection import select_rules
from perfxl.model.address import Place
from perfxl.model.annotation import RESULT_SHEET
from perfxl.model.cells import Answer
from perfxl.model.finding import Finding, Severity
from perfxl.pipeline import Options, annotate_file, check_file
from perfxl.pipeline.checking import report_of
from perfxl.reader.workbook import read_book
from perfxl.render.text import render_text
from tests.forms import shenzhen

OPTIONS = Options(select_rules())


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    path = tmp_path / "a.xlsx"
    shenzhen.build("as_meant", path)
    return annotate_file(path, OPTIONS).written


def table(sheet: Worksheet) -> dict[tuple[str, str], str]:
    """Answers by code and place, as they stand on the sheet."""
    found = {}
    columns: dict[str, int] = {}
    for row in sheet.iter_rows():
        texts = {str(cell.value): cell.column for cell in row if cell.value is not None}
        if {"位置", "单位说明", "规则"} <= texts.keys():
            columns = texts
        elif columns:
            values = {head: row[columns[head] - 1].value for head in ("规则", "位置", "单位说明")}
            if values["规则"] and values["单位说明"]:
                found[str(values["规则"]), str(values["位置"])] = str(values["单位说明"])
    return found


def answer(path: Path, **texts: str) -> None:
    """Write answers beside findings, as a person would, and let another program save the file."""
    book = openpyxl.load_workbook(path)
    sheet = book[RESULT_SHEET]
    head = next(row for row in sheet.iter_rows() if any(c.value == "单位说明" for c in row))
    at = {cell.value: cell.column for cell in head}
    left = dict(texts)
    for row in sheet.iter_rows(min_row=head[0].row + 1):
        code = str(row[at["规则"] - 1].value)
        if code in left:
            row[at["单位说明"] - 1].value = left.pop(code)
    assert not left
    book.save(path)


def answers_on(path: Path) -> dict[tuple[str, str], str]:
    return table(openpyxl.load_workbook(path)[RESULT_SHEET])


def test_answer_stands_beside_the_same_finding__annotated_again(annotated: Path) -> None:
    answer(annotated, CS103="预算调减所致\n见附件", AR102="口径不同")
    again = annotate_file(annotated, OPTIONS).written
    found = {code: text for (code, _), text in answers_on(again).items()}
    assert found == {"CS103": "预算调减所致\n见附件", "AR102": "口径不同"}
    assert annotate_file(again, OPTIONS).written != again
    assert answers_on(annotate_file(again, OPTIONS).written) == answers_on(again)


def test_answer_stays_visible__its_finding_is_gone(annotated: Path) -> None:
    answer(annotated, AR102="口径不同")
    without = Options(select_rules(ignore=["AR102"]))
    gone = annotate_file(annotated, without).written
    sheet = openpyxl.load_workbook(gone)[RESULT_SHEET]
    assert "已答复的事项" in [row[0].value for row in sheet.iter_rows()]
    ((code, place),) = answers_on(gone)
    assert (code, answers_on(gone)[code, place]) == ("AR102", "口径不同")
    assert "!" in place
    back = annotate_file(gone, OPTIONS).written
    assert [code for code, _ in answers_on(back)] == ["AR102"]
    assert "已答复的事项" not in [
        row[0].value for row in openpyxl.load_workbook(back)[RESULT_SHEET].iter_rows()
    ]


def test_answers_are_read_by_their_heads__sheet_renamed_and_moved(annotated: Path) -> None:
    answer(annotated, AR102="口径不同")
    book = openpyxl.load_workbook(annotated)
    sheet = book[RESULT_SHEET]
    sheet.title = "改过名"
    sheet.insert_cols(2)
    sheet.insert_rows(4, 3)
    book.save(annotated)
    (read,) = read_book(annotated).answers
    (finding,) = (f for f in check_file(annotated, OPTIONS).entries[0].findings
                  if f.code == "AR102")  # fmt: skip
    assert read == Answer("AR102", finding.place, "口径不同")


def test_answer_without_code_or_place__is_kept_all_the_same(annotated: Path) -> None:
    answer(annotated, AR102="口径不同")
    book = openpyxl.load_workbook(annotated)
    for row in book[RESULT_SHEET].iter_rows():
        for cell in row:
            if cell.value == "AR102":
                cell.value = "某某"
            elif cell.column == 3 and cell.row > 1 and row[8].value == "口径不同":
                cell.value = None
    book.save(annotated)
    assert read_book(annotated).answers == (Answer("", Place("", ""), "口径不同"),)
    again = annotate_file(annotated, OPTIONS).written
    assert read_book(again).answers == (Answer("", Place("", ""), "口径不同"),)


def test_no_answers__nothing_but_the_empty_column(annotated: Path) -> None:
    assert read_book(annotated).answers == ()
    assert answers_on(annotated) == {}


def verified(path: Path) -> Finding:
    """The first 请核实 about a cell."""
    (entry,) = check_file(path, OPTIONS).entries
    return next(f for f in entry.findings if f.severity is Severity.VERIFY and f.place.cell)


def test_answered_finding_carries_the_answer__an_error_never_does(annotated: Path) -> None:
    finding = verified(annotated)
    assert finding.answer == ""
    answer(annotated, **{finding.code: "批复文号见附件", "AR102": "口径不同"})
    checked = check_file(annotated, OPTIONS)
    (entry,) = checked.entries
    assert [(f.code, f.answer) for f in entry.findings if f.answer] == [
        (finding.code, "批复文号见附件")
    ]
    assert "单位说明：批复文号见附件" in render_text(report_of([checked]))


def test_answer_to_other_values_is_no_answer__the_cell_was_changed_since(annotated: Path) -> None:
    finding = verified(annotated)
    answer(annotated, **{finding.code: "批复文号见附件"})
    book = openpyxl.load_workbook(annotated)
    for row in book[RESULT_SHEET].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith(finding.message):
                cell.value = cell.value.replace(finding.provided, "12345.6")
    book.save(annotated)
    assert verified(annotated).answer == ""
