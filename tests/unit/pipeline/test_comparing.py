"""A resubmission against the first: findings, and what nobody asked to be changed."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal as D
from pathlib import Path

import openpyxl
import pytest

from perfxl.engine.difference.compare import Version, compare
from perfxl.engine.difference.record import Change, Difference, Fate, What
from perfxl.engine.selection import select_rules
from perfxl.model.finding import Severity
from perfxl.model.form import Return
from perfxl.pipeline import Options, annotate_file, check_file
from perfxl.pipeline.comparing import compare_files
from perfxl.pipeline.forms import new_form
from perfxl.scheme.find import scheme_folder
from tests.forms import guangzhou, shenzhen
from tests.forms.mutate import Draft
from tests.office.session import Office
from tests.unit.test_answers import answer

OPTIONS = Options(select_rules())
FULL, CLEAR = "绩效目标完整性", "绩效指标明确性"
RECORDED = "合同备案时效性"
OWN_WORDS = {What.DESCRIPTION, What.CRITERIA}

Compared = Callable[[Draft, Draft], Difference]


@pytest.fixture
def compared(tmp_path: Path) -> Compared:
    def run(before: Draft, after: Draft) -> Difference:
        paths = before.build(tmp_path / "初报.xlsx"), after.build(tmp_path / "复报.xlsx")
        difference = compare_files(*paths, OPTIONS)
        assert difference.failures == ()
        return difference

    return run


def codes(difference: Difference, fate: Fate) -> list[str]:
    return [traced.finding.code for traced in difference.of(fate)]


def told(changes: tuple[Change, ...]) -> list[tuple[What, str, str, str]]:
    return [(c.what, c.path[-1] if c.path else c.label, c.before, c.after) for c in changes]


def test_finding_is_fixed__its_score_was_put_right(compared: Compared) -> None:
    first = shenzhen.form()
    second = first.with_score(FULL, D(3)).with_score(CLEAR, D(7))
    difference = compared(first, second)
    assert codes(difference, Fate.FIXED) == ["AR102"]
    assert codes(difference, Fate.NEW) == []
    assert codes(difference, Fate.OPEN) == ["NR103", "SC104", "CS120", "CS106", "CS103"]
    # The finding's sentence names both scores; neither was changed in silence.
    assert told(difference.changes) == [
        (What.SCORE, FULL, "5", "3"),
        (What.SCORE, CLEAR, "5", "7"),
    ]
    assert {c.asked_by for c in difference.changes} == {("AR102",)}
    assert difference.silent == ()


def test_finding_is_still_open__its_row_has_moved(compared: Compared) -> None:
    first = shenzhen.form()
    difference = compared(first, first.with_options(top=5, left=2))
    (still,) = [t for t in difference.of(Fate.OPEN) if t.finding.code == "AR102"]
    assert still.before is not None
    assert still.after is not None
    assert still.before.place != still.after.place
    assert {traced.fate for traced in difference.findings} == {Fate.OPEN}
    assert difference.changes == ()


def test_findings_of_one_rule_are_told_apart__by_indicator(compared: Compared) -> None:
    first = guangzhou.clean()
    names = [path[-1] for path, leaf in first.leaves() if leaf.reason][:2]
    assert len(names) == 2
    broken = first.with_reason(names[0], None).with_reason(names[1], None)
    mended = broken.with_reason(names[0], first.leaf(names[0]).reason)
    difference = compared(broken, mended)
    (fixed,), (still,) = difference.of(Fate.FIXED), difference.of(Fate.OPEN)
    assert (fixed.finding.path[-1], still.finding.path[-1]) == (names[0], names[1])
    ((what, name, before, _),) = told(difference.changes)
    assert (what, name, before) == (What.REASON, names[0], "")
    assert difference.changes[0].asked_by == ("NR101",)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda f: f.with_score(RECORDED, D(2)), (What.SCORE, RECORDED)),
        (lambda f: f.with_cap(RECORDED, D(9)), (What.MAX_SCORE, RECORDED)),
        (lambda f: f.with_cap("管理效率", D(51)), (What.MAX_SCORE, "管理效率")),
        (lambda f: f.with_name(RECORDED, "合同备案及时性"), (What.NAME, "合同备案及时性")),
        (lambda f: f.without(RECORDED), (What.REMOVED, RECORDED)),
        (lambda f: f.with_total(D("95.11")), (What.TOTAL, "")),
        (lambda f: f.with_grade("良"), (What.GRADE, "")),
        (lambda f: f.with_head("unit", "另一个局"), (What.HEAD, "单位")),
    ],
    ids=["score", "cap", "group-cap", "name", "row", "total", "grade", "unit"],
)  # fmt: skip
def test_change_is_silent__nobody_asked_for_it(
    change: Callable[[Draft], Draft], expected: tuple[What, str], compared: Compared
) -> None:
    first = guangzhou.clean()
    difference = compared(first, change(first))
    (found,) = difference.silent
    assert (found.what, found.path[-1] if found.path else found.label) == expected
    assert found.severity is Severity.VERIFY
    assert difference.count(Severity.VERIFY) >= 1


def test_target_and_actual_are_silent__changed(compared: Compared) -> None:
    first = shenzhen.clean()
    name = first.targets[0].path[-1]
    before = first.targets[0].target
    difference = compared(first, first.with_target(name, target="12345"))
    assert told(difference.silent) == [(What.TARGET, name, str(before), "12345")]
    other = compared(first, first.with_target(name, actual="12345"))
    assert [c[:2] for c in told(other.silent)] == [(What.ACTUAL, name)]


def test_missed_target_asks_for_no_lower_target__changed(compared: Compared) -> None:
    first = shenzhen.form()
    difference = compared(first, first.with_target("预算执行率", target="≥90%"))
    assert "CS103" in codes(difference, Fate.FIXED)
    assert [c[:2] for c in told(difference.silent)] == [(What.TARGET, "预算执行率")]


def test_score_over_its_cap_asks_for_no_higher_cap__changed(compared: Compared) -> None:
    first = shenzhen.form()
    difference = compared(first, first.with_cap(FULL, D(5)).with_cap(CLEAR, D(5)))
    assert "AR102" in codes(difference, Fate.FIXED)
    assert [c[:2] for c in told(difference.silent)] == [
        (What.MAX_SCORE, FULL), (What.MAX_SCORE, CLEAR),
    ]  # fmt: skip


def test_total_follows__its_scores_were_changed(compared: Compared) -> None:
    first = guangzhou.clean()
    second = first.with_score(RECORDED, D(0)).with_right_total()
    difference = compared(first, second)
    assert [c[:2] for c in told(difference.silent)] == [(What.SCORE, RECORDED)]
    (total,) = [c for c in difference.changes if c.what is What.TOTAL]
    assert total.follows


def test_formula_that_became_a_constant_is_silent__same_value(compared: Compared) -> None:
    formulas = guangzhou.form("cached_total")
    difference = compared(formulas, guangzhou.form())
    assert {c.what for c in difference.silent} == {What.MAX_SCORE, What.TOTAL}
    assert {(c.lost_formula[:4], c.before == c.after) for c in difference.silent} == {
        ("SUM(", True)
    }
    assert compared(guangzhou.form(), formulas).changes == ()


def test_words_are_a_mere_notice__changed(compared: Compared) -> None:
    first = guangzhou.clean()
    name = next(path[-1] for path, leaf in first.leaves() if leaf.reason)
    difference = compared(first, first.with_reason(name, "因合同跨年，已列入下一年度计划支付。"))
    (change,) = difference.silent
    assert (change.what, change.severity) == (What.REASON, Severity.NOTICE)


@pytest.mark.parametrize("variant", guangzhou.VARIANTS)
def test_layout_is_no_change__municipal(variant: str, compared: Compared) -> None:
    difference = compared(guangzhou.form(), guangzhou.form(variant))
    assert {t.fate for t in difference.findings if t.finding.code != "VL103"} == {Fate.OPEN}
    assert difference.changes == ()


@pytest.mark.parametrize("variant", shenzhen.VARIANTS)
def test_layout_is_no_change__district(variant: str, compared: Compared) -> None:
    difference = compared(shenzhen.form(), shenzhen.form(variant))
    assert {t.fate for t in difference.findings if t.finding.code != "VL103"} == {Fate.OPEN}
    # The printed form spells some of the bureau's own standards more fully.
    assert [c for c in difference.changes if c.what not in OWN_WORDS] == []
    assert variant == "as_printed" or difference.changes == ()


def test_fate_is_unchecked__the_column_is_gone(compared: Compared) -> None:
    first = guangzhou.clean()
    name = next(path[-1] for path, leaf in first.leaves() if leaf.reason and leaf.action)
    broken = first.with_action(name, None)
    difference = compared(broken, broken.with_options(dropped=("action",)))
    assert codes(difference, Fate.UNCHECKED) == ["NR102"]
    assert codes(difference, Fate.FIXED) == []


def test_marks_of_ours_are_no_change__annotated_copy(tmp_path: Path) -> None:
    first = shenzhen.build("as_meant", tmp_path / "a.xlsx")
    copy = annotate_file(first, OPTIONS).written
    for pair in ((first, copy), (copy, first)):
        difference = compare_files(*pair, OPTIONS)
        assert {traced.fate for traced in difference.findings} == {Fate.OPEN}
        assert difference.changes == ()


def test_answer_closes_what_is_to_verify__not_what_must_be_changed(tmp_path: Path) -> None:
    first = shenzhen.build("as_meant", tmp_path / "a.xlsx")
    copy = annotate_file(first, OPTIONS).written
    answer(copy, SC104="调查材料见附件", AR102="口径不同")
    difference = compare_files(first, copy, OPTIONS)
    (closed,) = difference.of(Fate.ANSWERED)
    assert (closed.finding.code, closed.answer, closed.counts) == ("SC104", "调查材料见附件", False)
    (kept,) = [t for t in difference.of(Fate.OPEN) if t.finding.code == "AR102"]
    assert (kept.answer, kept.counts) == ("口径不同", True)


def test_answer_is_void__the_value_changed_since(tmp_path: Path) -> None:
    first = shenzhen.build("as_meant", tmp_path / "a.xlsx")
    copy = annotate_file(first, OPTIONS).written
    answer(copy, SC104="调查材料见附件")
    book = openpyxl.load_workbook(copy)
    place = shenzhen.form().place("公众或服务对象满意度")
    assert book[place.sheet][place.cell].value == 6
    book[place.sheet][place.cell] = 5
    book.save(copy)
    difference = compare_files(first, copy, OPTIONS)
    assert "SC104" in codes(difference, Fate.OPEN)


def test_old_format_is_compared_by_values__formulas_unknown(office: Office, tmp_path: Path) -> None:
    first = guangzhou.build("cached_total", tmp_path / "a.xlsx")
    second = office.resave(
        guangzhou.form("cached_total").with_score(RECORDED, D(2)).build(tmp_path / "b.xlsx"),
        tmp_path / "b.xls",
    )
    difference = compare_files(first, second, OPTIONS)
    assert difference.remarks == ("旧格式文件看不到公式，只比较数值",)
    assert [c[:2] for c in told(difference.silent)] == [(What.SCORE, RECORDED)]


def test_nothing_is_told_to_be_fixed__the_second_cannot_be_read(tmp_path: Path) -> None:
    first = shenzhen.build("as_meant", tmp_path / "a.xlsx")
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(first.read_bytes()[:2000])
    difference = compare_files(first, broken, OPTIONS)
    assert codes(difference, Fate.FIXED) == []
    assert [code[:3] for code in codes(difference, Fate.NEW)] == ["FL1"]
    assert difference.remarks == ("后一份没有读到表，不能比较",)
    assert difference.count(Severity.ERROR) == 1
    back = compare_files(broken, first, OPTIONS)
    assert "AR102" in codes(back, Fate.NEW)
    assert back.changes == ()


def test_same_file_is_known__copied(tmp_path: Path) -> None:
    first = shenzhen.build("as_meant", tmp_path / "a.xlsx")
    difference = compare_files(first, Path(shutil.copy(first, tmp_path / "b.xlsx")), OPTIONS)
    assert difference.is_same_file
    assert difference.changes == ()


def test_figure_of_a_template_is_told__by_its_name(tmp_path: Path) -> None:
    first = tmp_path / "a.xlsx"
    first.write_bytes(new_form(scheme_folder("guangzhou-2022"), unit="某局", year=2022))
    book = openpyxl.load_workbook(first)
    key = "_perfxl_in_mean_execution_rate"
    sheet, _, cell = book.defined_names[key].attr_text.replace("'", "").partition("!")
    book[sheet][cell.replace("$", "")] = 0.9
    book.save(tmp_path / "b.xlsx")
    difference = compare_files(first, tmp_path / "b.xlsx", OPTIONS)
    (change,) = [c for c in difference.changes if c.what is What.INPUT]
    assert (change.label, change.before, change.after) == ("年度平均执行率", "", "0.9")
    assert change.is_silent
    # What the template computes from it only follows.
    assert {c.what for c in difference.silent} == {What.INPUT}
    assert any(c.follows for c in difference.changes if c.what is What.SCORE)


def test_other_version_of_the_scheme__is_remarked(tmp_path: Path) -> None:
    (entry,) = check_file(guangzhou.clean().build(tmp_path / "a.xlsx"), OPTIONS).entries
    assert entry.scheme
    old = Version(Return(), (replace(entry, scheme=replace(entry.scheme, version="1")),))
    new = Version(Return(), (replace(entry, scheme=replace(entry.scheme, version="2")),))
    assert compare(old, new).remarks == (
        "两份的方案版本不同：前一份1，后一份2；有的改动可能是表式变了",
    )
    assert compare(old, old).remarks == ()
