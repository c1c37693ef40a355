"""A scheme that has what the shipped ones may lack: own rows, open caps, adjustments, ceilings."""

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perfxl.engine.ledger.entry import Kind
from perfxl.engine.ledger.record import Asked
from perfxl.engine.ledger.replay import replay
from perfxl.engine.ledger.search import alike, find
from perfxl.engine.selection import select_rules
from perfxl.model.cells import Cell
from perfxl.model.grade import Grade
from perfxl.pipeline import Options, check_file
from perfxl.pipeline.forms import new_form
from perfxl.pipeline.ledger import trace_file
from perfxl.reader.recalculate import recalculate
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.render.ledger_text import render_ledger
from perfxl.scheme.find import scheme_vocabulary
from perfxl.scheme.load import load_layout, load_scheme, load_scheme_file
from perfxl.writer.template.plan import Plan, make_plan
from tests.forms.template import Entries, spot

_SCHEME = """
schema_version = 1
id = "own"
version = "1"
kind = "dept_overall"
title = "自设指标表"
region = "某县"
year = 2024
total_score = 100
caps = "fixed"
bands = [{ grade = "优", lower = 90 }, { grade = "良", lower = 80 },
         { grade = "中", lower = 60 }, { grade = "差", lower = 0 }]
adjustment = [{ name = "获上级表彰", kind = "bonus", limit = 3 },
              { name = "迟报", kind = "deduction", limit = 2 }]
ceiling = [{ key = "veto", name = "发生重大责任事故", grade = "中" }]

[[group]]
name = "管理"
max_score = 30
[[group.indicator]]
name = "制度"
max_score = "open"
[[group.indicator]]
name = "执行"
max_score = "open"

[[group]]
name = "产出"
max_score = 70
custom = { rows = 3, by_completion = true, levels = [
    { name = "达成", lower = 0.8, upper = 1 }, { name = "未达成", lower = 0, upper = 0.8 } ] }
"""
_LAYOUT = """
schema_version = 1
[[sheet]]
kind = "score"
name = "评分表"
title = "部门整体支出绩效自评表"
total_label = "总分"
grade_label = "评价等级"
column = [
    { role = "level1", heading = "一级指标", level = 1, width = 10 },
    { role = "max_score", heading = "分值", level = 1, width = 6 },
    { role = "level2", heading = "二级指标", level = 2, width = 10 },
    { role = "level3", heading = "三级指标", level = 3, width = 20 },
    { role = "target_value", heading = "年度指标值", width = 12, input = true },
    { role = "actual_value", heading = "实际完成值", width = 12, input = true },
    { role = "max_score", heading = "分值", level = 3, width = 6 },
    { role = "score", heading = "得分", width = 7, input = true },
    { role = "shortfall_reason", heading = "未达标原因", width = 30, input = true },
]
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "scheme.toml").write_text(_SCHEME, encoding="utf-8")
    (folder / "layout.toml").write_text(_LAYOUT, encoding="utf-8")
    return make_plan(load_scheme(folder), load_scheme_file(folder), load_layout(folder))


def _entries(plan: Plan) -> Entries:
    first, second, third, fourth, _ = plan.score.leaves
    entries: Entries = {
        spot(first.cap): 10, spot(first.score): 10, spot(second.cap): 20, spot(second.score): 20,
    }  # fmt: skip
    for leaf, values in (
        (third, ("培训", 10, 8, 40, 32, "≥")),
        (fourth, ("天数", 10, 12, 30, 24, "≤")),
    ):
        cells = (
            leaf.name, leaf.texts["target_value"], leaf.texts["actual_value"], leaf.cap,
            leaf.score, leaf.texts["target_sign"],
        )  # fmt: skip
        entries |= {spot(cell): value for cell, value in zip(cells, values, strict=True)}
    return entries


def _cells(plan: Plan, folder: Path, entries: Entries) -> dict[tuple[str, str], Cell]:
    book = openpyxl.load_workbook(io.BytesIO(new_form(folder)))
    for (sheet, cell), value in entries.items():
        book[sheet][cell] = value
    path = folder / "表.xlsx"
    book.save(path)
    read = read_book(path)
    recalculate(read)
    return {
        (sheet.name, sheet.place(*at).cell): cell
        for sheet in read.sheets
        for at, cell in sheet.cells.items()
    }


def test_own_rows_are_compared_by_completion__either_way(plan: Plan, tmp_path: Path) -> None:
    cells = _cells(plan, tmp_path / "own", _entries(plan))
    third, fourth, fifth = plan.score.leaves[2:]
    assert third.reference
    assert fourth.reference
    assert fifth.reference
    assert cells[spot(third.reference)].raw == "32"
    assert cells[spot(fourth.reference)].raw == "24"
    assert cells[spot(fifth.reference)].raw == ""
    assert cells[spot(plan.score.total)].raw == "86"
    assert plan.score.grade
    assert cells[spot(plan.score.grade)].raw == "良"


def test_adjustments_count_within_their_limits__total_within_full_marks(
    plan: Plan, tmp_path: Path
) -> None:
    bonus, deduction = plan.score.adjustments
    entries = _entries(plan) | {spot(bonus): 9, spot(deduction): 1}
    cells = _cells(plan, tmp_path / "own", entries)
    assert cells[spot(plan.score.total)].raw == "88"
    full = {
        spot(leaf.score): value
        for leaf, value in zip(plan.score.leaves[2:4], (40, 30), strict=True)
    }
    cells = _cells(plan, tmp_path / "own", {**entries, **full, spot(deduction): 0})
    assert cells[spot(plan.score.total)].raw == "100"


def test_grade_is_no_better_than_the_ceiling__it_applies(plan: Plan, tmp_path: Path) -> None:
    (veto,) = plan.inputs
    cells = _cells(plan, tmp_path / "own", _entries(plan) | {spot(veto.whole): "是"})
    assert plan.score.grade
    assert cells[spot(plan.score.grade)].raw == "中"


def test_grade_is_blank__a_score_is_missing(plan: Plan, tmp_path: Path) -> None:
    entries = _entries(plan)
    entries[spot(plan.score.leaves[0].score)] = None
    cells = _cells(plan, tmp_path / "own", entries)
    assert plan.score.grade
    assert cells[spot(plan.score.grade)].raw == ""
    assert cells[spot(plan.score.total)].raw == "76"


def test_form_is_read_with_the_own_rows_filled(plan: Plan, tmp_path: Path) -> None:
    _cells(plan, tmp_path / "own", _entries(plan))
    book = read_book(tmp_path / "own" / "表.xlsx")
    recalculate(book)
    (form,) = read_return(book, scheme_vocabulary()).forms
    caps = {x.name.value: x.max_score and x.max_score.value for x in form.leaves()}
    assert caps == {
        "制度": Decimal(10), "执行": Decimal(20), "培训": Decimal(40), "天数": Decimal(30),
        "加分项：获上级表彰（不超过3分）": Decimal(3), "扣分项：迟报（不超过2分）": Decimal(2),
    }  # fmt: skip
    assert [x.adjustment is not None for x in form.leaves()] == [False] * 4 + [True] * 2
    assert not form.decisions


def test_caps_that_units_set_are_open(plan: Plan) -> None:
    assert all(leaf.is_cap_open for leaf in plan.score.leaves)
    assert not any(group.is_cap_open for group in plan.score.groups)


def _barred(plan: Plan, folder: Path, **more: object) -> Path:
    """A form of 86 points in which the ceiling applies; `grade` is typed over the formula."""
    (veto,) = plan.inputs
    entries = _entries(plan) | {spot(veto.whole): "是"}
    if "grade" in more:
        assert plan.score.grade
        entries[spot(plan.score.grade)] = more["grade"]
    _cells(plan, folder, entries)
    return folder / "表.xlsx"


def test_check_holds_the_grade_to_the_ceiling__it_applies(plan: Plan, tmp_path: Path) -> None:
    options = Options(select_rules(), schemes_folder=tmp_path)
    (entry,) = check_file(_barred(plan, tmp_path / "own"), options).entries
    assert (entry.grade.stated, entry.grade.computed) == (Grade.FAIR, Grade.FAIR)
    assert "GR101" not in {finding.code for finding in entry.findings}
    (entry,) = check_file(_barred(plan, tmp_path / "own", grade="良"), options).entries
    (found,) = [finding for finding in entry.findings if finding.code == "GR101"]
    assert (found.provided, found.expected) == ("良", "中")
    assert "“发生重大责任事故”为是，最高为中" in found.message


def test_why_tells_the_grade__and_what_bounds_it(plan: Plan, tmp_path: Path) -> None:
    path = _barred(plan, tmp_path / "own")
    traced = trace_file(path, schemes_folder=tmp_path)
    (table,) = traced.tables
    grade = table.grade
    assert grade
    assert (grade.stated, grade.computed, replay(grade)) == ("中", "中", grade)
    assert [(child.kind, child.value) for child in grade.children] == [
        (Kind.TOTAL, Decimal(86)), (Kind.INPUT, "是"),
    ]  # fmt: skip
    assert grade.reason
    assert "“发生重大责任事故”为是的，最高为中" in grade.reason.sentence
    assert "与总分相符" in render_ledger(traced, [Asked(table, grade)])


def test_why_tells_no_grade__a_score_is_missing(plan: Plan, tmp_path: Path) -> None:
    entries = _entries(plan)
    entries[spot(plan.score.leaves[0].score)] = None
    _cells(plan, tmp_path / "own", entries)
    (table,) = trace_file(tmp_path / "own" / "表.xlsx", schemes_folder=tmp_path).tables
    assert table.grade
    assert (table.grade.computed, table.grade.obstacle) == (None, "得分还没有填全")


def test_why_counts_bonus_and_deduction__as_the_form_does(plan: Plan, tmp_path: Path) -> None:
    bonus, deduction = plan.score.adjustments
    entries = _entries(plan) | {spot(bonus): 3, spot(deduction): 1}
    _cells(plan, tmp_path / "own", entries)
    (table,) = trace_file(tmp_path / "own" / "表.xlsx", schemes_folder=tmp_path).tables
    total = table.total
    assert (total.stated, total.computed, replay(total)) == (Decimal(88), Decimal(88), total)
    (found,) = find([total], "获上级表彰")
    assert (found.kind, found.stated, found.max_score) == (
        Kind.ADJUSTMENT, Decimal(3), Decimal(3),
    )  # fmt: skip
    assert find([total], "没有这一项") == []
    assert alike([total], "培训课") == ["培训"]
