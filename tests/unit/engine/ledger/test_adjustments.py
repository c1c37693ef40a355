"""Bonuses and deductions in a ledger: what they are called and what they do to the sum."""

from decimal import Decimal

import pytest

from perfxl.engine.ledger.build import build_ledger
from perfxl.engine.ledger.entry import Entry, Kind, walk
from perfxl.engine.ledger.replay import replay
from perfxl.engine.ledger.search import find
from perfxl.model.form import Return
from perfxl.model.number import Number, NumberKind
from perfxl.rules.base import Subject
from tests.unit.model.test_counting import form

BONUS = "| 加分项 | | 获奖 | | 市级表彰 | {limit} | {points} |"
DEDUCTION = "| 扣分项 | | 通报 | | 被通报 | {limit} | {points} |"


def ledger_of(total: str, row: str, limit: str, points: str) -> tuple[Entry, Subject]:
    read = form("10", total, row.format(limit=limit, points=points))
    subject = Subject(Return(forms=[read]), (), read)
    return build_ledger(subject), subject


@pytest.mark.parametrize(
    ("row", "limit", "points", "total"),
    [
        (BONUS, "5", "2", "87"),
        (BONUS, "5", "7", "90"),  # held to its limit
        (BONUS, "20", "17", "100"),  # held to full marks
        (BONUS, "5", "0", "85"),
        (BONUS, "5", "", "85"),
        (BONUS, "5", "无", "85"),
        (DEDUCTION, "5", "2", "83"),
        (DEDUCTION, "5", "-2", "83"),
        (DEDUCTION, "5", "7", "80"),  # held to its limit
        (DEDUCTION, "", "1.005", "83.99"),  # rounded first
    ],
)
def test_total__with_a_row_beyond_full_marks__is_that_of_the_check(
    row: str, limit: str, points: str, total: str
) -> None:
    ledger, subject = ledger_of(total, row, limit, points)
    assert ledger.computed == subject.counting.total == Decimal(total)
    assert ledger.difference is None
    assert replay(ledger) == ledger


@pytest.mark.parametrize(
    ("row", "points", "said"),
    [
        (BONUS, "2", "加分项，计入总分，不超过5分"),
        (DEDUCTION, "2", "扣分项，从总分里减去，填正数，不超过5分"),
        (DEDUCTION, "-2", "扣分项，从总分里减去，填的是负数，直接相加，不超过5分"),
    ],
)
def test_row_beyond_full_marks__says_how_it_counts(row: str, points: str, said: str) -> None:
    ledger, _ = ledger_of("83", row, "5", points)
    (entry,) = [one for _, one in walk(ledger) if one.kind is Kind.ADJUSTMENT]
    assert (entry.stated, entry.max_score) == (Decimal(points), Decimal(5))
    assert entry.reason
    assert entry.reason.sentence == said


def test_row_beyond_full_marks__is_found_by_its_name() -> None:
    ledger, _ = ledger_of("87", BONUS, "5", "2")
    (entry,) = find([ledger], "市级表彰")
    assert entry.kind is Kind.ADJUSTMENT


def test_row_beyond_full_marks__that_is_no_number__stops_the_sum() -> None:
    ledger, _ = ledger_of("87", BONUS, "5", "两分")
    assert ledger.computed is None
    assert "市级表彰" in ledger.obstacle


def test_bonus__without_any_score__makes_no_total() -> None:
    row = BONUS.format(limit="5", points="2")
    read = form("10", "", row)
    for leaf in read.leaves():
        if leaf.adjustment is None:
            leaf.score = Number(leaf.score.place, NumberKind.BLANK, None, "")
    assert build_ledger(Subject(Return(forms=[read]), (), read)).computed is None
