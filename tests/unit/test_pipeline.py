"""The main job on the two published self-evaluations, in every layout they come back in."""

import hashlib
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perfxl.engine.selection import select_rules
from perfxl.model.finding import Severity
from perfxl.model.grade import Grade
from perfxl.model.report import Entry, Outcome
from perfxl.pipeline import Options, annotate_file, check_file, clean_file, report_of
from perfxl.render.page import marks, result_page
from perfxl.render.text import render_text
from tests.forms import guangzhou, national, shenzhen
from tests.forms.figures import Formula

GUANGZHOU = [
    "as_meant",
    "as_printed",
    "blank_filled",
    "repeated_labels",
    "moved",
    "uncached_total",
    "cached_total",
    "text_scores",
]
SHENZHEN = ["as_meant", "as_printed", "moved", "uncached_total", "text_scores"]
OPTIONS = Options(select_rules())


def check(path: Path) -> Entry:
    """The only entry of a file, checked without a crash."""
    checked = check_file(path, OPTIONS)
    assert checked.failures == ()
    (entry,) = checked.entries
    return entry


def serious(entry: Entry) -> list[tuple[str, str]]:
    """(code, sheet) of everything that is not a mere notice."""
    return [(f.code, f.place.sheet) for f in entry.findings if f.severity is not Severity.NOTICE]


@pytest.mark.parametrize("variant", GUANGZHOU)
def test_municipal_return_is_right__in_every_layout(variant: str, tmp_path: Path) -> None:
    path = tmp_path / "自评 表.xlsx"
    guangzhou.build(variant, path)
    entry = check(path)
    # As published: the budget adds up in no reading, and the head denies what output lost.
    (denied,) = [f for f in entry.findings if f.code == "CS111"]
    assert "“部门整体绩效目标产出指标完成情况”扣了0.46分" in denied.message
    (budget,) = [f for f in entry.findings if f.code == "CS105"]
    assert budget.severity is Severity.VERIFY
    assert "39667.84万元，差186万元" in budget.message
    assert "39441.84万元，差40万元" in budget.message
    other = {f.code for f in entry.findings} - {"CS105", "CS111"}
    assert other == ({"VL103"} if variant == "text_scores" else set())
    assert entry.outcome is Outcome.PASS
    assert entry.scheme is not None
    assert (entry.scheme.id, entry.scheme.how) == ("guangzhou-2022", "header")
    assert entry.unit == "某市应急管理局"
    assert entry.year == "2022"
    assert entry.total.stated == entry.total.computed == Decimal("94.49")
    assert entry.grade.stated is entry.grade.computed is Grade.EXCELLENT


@pytest.mark.parametrize("variant", GUANGZHOU)
def test_municipal_shortfalls_are_listed__with_reason_and_action(
    variant: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    guangzhou.build(variant, path)
    entry = check(path)
    listed = [(str(s.score), str(s.max_score)) for s in entry.shortfalls]
    assert [(Decimal(a), Decimal(b)) for a, b in listed] == [
        (Decimal(a), Decimal(b))
        for a, b in (
            ("19.54", "20"),
            ("8.95", "10"),
            ("1", "2"),
            ("1", "2"),
            ("2", "3"),
            ("0.5", "1"),
            ("1.5", "2"),
        )
    ]
    assert all(s.reason and s.action for s in entry.shortfalls)


@pytest.mark.parametrize("variant", SHENZHEN)
def test_district_return__exact_findings_in_every_layout(variant: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    shenzhen.build(variant, path)
    entry = check(path)
    found = {(f.code, f.severity.value) for f in entry.findings}
    expected = {
        ("AR102", "error"),
        ("NR103", "verify"),
        ("CS103", "notice"),
        ("CS106", "verify"),
        ("CS120", "verify"),
        ("SC104", "verify"),
    }
    assert found - {("VL103", "notice"), ("VL103", "verify")} == expected
    over = next(f for f in entry.findings if f.code == "AR102")
    assert over.path[-1] == "绩效目标完整性"
    assert (over.provided, over.expected, over.difference) == ("5", "3", "2")
    assert "绩效指标明确性" in over.message
    missing = next(f for f in entry.findings if f.code == "NR103")
    for name in ("公用经费控制率", "预算执行率", "编外人员控制率", "绩效指标明确性"):
        assert name in missing.message
    skipped = {skip.code: skip.reason for skip in entry.skipped}
    assert skipped["NR101"] == "本表无“未达标原因”栏"
    assert entry.total.stated == entry.total.computed == Decimal("95.7")
    assert entry.total.capped == Decimal("93.7")
    assert [(s.score, s.max_score) for s in entry.shortfalls] == [
        (Decimal(5), Decimal(7)),
        (Decimal(0), Decimal(1)),
        (Decimal(4), Decimal(6)),
        (Decimal("4.7"), Decimal(6)),
    ]
    (missed,) = entry.missed_targets
    assert (missed.path[-1], missed.target, missed.actual) == ("预算执行率", "≥95%", "94.5%")
    assert {table.kind for table in entry.tables} == {"score", "tasks", "targets"}


def test_original_is_untouched__by_annotate_and_clean(tmp_path: Path) -> None:
    path = tmp_path / "某局 自评表.xlsx"
    shenzhen.build("as_meant", path)
    before = path.read_bytes()
    annotated = annotate_file(path, OPTIONS)
    assert annotated.written.name == "某局 自评表.annotated.xlsx"
    cleaned = clean_file(annotated.written)
    assert cleaned.written is not None
    assert cleaned.written.name == "某局 自评表.clean.xlsx"
    assert path.read_bytes() == before


def test_annotated_copy_is_checked_like_the_original(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    shenzhen.build("as_meant", path)
    first = check(path)
    again = check(annotate_file(path, OPTIONS).written)
    assert [f for f in again.findings if f.code != "FL206"] == list(first.findings)
    assert again.total == first.total


def test_unreadable_file_is_one_finding__never_an_exception(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("<html><body>表</body></html>", encoding="utf-8")
    entry = check(path)
    assert entry.outcome is Outcome.UNREADABLE
    assert [f.code for f in entry.findings] == ["FL101"]
    assert entry.skipped == ()
    assert entry.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_unreadable_file_is_annotated__as_a_workbook_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text("<html><body>表</body></html>", encoding="utf-8")
    annotated = annotate_file(path, OPTIONS)
    assert annotated.refusal
    assert annotated.written.name == "a.findings.xlsx"
    sheet = openpyxl.load_workbook(annotated.written).active
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert [text for text in texts if text.startswith("原表不能直接标注（")]
    assert not [text for text in texts if "报送本文件" in text]


@pytest.mark.parametrize("score", ["9E307", "-9E307", "-1E-300", "1E+20"])
def test_numbers_beyond_measure__are_told_briefly_everywhere(score: str, tmp_path: Path) -> None:
    path = guangzhou.form().with_score("合同备案时效性", Decimal(score)).build(tmp_path / "a.xlsx")
    checked = check_file(path, OPTIONS)
    assert checked.failures == ()
    page = result_page(checked.entries)
    texts = [str(item.value) for row in page.rows for item in row]
    texts += [mark.note for mark in marks(checked.entries[0])]
    texts.append(render_text(report_of([checked])))
    assert not [text for text in texts if re.search(r"\d{21}|0\.0{15}", text)]
    assert annotate_file(path, OPTIONS).refusal == ""


def test_total_that_could_not_be_computed__is_not_called_blank(tmp_path: Path) -> None:
    total = Formula("VLOOKUP(1,A1:B2,2)", Decimal(0), None)
    path = guangzhou.form().with_total(total).build(tmp_path / "a.xlsx")
    page = result_page(check_file(path, OPTIONS).entries)
    (row,) = (row for row in page.rows if row and row[0].value == "总分")
    assert str(row[1].value).startswith("表上是公式，未能算出")


def test_rate_of_the_funds__says_its_basis_and_is_a_table(tmp_path: Path) -> None:
    draft = national.form("anhui").with_head("年度资金总额:initial", Decimal(100))
    draft = draft.with_head("其中：当年财政拨款:initial", Decimal(100))
    entry = check(draft.build(tmp_path / "a.xlsx"))
    assert entry.findings == ()
    (basis,) = [decision for decision in entry.decisions if decision.what == "rate-basis"]
    assert basis.place.cell == draft.cell(national.RATE, "rate")
    told = "执行率填95%，按年初预算数为114%，按全年预算数为95%；与全年预算数口径相符"
    assert basis.message == told
    assert [table.kind for table in entry.tables] == ["score", "funds", "targets"]
    assert entry.tables[1].area == "B3:I7"


def test_rate_that_fits_no_basis__says_none(tmp_path: Path) -> None:
    draft = national.form("anhui").with_head("年度资金总额:rate", Decimal("0.5"))
    entry = check(draft.build(tmp_path / "a.xlsx"))
    assert [finding.code for finding in entry.findings] == ["AR112"]
    assert not [decision for decision in entry.decisions if decision.what == "rate-basis"]


@pytest.mark.parametrize("repeats_parts", [False, True])
@pytest.mark.parametrize("wording", sorted(national.WORDINGS))
def test_project_form__has_no_finding(wording: str, repeats_parts: bool, tmp_path: Path) -> None:
    """Where it has no column for reasons, only that remains to be verified."""
    draft = national.form(wording, repeats_parts=repeats_parts)
    allowed = {"NR103"} if wording == "hubei" else set()
    assert {f.code for f in check(draft.build(tmp_path / "a.xlsx")).findings} == allowed
