"""One change to a real-shaped return: exactly that code, at exactly that cell.

Consequences that the engine links to the change are told apart: only findings without a cause
count. Two lists say the same twice on purpose: what is changed, and what is found of it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.engine.selection import select_rules
from perfxl.model.report import Entry
from perfxl.pipeline import Options, check_file
from perfxl.rules.registry import all_rules
from tests.forms import generic, guangzhou, shenzhen
from tests.forms.figures import ErrorValue, Leaf, Value
from tests.forms.mutate import Draft

OPTIONS = Options(select_rules())
CITY, DISTRICT = guangzhou.clean(), shenzhen.clean()
LEAF = "数据质量"  # two points of two, nothing lost


@dataclass(frozen=True, slots=True)
class Mutation:
    """The changed form and the findings it must give: (code, key, field) of the form."""

    draft: Draft
    expect: tuple[tuple[str, str, str], ...]


def one(code: str, draft: Draft, key: str = LEAF, field: str = "score") -> Mutation:
    return Mutation(draft, ((code, key, field),))


def explained(score: Value) -> Draft:
    """A changed score whose loss is explained and counted."""
    changed = CITY.with_score(LEAF, score).with_reason(LEAF, "年报有两处数据填错，已说明。")
    return changed.with_action(LEAF, "由财务科在六月底前核对一遍。").with_right_total()


def wider(draft: Draft) -> Draft:
    """One more point in the cap of the first indicator, and in its score."""
    path, leaf = next(iter(draft.leaves()))
    assert isinstance(leaf.cap, Decimal)
    assert isinstance(leaf.score, Decimal)
    more = draft.with_cap(path, leaf.cap + 1).with_score(path, leaf.score)
    return more.with_reason(path, "少完成一项，材料补报。").with_action(path, "六月底前补齐。")


MUTATIONS = {
    "score over its cap": one("AR102", CITY.with_score(LEAF, Decimal("2.01")).with_right_total()),
    "negative score": one("VL101", explained(Decimal("-0.5"))),
    "blank score": one("RQ101", explained(None)),
    "words for a score": one("VL102", explained("两分")),
    "error value": one("VL102", explained(ErrorValue("#REF!"))),
    "date": one("VL102", explained(date(2023, 3, 1))),
    "boolean": one("VL102", explained(True)),
    "number typed as text": one("VL103", CITY.with_score(LEAF, "２.００分")),
    "fixed cap changed": one(
        "ST105",
        CITY.with_cap(LEAF, Decimal("1.5")).with_score(LEAF, Decimal("1.5")).with_right_total(),
        LEAF,
        "cap",
    ),
    "reference cap changed": Mutation(
        DISTRICT.with_cap("预决算信息公开", Decimal(4))
        .with_score("预决算信息公开", Decimal(4))
        .with_cap("财务合规性", Decimal(2))
        .with_score("财务合规性", Decimal(2)),
        (("ST106", "财务合规性", "cap"), ("ST106", "预决算信息公开", "cap")),
    ),
    "indicator renamed": one("ST104", CITY.with_name(LEAF, "资产数据质量"), "资产数据质量", "name"),
    "indicator added": one(
        "ST103",
        CITY.with_added(LEAF, Leaf("资产文化", Decimal(0), Decimal(0), "看氛围。")),
        "资产文化",
        "name",
    ),
    "caps do not add up": one("AR101", wider(generic.form("national")), "total", "cap"),
    "total is not the sum": one(
        "AR104", CITY.with_total(CITY.sum_of_scores() - Decimal("0.5")), "total"
    ),
    "total rounded": one("AR108", CITY.with_total(Decimal("94.5")), "total"),
    "total blank": one("RQ102", CITY.with_total(None), "total"),
    "no grade": one("RQ103", CITY.with_grade(), "grade", "grade"),
    "another grade": one("GR101", CITY.with_grade("良"), "grade", "grade"),
    "two grades": one("GR102", CITY.with_grade("优", "良"), "grade", "grade"),
    "no reason": one("NR101", CITY.with_reason("合同备案时效性", None), "合同备案时效性", "reason"),
    "no action": one("NR102", CITY.with_action("合同备案时效性", ""), "合同备案时效性", "action"),
    "target missed": one(
        "CS103",
        DISTRICT.with_target("预算执行率", target="≥95%", actual="94.5%"),
        "target",
        "预算执行率:actual",
    ),
    "rate fits no basis": one(
        "CS101",
        DISTRICT.with_target("预算执行率", target="≥90%", actual="99%"),
        "target",
        "预算执行率:actual",
    ),
    "task sum": one(
        "CS102",
        DISTRICT.with_task("安全生产工作", 0, Decimal("7564433.51")),
        "task",
        "金额合计:budget_total",
    ),
}


def check(draft: Draft, path: Path) -> Entry:
    draft.build(path)
    checked = check_file(path, OPTIONS)
    assert checked.failures == ()
    (entry,) = checked.entries
    return entry


@pytest.mark.parametrize("draft", [CITY, DISTRICT, generic.form("national")])
def test_form_before_any_change__has_no_finding(draft: Draft, tmp_path: Path) -> None:
    assert check(draft, tmp_path / "a.xlsx").findings == ()


@pytest.mark.parametrize("mutation", [pytest.param(m, id=name) for name, m in MUTATIONS.items()])
def test_one_change__is_exactly_that_finding(mutation: Mutation, tmp_path: Path) -> None:
    entry = check(mutation.draft, tmp_path / "a.xlsx")
    roots = [(f.code, f.place.cell) for f in entry.findings if f.caused_by is None]
    assert roots == [(code, mutation.draft.cell(key, at)) for code, key, at in mutation.expect]


def test_every_arithmetic_and_value_rule__has_its_change() -> None:
    """Rules that need a layout of their own are mutated in their cases instead."""
    changed = {code for mutation in MUTATIONS.values() for code, _, _ in mutation.expect}
    elsewhere = {"AR103", "AR105", "AR109"}
    wanted = {rule.code for rule in all_rules() if rule.family in ("AR", "VL", "GR")}
    assert wanted - changed == elsewhere
