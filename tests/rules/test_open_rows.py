"""Rows that a form leaves open, in real-shaped returns: counted, told, and no fault."""

from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.engine.selection import select_rules
from perfxl.model.report import Entry
from perfxl.pipeline import Options, check_file
from tests.forms import generic, guangzhou
from tests.forms.figures import Leaf, Value
from tests.forms.mutate import Draft

NATIONAL = generic.form("national")
LAST = "参训人员满意度"
LEAF = "数据质量"  # two points of two, under a group of six


def check(draft: Draft, path: Path) -> Entry:
    draft.build(path)
    (entry,) = check_file(path, Options(select_rules())).entries
    return entry


def beyond(name: str, score: Value, total: str) -> Draft:
    """The national form with one more row, and a total changed by that much."""
    stated = NATIONAL.sum_of_scores() + Decimal(total)
    return NATIONAL.with_added(LAST, Leaf(name, None, score)).with_total(stated)


@pytest.mark.parametrize(
    ("name", "score", "total", "decisions"),
    [
        ("加分项：市级表彰", Decimal("0.5"), "0.5", []),
        ("加分项：市级表彰", None, "0", []),
        ("扣分项：通报批评", Decimal(-2), "-2", []),
        ("扣分项：通报批评", Decimal(2), "-2", ["deduction-sign"]),
        ("扣分项：通报批评", Decimal(2), "0", ["deduction-sign"]),
        ("加分项：市级表彰", "无", "0", []),
    ],
)
def test_row_beyond_full_marks__is_no_error(
    name: str, score: Value, total: str, decisions: list[str], tmp_path: Path
) -> None:
    entry = check(beyond(name, score, total), tmp_path / "a.xlsx")
    # A total beyond full marks, or one that leaves the deduction out, is to be verified.
    told = {"0.5": "AR109", "0": "AR104" if isinstance(score, Decimal) else ""}.get(total)
    left_out = [(told, "verify")] if told else []
    assert [(f.code, f.severity.value) for f in entry.findings] == left_out
    assert [decision.what for decision in entry.decisions] == decisions
    assert len(entry.shortfalls) == len(check(NATIONAL, tmp_path / "b.xlsx").shortfalls)


@pytest.mark.parametrize(("gained", "is_told"), [("2", False), ("0", True), ("1.9", True)])
def test_indicator_that_does_not_apply__is_told_where_no_way_fits(
    gained: str, is_told: bool, tmp_path: Path
) -> None:
    """Full marks for it are two points; nothing for it is a zero."""
    city = guangzhou.clean()
    others = city.sum_of_scores() - 2
    draft = city.with_score(LEAF, "不适用").with_total(others + Decimal(gained))
    entry = check(draft, tmp_path / "a.xlsx")
    wanted = [("VL102", draft.cell(LEAF), "verify")] if is_told else []
    assert [(f.code, f.place.cell, f.severity.value) for f in entry.findings] == wanted
    assert (entry.total.computed is None) is is_told
    assert ("not-applicable" in [d.what for d in entry.decisions]) is not is_told
