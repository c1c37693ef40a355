"""Ledgers of scores whose published returns tell how they came about."""

from decimal import Decimal as D
from pathlib import Path

import pytest

from perfxl.engine.ledger.build import build_ledger
from perfxl.engine.ledger.entry import Entry, Footing, Kind, walk
from perfxl.engine.ledger.search import alike, find
from perfxl.scheme.load import load_scheme
from perfxl.scheme.model import Scheme
from tests.unit.engine import small_forms
from tests.unit.engine.ledger.returns import subject_of

TEMPLATES = Path(__file__).resolve().parents[4] / "templates"
PACES = ("progress_q1", "progress_q2", "progress_q3", "progress_q4")


@pytest.fixture(scope="module")
def guangzhou() -> Scheme:
    return load_scheme(TEMPLATES / "guangzhou-2022")


@pytest.fixture(scope="module")
def shenzhen() -> Scheme:
    return load_scheme(TEMPLATES / "shenzhen-2023")


def _score(ledger: Entry, name: str) -> Entry:
    (found,) = [e for _, e in walk(ledger) if e.kind is Kind.SCORE and e.label == name]
    return found


def test_rate_gives_its_points__down_to_the_input_cell(guangzhou: Scheme) -> None:
    name = "部门预算资金支出率"
    ledger = build_ledger(
        subject_of(guangzhou, scores={name: D("8.95")}, inputs={"mean_execution_rate": D("0.8951")})
    )
    entry = _score(ledger, name)
    assert (entry.stated, entry.computed, entry.difference) == (D("8.95"), D("8.95"), None)
    assert entry.worked == "10 × 89.51% = 8.951，保留两位小数为8.95"
    assert entry.reason
    assert entry.reason.footing is Footing.PUBLISHED
    (measure,) = entry.children
    assert (measure.kind, measure.computed) == (Kind.MEASURE, D("0.8951"))
    (asked,) = measure.children
    assert (asked.kind, asked.stated) == (Kind.INPUT, D("0.8951"))
    assert asked.place
    assert asked.place.sheet == "基础数据"


def test_mean_of_completion_rates__as_published(guangzhou: Scheme) -> None:
    name = "部门整体绩效目标产出指标完成情况"
    rates = [D(1)] * 20 + [D("3.5") / 6, D(904) / 994]
    ledger = build_ledger(
        subject_of(guangzhou, scores={name: D("19.54")}, rates={"output_rates": rates})
    )
    entry = _score(ledger, name)
    assert entry.computed == D("19.54")
    assert entry.reason
    assert entry.reason.footing is Footing.DERIVED
    assert [len(child.children) for child in entry.children] == [22]


def test_pace_names_its_parts__as_published(shenzhen: Scheme) -> None:
    rates = map(D, ("0.2085", "0.3992", "0.7361", "0.9451"))
    inputs = dict(zip(PACES, rates, strict=True))
    entry = _score(build_ledger(subject_of(shenzhen, inputs=inputs)), "预算执行率")
    assert entry.computed == D("4.70")
    assert "0.834 + 0.7984 + 0.981467 + 0.9451 + 1.14445" in entry.worked
    assert [child.stated for child in entry.children] == list(inputs.values())


def test_what_lacks_is_named__an_input_blank(shenzhen: Scheme) -> None:
    inputs = dict.fromkeys(PACES[:3], D("0.5"))
    entry = _score(build_ledger(subject_of(shenzhen, inputs=inputs)), "预算执行率")
    assert entry.computed is None
    assert len(entry.missing) == 1
    assert entry.missing[0].startswith("12月末累计支出进度（基础数据!")


def test_zero_is_a_figure__not_a_blank(shenzhen: Scheme) -> None:
    inputs = dict.fromkeys(PACES, D(0))
    entry = _score(build_ledger(subject_of(shenzhen, inputs=inputs)), "预算执行率")
    assert (entry.computed, entry.missing) == (D(0), ())


def test_recomputed_total_follows_published_standards__alone(guangzhou: Scheme) -> None:
    """A derived standard gives a reference; the total goes by what the unit stated."""
    scores = {
        "部门预算资金支出率": D(10),
        "部门整体绩效目标产出指标完成情况": D(20),
    }
    ledger = build_ledger(
        subject_of(
            guangzhou,
            scores=scores,
            inputs={"mean_execution_rate": D("0.8951")},
            rates={"output_rates": [D("0.5")]},
            total=D(31),
        )
    )
    assert (ledger.computed, ledger.recomputed) == (D(30), D("28.95"))
    assert ledger.difference == 1
    assert _score(ledger, "部门整体绩效目标产出指标完成情况").difference == 10
    assert _score(ledger, "部门预算资金支出率").is_firm


def test_score_stays_a_leaf__judged_by_a_person(guangzhou: Scheme) -> None:
    entry = _score(build_ledger(subject_of(guangzhou, scores={"数据质量": D(2)})), "数据质量")
    assert (entry.stated, entry.computed, entry.children) == (D(2), None, ())
    assert entry.reason
    assert entry.reason.footing is Footing.JUDGED


def test_judged_score_shows_its_rate__the_rate_is_known(guangzhou: Scheme) -> None:
    inputs = {"carryover": D(25), "budget_total": D(1000)}
    entry = _score(build_ledger(subject_of(guangzhou, inputs=inputs)), "结转结余率")
    assert [(child.label, child.computed) for child in entry.children] == [
        ("结转结余率", D("0.025"))
    ]
    assert entry.computed is None


def test_text_among_scores_stops_the_sum__and_is_named() -> None:
    from perfxl.model.number import NumberKind
    from perfxl.rules.base import Subject

    bad = small_forms.number("E3", "六分", NumberKind.TEXT)
    form = small_forms.form(second=bad)
    ledger = build_ledger(Subject(small_forms.returned(form), (), form))
    assert ledger.computed is None
    assert "固定资产利用率" in ledger.obstacle
    assert "六分" in ledger.obstacle


@pytest.mark.parametrize(
    ("wanted", "label"),
    [
        ("总分", "总分"),
        ("部门预算资金支出率", "部门预算资金支出率"),
        ("支出率", "部门预算资金支出率"),
        ("履职效能/整体效能/部门预算资金支出率", "部门预算资金支出率"),
        ("采购/备案", "合同备案时效性"),
        ("采购管理", "采购管理"),
        ("H4", "部门预算资金支出率"),
        ("自评表!$H$4", "部门预算资金支出率"),
        ("年度平均执行率", "年度平均执行率"),
    ],
)
def test_figure_is_found__by_name_part_path_or_cell(
    guangzhou: Scheme, wanted: str, label: str
) -> None:
    found = find([build_ledger(subject_of(guangzhou))], wanted)
    assert [entry.label for entry in found] == [label]


def test_several_are_returned__a_part_fits_several(guangzhou: Scheme) -> None:
    found = find([build_ledger(subject_of(guangzhou))], "采购活动合规性")
    assert len(found) == 1
    found = find([build_ledger(subject_of(guangzhou))], "合规性")
    assert len(found) > 3


def test_similar_names_are_offered__nothing_fits(guangzhou: Scheme) -> None:
    ledger = build_ledger(subject_of(guangzhou))
    assert find([ledger], "部门预算资金执行率") == []
    assert "部门预算资金支出率" in alike([ledger], "部门预算资金执行率")
    assert find([ledger], "XFE9") == []
    assert find([ledger], "、") == []


def test_keys_are_unique_among_siblings__all_schemes(guangzhou: Scheme, shenzhen: Scheme) -> None:
    for ledger in map(build_ledger, map(subject_of, (guangzhou, shenzhen))):
        for _, entry in walk(ledger):
            keys = [child.key for child in entry.children]
            assert len(keys) == len(set(keys))
