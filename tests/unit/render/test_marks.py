"""Highlights and notes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from perfxl.model.address import Place
from perfxl.model.finding import Severity
from perfxl.model.number import plain
from perfxl.model.page import MarkKind
from perfxl.render.marks import marks
from tests.unit.render.reports import EXCEEDS, FAILED, MACRO, SHEET, finding, shortfall

EMPTY = replace(FAILED, findings=(), shortfalls=())


def test_one_mark_a_cell__worst_kind_and_all_notes() -> None:
    verify = finding("CS101", "H8", "执行率不符", severity=Severity.VERIFY)
    found = marks(
        replace(EMPTY, findings=(verify, EXCEEDS), shortfalls=(shortfall("H8", "2", "1"),))
    )

    assert [(mark.place, mark.kind) for mark in found] == [(Place(SHEET, "H8"), MarkKind.ERROR)]
    assert found[0].note.split("\n") == [
        "【校验】必改 “绩效目标完整性”得5分，超过分值3分",
        "怎么改：请把得分改为不超过3的数，总分会重算",
        "AR102",
        "",
        "请核实 执行率不符",
        "怎么改：请改正",
        "CS101",
        "",
        "失分 得1分，分值2分，失1分（50%）；还没有写未达标原因和改进措施",
    ]


@pytest.mark.parametrize(
    ("cap", "score", "kind", "share"),
    [
        ("10", "9.01", MarkKind.SHORT_1, "9.9%"),
        ("10", "9", MarkKind.SHORT_2, "10%"),
        ("10", "5.01", MarkKind.SHORT_2, "49.9%"),
        ("10", "5", MarkKind.SHORT_3, "50%"),
        ("10", "0", MarkKind.SHORT_3, "100%"),
        ("100", "99.999", MarkKind.SHORT_1, "不到0.1%"),
    ],
)
def test_depth_follows_the_share__at_the_boundaries(
    cap: str, score: str, kind: MarkKind, share: str
) -> None:
    (mark,) = marks(replace(EMPTY, shortfalls=(shortfall("H8", cap, score, "有", "有"),)))

    assert mark.kind is kind
    lost = plain(Decimal(cap) - Decimal(score))
    assert mark.note == f"【校验】失分 得{score}分，分值{cap}分，失{lost}分（{share}）"


def test_what_stands_there_is_told__unless_the_message_says_so() -> None:
    silent = finding("AR104", "H40", "总分与各项之和不符", provided="95.7", expected="95.2")
    (mark,) = marks(replace(EMPTY, findings=(silent,)))

    assert mark.note.split("\n")[0] == "【校验】必改 总分与各项之和不符（现为95.7，应为95.2）"


def test_consequence_names_its_cause__and_is_marked_too() -> None:
    mark = next(mark for mark in marks(FAILED) if mark.place.cell == "B5")

    assert mark.kind is MarkKind.ERROR
    assert "由H8引起，先改H8" in mark.note


def test_no_mark__finding_on_the_whole_file() -> None:
    assert marks(replace(EMPTY, findings=(MACRO,))) == []


def test_note_stays_short__long_texts() -> None:
    long = finding("AR102", "H8", "长" * 5000)
    (mark,) = marks(replace(EMPTY, findings=(long,)))

    assert len(mark.note) == 1200
    assert mark.note.startswith("【校验】必改 长")
