"""The shipped schemes compute what the published returns compute."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from perfxl.formula.coerce import Value
from perfxl.formula.evaluate import evaluate
from perfxl.formula.expression import score_expression
from perfxl.formula.keyed import KeyedValues
from perfxl.formula.shapes import is_manual
from perfxl.formula.tree import Literal
from perfxl.scheme.lint import doubts, lint_scheme
from perfxl.scheme.lint_layout import lint_layout
from perfxl.scheme.load import load_layout, load_scheme_file
from perfxl.scheme.model import CapMode, Scheme, SchemeIndicator, Standard
from tests.unit.scheme.forms import TEMPLATES, shipped

ALL = sorted(folder.name for folder in TEMPLATES.iterdir() if folder.is_dir())
Values = Mapping[str, Value | Sequence[Value]]


def scored(scheme: Scheme, name: str, values: Values, cap: str | None = None) -> Value:
    """A leaf's score; measures are computed first, in their order."""
    known = dict(values)
    for measure in scheme.measures:
        known.setdefault(measure.key, evaluate(measure.expression, KeyedValues(known)))
    leaf = leaf_of(scheme, name)
    assert leaf.scoring is not None
    full = leaf.max_score if cap is None else Decimal(cap)
    assert full is not None
    tree = score_expression(
        leaf.scoring.shape, Literal(full), decimals=scheme.score_decimals, year=scheme.year
    )
    assert tree is not None
    return evaluate(tree, KeyedValues(known))


def leaf_of(scheme: Scheme, name: str) -> SchemeIndicator:
    return next(leaf for leaf in scheme.leaves() if leaf.name == name)


def d(text: str) -> Decimal:
    return Decimal(text)


def test_shipped_schemes__are_six() -> None:
    assert ALL == [
        "guangzhou-2022",
        "hunan-district-2022",
        "liwan-2024",
        "nanchang-xihu-2022",
        "national-project-2020",
        "shenzhen-2023",
    ]


@pytest.mark.parametrize("scheme_id", ALL)
def test_shipped_scheme__has_no_fault_and_hides_nothing_unknown(scheme_id: str) -> None:
    scheme, file = shipped(scheme_id), load_scheme_file(TEMPLATES / scheme_id)
    layout = load_layout(TEMPLATES / scheme_id)
    assert [*lint_scheme(scheme), *lint_layout(scheme, layout), *doubts(scheme, file)] == []
    assert scheme.basis
    assert scheme.unknowns
    assert scheme.bands


@pytest.mark.parametrize("scheme_id", ALL)
def test_shipped_layout__tells_what_the_template_needs(scheme_id: str) -> None:
    layout = load_layout(TEMPLATES / scheme_id)
    (score,) = (sheet for sheet in layout.sheet if sheet.kind == "score")
    assert score.head
    assert score.foot[-1] == "日期（盖章）"
    assert {cell.holds for row in score.head for cell in row.cells} >= {"unit"}
    assert all(sheet.block for sheet in layout.sheet if sheet.kind == "targets")


# The return of a district bureau for 2023 as it prints its figures; amounts in 元.
DISTRICT: Values = {
    "fit_duties": "是", "fit_priorities": "是", "fit_detail": "是", "fit_classes": "是",
    "fit_flexible": "是", "breaches_budget": d("0"), "breaches_goals": d("0"),
    "clear_tasks": "是", "clear_effects": "否", "clear_values": "是", "clear_numbers": "是",
    "clear_grounds": "是", "purchase_plan": d("100"), "purchase_done": d("100"),
    "purchase_policy": d("1"), "spending_rules": d("1"), "budget_scale": d("5285.81"),
    "budget_adjusted": d("409.50"), "bookkeeping": d("1"), "misuse": "无",
    "open_budget": "按内容、时限、范围等要求公开", "open_accounts": "按内容、时限、范围等要求公开",
    "steps_approval": "是", "steps_execution": "是", "watch_mechanism": "是",
    "watch_checks": "是", "assets_kept": "是", "assets_disposed": "是",
    "assets_total": d("100"), "assets_in_use": d("100"), "posts": d("25"), "staff": d("23"),
    "dispatched": d("50"), "hired": d("21"), "rules_made": "是", "rules_kept": "是",
    "rules_performance": "是", "three_budget": d("504000"), "three_spent": d("503975.7"),
    "daily_budget": d("1263507"), "daily_spent": d("1263391.6"), "progress_q1": d("0.2085"),
    "progress_q2": d("0.3992"), "progress_q3": d("0.7361"), "progress_q4": d("0.9451"),
    "tasks_undone": d("0"), "projects_planned": d("10"), "projects_done": d("10"),
    "letters_channel": "是", "letters_answered": "是", "letters_in_time": "是",
    "satisfaction_rate": d("0.9"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "score"),
    [
        ("绩效目标完整性", "3"),
        ("绩效指标明确性", "5"),
        ("编外人员控制率", "0"),
        ("公用经费控制率", "4"),
        ("预算执行率", "4.70"),
        ("公众或服务对象满意度", "4"),
    ],
)
def test_district_return__scores_by_the_printed_standards(name: str, score: str) -> None:
    assert scored(shipped("shenzhen-2023"), name, DISTRICT) == Decimal(score)


def test_district_return__total() -> None:
    """With 3 for 绩效目标完整性, which is its cap, and satisfaction by its tier."""
    scheme = shipped("shenzhen-2023")
    total = Decimal(25)  # 社会效益、经济效益、生态效益等 is judged
    for leaf in scheme.leaves():
        if leaf.scoring and not is_manual(leaf.scoring.shape):
            score = scored(scheme, leaf.name, DISTRICT)
            assert isinstance(score, Decimal), leaf.name
            total += score
    assert total == Decimal("91.70")


@pytest.mark.parametrize(
    ("name", "changed", "score"),
    [
        ("政府采购执行情况", {"purchase_done": d("100.01")}, "1"),
        ("政府采购执行情况", {"purchase_done": d("82")}, "1.82"),
        ("政府采购执行情况", {"purchase_done": d("82"), "purchase_policy": d("0.5")}, "1.32"),
        ("财务合规性", {"misuse": "有"}, "0"),
        ("财务合规性", {"budget_adjusted": d("528.581")}, "3"),
        ("财务合规性", {"budget_adjusted": d("687.1553")}, "2.7"),
        ("财务合规性", {"budget_adjusted": d("5285.81")}, "2"),
        ("预决算信息公开", {"open_accounts": "没有公开"}, "1.5"),
        ("预决算信息公开", {"open_accounts": "已公开但有不符要求之处"}, "2.5"),
        ("预决算信息公开", {"open_accounts": "涉密单位按规定不公开"}, "3"),
        ("项目监管", {"watch_checks": "否"}, "1"),
        ("固定资产利用率", {"assets_in_use": d("90")}, "1"),
        ("固定资产利用率", {"assets_in_use": d("89.99")}, "0.7"),
        ("固定资产利用率", {"assets_in_use": d("75")}, "0.7"),
        ("固定资产利用率", {"assets_in_use": d("60")}, "0.4"),
        ("固定资产利用率", {"assets_in_use": d("0")}, "0"),
        ("财政供养人员控制率", {"staff": d("25")}, "1"),
        ("财政供养人员控制率", {"staff": d("26")}, "0"),
        ("编外人员控制率", {"dispatched": d("1"), "hired": d("0")}, "1"),
        ("编外人员控制率", {"staff": d("95"), "dispatched": d("5"), "hired": d("0")}, "0.5"),
        ("编外人员控制率", {"staff": d("90"), "dispatched": d("10"), "hired": d("0")}, "0.5"),
        ("管理制度健全性", {"rules_kept": "否"}, "1.5"),
        ("公用经费控制率", {"three_spent": d("453599"), "daily_spent": d("1263508")}, "3"),
        ("重点工作完成情况", {"tasks_undone": d("1")}, "4"),
        ("重点工作完成情况", {"tasks_undone": d("3")}, "0"),
        ("项目完成及时性", {"projects_done": d("9")}, "5.4"),
        ("群众信访办理情况", {"letters_in_time": "否"}, "2"),
        ("公众或服务对象满意度", {"satisfaction_rate": d("0.95")}, "6"),
        ("公众或服务对象满意度", {"satisfaction_rate": d("0.8999")}, "2"),
        ("公众或服务对象满意度", {"satisfaction_rate": d("0.5")}, "1"),
        ("预算编制规范性", {"breaches_budget": d("2")}, "3"),
        ("绩效目标完整性", {"breaches_goals": d("9")}, "0"),
    ],
)
def test_printed_standard__at_and_past_its_bounds(
    name: str, changed: dict[str, Value], score: str
) -> None:
    values = {**DISTRICT, **changed}
    assert scored(shipped("shenzhen-2023"), name, values) == Decimal(score)


def test_missing_figure__leaves_the_score_blank() -> None:
    scheme = shipped("shenzhen-2023")
    blank: Values = dict.fromkeys((one.key for one in scheme.inputs), None)
    for leaf in scheme.leaves():
        if leaf.scoring and not is_manual(leaf.scoring.shape):
            assert scored(scheme, leaf.name, blank) == "", leaf.name


def test_municipal_return__scores_as_printed() -> None:
    scheme = shipped("guangzhou-2022")
    rates = [d("1")] * 20 + [d("3.5") / 6, d("904") / 994]
    values: Values = {"output_rates": rates, "mean_execution_rate": d("0.8951")}
    assert scored(scheme, "部门整体绩效目标产出指标完成情况", values) == d("19.54")
    assert scored(scheme, "部门预算资金支出率", values) == d("8.95")
    sure = {leaf.name: leaf.scoring.standard for leaf in scheme.leaves() if leaf.scoring}
    assert sure["部门整体绩效目标产出指标完成情况"] is Standard.DERIVED
    assert sure["部门整体绩效目标效益指标完成情况"] is Standard.DERIVED
    assert sure["部门预算资金支出率"] is Standard.PUBLISHED


def test_district_of_the_same_city__borrows_and_assumes() -> None:
    scheme = shipped("liwan-2024")
    assert scheme.cap_mode is CapMode.ASSUMED
    values = {"budget_total": d("2380.83"), "executed": d("2374.64")}
    assert scored(scheme, "部门预算资金支出率", values) == d("9.97")
    computed = [x for x in scheme.leaves() if x.scoring and not is_manual(x.scoring.shape)]
    assert {x.scoring.standard for x in computed if x.scoring} == {Standard.BORROWED}
    assert [s.kind for s in load_layout(TEMPLATES / "liwan-2024").sheet] == [
        "tasks",
        "targets",
        "score",
    ]


def test_management_groups__caps_known_and_open() -> None:
    scheme = shipped("hunan-district-2022")
    management, duties = scheme.roots
    assert [int(group.max_score) for group in management.groups()] == [30, 6, 7, 2, 3, 5, 2, 5]
    assert duties.max_score == 70
    assert duties.custom is not None
    assert duties.custom.rows == 16
    assert duties.custom.parts[0] == ("履职完成情况", 8)
    assert sum(leaf.max_score is None for leaf in scheme.leaves()) == 13
    assert scheme.cap_mode is CapMode.FIXED


def test_borrowed_steps__gives_nothing_where_full_marks_were_claimed() -> None:
    scheme = shipped("hunan-district-2022")
    values = {"budget": d("2624.8"), "completed": d("2038.06"), "posts": d("18"), "staff": d("18")}
    assert scored(scheme, "预算完成率", values, cap="2") == 0
    assert scored(scheme, "预算完成率", {**values, "completed": d("2624.8")}, cap="2") == 2
    assert scored(scheme, "在职人员控制率", values, cap="2") == 2
    for name in ("预算完成率", "在职人员控制率"):
        scoring = leaf_of(scheme, name).scoring
        assert scoring is not None
        assert scoring.standard is Standard.BORROWED
        assert "雨花区" in scoring.source


def test_own_indicators_with_assumed_caps() -> None:
    scheme = shipped("nanchang-xihu-2022")
    assert scheme.cap_mode is CapMode.ASSUMED
    own = [group for group in scheme.groups() if group.custom]
    assert [group.name for group in own] == [
        "数量", "质量", "时效", "社会效益", "可持续影响", "满意度",
    ]  # fmt: skip
    assert all(group.custom and group.custom.by_completion for group in own)
    values = {"budget": d("1268.2285"), "executed": d("1268.2285")}
    assert scored(scheme, "预算执行率", values) == 10


def test_national_project__four_parts() -> None:
    scheme = shipped("national-project-2020")
    assert scheme.kind == "project"
    assert [(root.name, int(root.max_score)) for root in scheme.roots] == [
        ("预算执行率", 10),
        ("产出指标", 50),
        ("效益指标", 30),
        ("满意度指标", 10),
    ]
    custom = scheme.roots[1].custom
    assert custom is not None
    assert [(level.lower, level.upper) for level in custom.levels] == [
        (d("0.8"), d("1")),
        (d("0.6"), d("0.8")),
        (d("0"), d("0.6")),
    ]
    assert custom.source == "财预〔2020〕10号"
    values = {"budget": d("120"), "executed": d("103.44")}
    assert scored(scheme, "预算执行率", values) == d("8.62")
    assert scored(scheme, "预算执行率", {**values, "executed": d("130")}) == 10
