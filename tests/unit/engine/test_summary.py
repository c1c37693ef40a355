from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from perfxl.engine.judge import judge
from perfxl.engine.summary import (
    grade_summary,
    outcome,
    rule_set_version,
    shortfalls,
    subtotals,
    total_summary,
)
from perfxl.model.finding import Verdict, Waiver
from perfxl.model.grade import Grade
from perfxl.model.number import NumberKind
from perfxl.model.report import GradeSummary, Outcome, TotalSummary
from perfxl.rules.base import Subject
from tests.unit.engine.small_forms import form, number, returned


def test_shortfalls__are_scores_below_their_cap() -> None:
    (short,) = shortfalls(form(first="0", total="6"))
    assert short.path == ("管理效率", "数据质量")
    assert short.place.cell == "E2"
    assert [short.score, short.max_score] == [0, 4]
    assert [short.lost, short.lost_rate] == [4, 1]
    assert (short.reason, short.action) == ("", "")


def test_shortfalls__leave_out_full_blank_and_excessive_scores() -> None:
    assert shortfalls(form()) == ()
    assert shortfalls(form(first=None)) == ()
    assert shortfalls(form(first="5")) == ()
    assert shortfalls(None) == ()


def test_shortfalls__have_no_reason__when_the_form_has_no_column() -> None:
    one = form(first="3")
    for leaf in one.leaves():
        leaf.shortfall_reason = leaf.improvement_measures = None
    (short,) = shortfalls(one)
    assert (short.reason, short.action) == (None, None)


@pytest.mark.parametrize(("first", "expected"), [("3.5", Decimal("9.5")), (None, None)])
def test_subtotals__add_up_the_group(first: str | None, expected: Decimal | None) -> None:
    (subtotal,) = subtotals(form(first=first))
    assert (subtotal.path, subtotal.cell) == (("管理效率",), "A2")
    assert subtotal.max_score == 10
    assert subtotal.score == expected


def test_total__is_stated_computed_and_held_to_caps() -> None:
    assert total_summary(form(first="5", total="11")) == TotalSummary(
        Decimal(11), Decimal(11), Decimal(10), Decimal(10)
    )
    assert total_summary(form(first="3", total="10")) == TotalSummary(
        Decimal(10), Decimal(9), Decimal(10), Decimal(9)
    )


def test_total__rounds_each_leaf_first() -> None:
    one = form(first="3.005", second=number("E3", "5.005"))
    assert total_summary(one).computed == Decimal("8.02")


def test_total__is_unknown__when_a_score_is_no_number() -> None:
    one = form(second=number("E3", "五分", NumberKind.TEXT))
    assert total_summary(one) == TotalSummary(Decimal(10), None, Decimal(10), None)
    assert total_summary(None) == TotalSummary(None, None, None, None)


def test_grade__is_stated_and_earned() -> None:
    assert grade_summary(form()) == GradeSummary(Grade.EXCELLENT, Grade.EXCELLENT)
    low = form(first="2.99", total="8.99")
    assert grade_summary(low) == GradeSummary(Grade.EXCELLENT, Grade.GOOD)


def test_grade__is_unknown__without_all_scores_or_bands() -> None:
    assert grade_summary(form(first=None)).computed is None
    one = form()
    one.grade = None
    assert grade_summary(one) == GradeSummary(None, None)
    assert grade_summary(None) == GradeSummary(None, None)


def test_grade__keeps_every_tick__where_there_are_several() -> None:
    one = form()
    assert one.grade is not None
    one.grade = replace(one.grade, stated=(Grade.EXCELLENT, Grade.GOOD))
    assert grade_summary(one).stated is None
    assert grade_summary(one).ticked == (Grade.EXCELLENT, Grade.GOOD)


def test_outcome__is_pass_fail_or_unreadable() -> None:
    clean, wrong = form(), form(first="5", total="11")
    assert outcome(judge(Subject(returned(clean), form=clean)), has_table=True) is Outcome.PASS
    assert outcome(judge(Subject(returned(wrong), form=wrong)), has_table=True) is Outcome.FAIL
    assert outcome(Verdict(), has_table=False) is Outcome.UNREADABLE


def test_outcome__passes__once_every_error_is_waived() -> None:
    wrong = form(first="5", total="11")
    verdict = judge(Subject(returned(wrong), form=wrong))
    waiver = Waiver("批复同意", "预算科", date(2024, 12, 31))
    first, *others = [replace(finding, waived=waiver) for finding in verdict.findings]
    assert outcome(replace(verdict, findings=(first, *others)), has_table=True) is Outcome.PASS
    left = (replace(first, waived=None), *others)
    assert outcome(replace(verdict, findings=left), has_table=True) is Outcome.FAIL


def test_outcome__passes__with_findings_below_error() -> None:
    one = form(second=number("E3", "6", NumberKind.TEXT_NUMBER))
    verdict = judge(Subject(returned(one), form=one))
    assert [finding.code for finding in verdict.findings] == ["VL103"]
    assert outcome(verdict, has_table=True) is Outcome.PASS


def test_rule_set_version__is_short_and_stable() -> None:
    assert rule_set_version() == rule_set_version()
    assert len(rule_set_version()) == 12
