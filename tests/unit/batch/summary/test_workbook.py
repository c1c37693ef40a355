"""The summary as a workbook; openpyxl judges."""

import io
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from perfxl.batch.model import Received, ReturnState
from perfxl.batch.summary.workbook import summary_workbook
from perfxl.engine.selection import select_rules
from perfxl.pipeline import Options, check_file
from tests.unit.batch.summary.rounds import AS_OF, collection, entry, filed, mixed, unit

LIVE = ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "http://a.example/", "＝1"]


@cache
def mixed_bytes() -> bytes:
    return summary_workbook(mixed(), folder=Path())


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_sheets__are_those_promised_and_data_is_out_of_the_way() -> None:
    book = opened(mixed_bytes())
    assert book.sheetnames == [
        "总览", "回收情况", "得分汇总", "指标失分", "失分明细", "问题清单", "等级分布", "抽查建议",
        "对账", "未计入文件", "取数来源", "汇总数据",
    ]  # fmt: skip
    assert [s.title for s in book if s.sheet_state != "visible"] == ["汇总数据"]


def test_same_round_same_bytes() -> None:
    assert summary_workbook(mixed(), folder=Path()) == mixed_bytes()


def test_lists__are_frozen_filtered_and_print_their_heads() -> None:
    sheet = opened(mixed_bytes())["得分汇总"]
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref.startswith("A3:")
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"


def test_charts__are_native() -> None:
    book = opened(mixed_bytes())
    assert len(book["等级分布"]._charts) == 3
    assert len(book["总览"]._charts) == 1


def test_figures__are_numbers_with_a_link_to_their_cell() -> None:
    sheet = opened(mixed_bytes())["得分汇总"]
    total = sheet["E4"]
    assert total.value == float(entry(1).total.stated or 0)
    assert (total.hyperlink.target, total.hyperlink.location) == ("回收\\1.xlsx", "'自评表'!H42")


def test_blank__is_no_cell_with_zero() -> None:
    sheet = opened(mixed_bytes())["得分汇总"]
    row = next(r for r in sheet.iter_rows(min_row=4) if r[0].value == "104")
    formulas = [cell for cell in row[4:] if cell.value is not None]
    assert [cell.data_type for cell in formulas] == ["f"]


def test_formulas__are_only_ours() -> None:
    book = opened(mixed_bytes())
    found = {
        (sheet.title, cell.column_letter)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert found == {("得分汇总", "N")}


@pytest.mark.parametrize("text", LIVE)
def test_hostile_texts__stay_texts_everywhere(text: str) -> None:
    one = entry(1)
    bad = replace(
        one,
        path=text,
        unit=text,
        shortfalls=tuple(replace(s, reason=text, action=text) for s in one.shortfalls),
        scores=tuple(replace(s, path=(text, text, text)) for s in one.scores),
    )
    outcome = filed("1", bad)
    outcome = replace(outcome, unit=replace(outcome.unit, code=text, name=text), why=text)
    stranger = Received(text, text, "", text, "", None, "file", remark=text)
    data = summary_workbook(
        collection(outcome, strangers=(stranger,), passed_over=((text, 1),), scheme_id=text)
    )
    for sheet in opened(data):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert cell.value.startswith("=IF(AND(ISNUMBER(")


def test_contacts__are_nowhere() -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(mixed_bytes())) as package:
        texts = "".join(package.read(n).decode() for n in package.namelist() if n.endswith(".xml"))
    assert "第101局" in texts
    for word in ("联系人甲", "内线1", "内线2", "某同志"):
        assert word not in texts


def test_odd_letters_and_long_texts__are_storable() -> None:
    one = replace(entry(1), path="a\x00\ud800#'.xlsx", unit="长" * 40_000)
    outcome = replace(filed("1", one), why="长" * 40_000 + "\x0b_x0041_😀" * 9_000)
    book = opened(summary_workbook(collection(outcome), folder=Path()))
    assert len(book["回收情况"]["M4"].value) == 32_767


def test_links__none_into_zips_nor_past_a_hash() -> None:
    zipped = replace(entry(1), path="回收.zip", member="甲/1.xlsx")
    hashed = replace(entry(2), path="回收/#2.xlsx")
    book = opened(
        summary_workbook(collection(filed("1", zipped), filed("2", hashed)), folder=Path())
    )
    assert not any(c.hyperlink for s in book for row in s.iter_rows() for c in row)
    assert book["得分汇总"]["E4"].value is not None


def test_summary__is_never_taken_for_a_return(tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(mixed_bytes())
    assert check_file(path, Options(select_rules())).is_findings_list


def test_nothing_came__has_all_sheets() -> None:
    empty = replace(mixed(), outcomes=(), strangers=(), passed_over=())
    assert len(opened(summary_workbook(empty)).sheetnames) == 12
    one = replace(empty, round=None, as_of=AS_OF, scheme_id="")
    assert opened(summary_workbook(one))["总览"]["A1"].value == "绩效自评表汇总"


def test_units_of_all_states__are_listed() -> None:
    from perfxl.batch.model import UnitOutcome

    outcomes = [UnitOutcome(unit(str(i)), state) for i, state in enumerate(ReturnState)]
    sheet = opened(summary_workbook(collection(*outcomes)))["回收情况"]
    shown = [row[3].value for row in sheet.iter_rows(min_row=4)]
    assert shown == [state.value for state in ReturnState]


def test_text_like_markup__stays_a_text() -> None:
    outcome = filed("1", entry(1), district="<r><t>甲</t></r>")
    told = replace(outcome, why="<r>a&b</r>")
    book = opened(summary_workbook(collection(told, filed("2", entry(2), district="乙"))))
    assert book["回收情况"]["C4"].value == "<r><t>甲</t></r>"
    assert book["回收情况"]["M4"].value == "<r>a&b</r>"
    assert "<r><t>甲</t></r> " in [row[0].value for row in book["总览"].iter_rows()]


@pytest.mark.parametrize(("districts", "pages"), [(12, 1), (28, 1), (90, 0)])
def test_sheets_with_charts__are_one_page_where_they_can_be_read(
    districts: int, pages: int
) -> None:
    outcomes = [filed(str(n), entry(n % 3), district=f"第{n}区") for n in range(districts)]
    book = opened(summary_workbook(collection(*outcomes)))
    for name in ("总览", "等级分布"):
        setup = book[name].page_setup
        down = 1 if setup.fitToHeight is None else int(setup.fitToHeight)
        assert (setup.fitToWidth, down) == (None, pages)


def test_codes_that_are_texts__bear_no_warning_marks() -> None:
    with zipfile.ZipFile(io.BytesIO(summary_workbook(mixed()))) as book:
        sheets = [n for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
        told = [b'numberStoredAsText="1"' in book.read(name) for name in sheets]
    assert told.count(True) >= len(told) - 1  # all but the hidden one
