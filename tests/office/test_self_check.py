"""自检 says in an office program what `check` says of the same file: complete or not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from perfxl.engine.selection import select_rules
from perfxl.formula.tree import Reference
from perfxl.model.address import to_a1
from perfxl.model.finding import Severity
from perfxl.pipeline import Options, check_file
from perfxl.scheme.find import scheme_folders
from perfxl.writer.template.places import LeafRow
from perfxl.writer.template.plan import SELF_CHECK, Plan
from tests.forms.complete import FULL, complete, result, used_leaves
from tests.forms.template import (
    Entries,
    city_entries,
    district_entries,
    filled,
    plan_of,
    spot,
)
from tests.office.open_form import Cells, OpenForm
from tests.office.session import Office

_CITY, _DISTRICT = "guangzhou-2022", "shenzhen-2023"
_GOOD = {_CITY: city_entries, _DISTRICT: district_entries}
_MUST, _VERIFY = "必改", "请核实"
_SUM, _ACTUAL, _LIVE = "各级分值加得起来", "有目标值的都填了实际完成值", "自动计算的得分没有改动"
_WHOLE = "完成情况各行都填全了"
_REASON = "失分的都写了原因"
_FIGURES = "基础数据都填了"  # of the published return only some are known


@dataclass(frozen=True, slots=True)
class Case:
    """What somebody does to a filled form, and what 自检 then says.

    `line` begins the line that is to tell of it, "" for a form that stays complete without a word.
    """

    name: str
    scheme: str
    change: Callable[[Plan], Entries]
    line: str = ""
    weight: str = _MUST

    @property
    def is_complete(self) -> bool:
        return not self.line or self.weight == _VERIFY


def _score(index: int, value: object, **texts: object) -> Callable[[Plan], Entries]:
    """A score typed into the row of an index, with texts beside it."""

    def change(plan: Plan) -> Entries:
        leaf = plan.score.leaves[index]
        entries: Entries = {spot(leaf.score): value}
        return entries | {spot(leaf.texts[role]): text for role, text in texts.items()}

    return change


def _leaf(plan: Plan, *, is_live: bool) -> LeafRow:
    return next(leaf for leaf in plan.score.leaves if leaf.is_live is is_live)


def _result(**values: object) -> Callable[[Plan], Entries]:
    """Values typed into the last prepared row of the results."""

    def change(plan: Plan) -> Entries:
        block = plan.results[-1]
        entries: Entries = {}
        for role, value in values.items():
            span = block.table.span(role)
            if span is not None:
                entries[block.table.file.name, to_a1(block.last, span[0])] = value
        return entries

    return change


def _input(key: str, value: object) -> Callable[[Plan], Entries]:
    def change(plan: Plan) -> Entries:
        place = next(place for place in plan.inputs if place.input.key == key)
        return {spot(place.units or place.whole): value}

    return change


def _task(*amounts: object, total: object) -> Callable[[Plan], Entries]:
    """Amounts of the first tasks in the first column of money, and what stands for their sum."""

    def change(plan: Plan) -> Entries:
        table = next(table for table in plan.tables if table.file.kind == "tasks")
        left, _ = table.spans[[column.role for column in table.file.column].index("total")]
        entries: Entries = {}
        for row, amount in enumerate(amounts, start=table.first):
            entries[table.file.name, to_a1(row, 1)] = f"任务{row}"
            entries[table.file.name, to_a1(row, left)] = amount
        assert table.total_row
        entries[table.file.name, to_a1(table.total_row, left)] = total
        return entries

    return change


def _caps(*caps: float) -> Callable[[Plan], Entries]:
    """The first rows' caps."""

    def change(plan: Plan) -> Entries:
        return {spot(x.cap): cap for x, cap in zip(plan.score.leaves, caps, strict=False)}

    return change


def _smaller(plan: Plan) -> Entries:
    """One point less for the first row and for all the groups around it."""
    first = plan.score.leaves[0]
    assert first.indicator
    assert first.indicator.max_score
    entries: Entries = {spot(first.cap): float(first.indicator.max_score) - 1}
    for group in plan.score.groups:
        if group.first == first.row and group.cap is not None:
            entries[spot(group.cap)] = float(group.group.max_score) - 1
    return entries


def _cell(of: Callable[[Plan], Reference | None], value: object) -> Callable[[Plan], Entries]:
    """One cell of the plan, typed over."""

    def change(plan: Plan) -> Entries:
        reference = of(plan)
        assert reference is not None
        return {spot(reference): value}

    return change


_WHY = {"shortfall_reason": "两次抽查各有一处未改", "improvement_measures": "办公室六月底前改完"}
_EMPTY = {"shortfall_reason": None, "improvement_measures": None}
CASES = [
    Case("filled", _CITY, lambda plan: {}, _FIGURES, _VERIFY),
    Case("over its cap", _CITY, _score(3, 3.5), "得分不超过分值"),
    Case("at its cap", _CITY, _score(3, 3), _FIGURES, _VERIFY),
    Case("negative", _CITY, _score(3, -1, **_WHY), "得分不小于0"),
    Case("zero with a reason", _CITY, _score(3, 0, **_WHY), _FIGURES, _VERIFY),
    Case("blank", _CITY, _score(3, None), "得分都填了"),
    Case("a space", _CITY, _score(3, " "), "得分都填了"),
    Case("text", _CITY, _score(3, "三分之二"), "得分都是数"),
    Case("dash", _CITY, _score(3, "/"), "得分都是数"),
    Case("error value", _CITY, _score(3, "=1/0"), "得分都是数"),
    Case("number as text", _CITY, _score(3, "2.5", **_WHY), "得分都是数"),
    Case("not applicable", _CITY, _score(3, "不适用", **_WHY), "评价等级已定"),
    Case("too many decimals", _CITY, _score(3, 2.345, **_WHY), "得分最多2位小数", _VERIFY),
    Case("no reason", _CITY, _score(3, 2, **_EMPTY), _REASON),
    Case("reason 无", _CITY, _score(3, 2, **_WHY | {"shortfall_reason": "无。"}), _REASON),
    Case("reason /", _CITY, _score(3, 2, **_WHY | {"shortfall_reason": " / "}), _REASON),
    Case(
        "measures 同上", _CITY, _score(3, 2, **_WHY | {"improvement_measures": "同上"}),
        "失分的都写了改进措施",
    ),
    Case("a number for a reason", _CITY, _score(3, 2, **_WHY | {"shortfall_reason": 0}),
         _FIGURES, _VERIFY),
    Case("cap changed", _CITY, _cell(lambda plan: plan.score.leaves[3].cap, 4), "分值没有改动"),
    Case("cap blank", _CITY, _cell(lambda plan: plan.score.leaves[3].cap, None), "每项都有分值"),
    Case("cap of a group changed", _CITY,
         _cell(lambda plan: plan.score.groups[0].cap, 60), _SUM),
    Case("live score overtyped", _CITY, _score(2, 9.5, **_WHY), _LIVE),
    Case("live score pasted as the same number", _CITY, _score(2, 8.95), _FIGURES, _VERIFY),
    Case("live score a point off by a hundredth", _CITY, _score(2, 8.96), _FIGURES, _VERIFY),
    Case("live score without figures", _CITY, _input("mean_execution_rate", None),
         "自动计算的得分都算出来了"),
    Case("measure overtyped", _CITY,
         _cell(lambda plan: plan.measures[0].cell, 0.95), "自动计算的比率没有改动"),
    Case("grade overtyped", _CITY, _cell(lambda plan: plan.score.grade, "良"),
         "评价等级与总分相符"),
    Case("grade written out", _CITY,
         _cell(lambda plan: plan.score.grade, "优秀"), _FIGURES, _VERIFY),
    Case("grade deleted", _CITY, _cell(lambda plan: plan.score.grade, None), "评价等级已定"),
    Case("total overtyped", _CITY, _cell(lambda plan: plan.score.total, 95.49),
         "总分等于各项得分之和"),
    Case("total over full marks", _CITY, _cell(lambda plan: plan.score.total, 101),
         "总分在0和满分之间"),
    Case("target without actual", _CITY,
         _result(level3="服务人次", target_sign="≥", target_value=12), _ACTUAL),
    Case("target with actual", _CITY,
         _result(level3="服务人次", target_sign="≥", target_value=12, actual_value=12),
         _FIGURES, _VERIFY),
    Case("actual without target", _CITY,
         _result(level3="服务人次", target_sign="≥", actual_value=12), _WHOLE, _VERIFY),
    Case("indicator renamed", _CITY,
         _cell(lambda plan: plan.score.leaves[3].name, "新增项目事前评估情况"), "指标名称没有改动"),
    Case("missing unit", _CITY, _cell(lambda plan: plan.unit_cell, None), "单位全称已填", _VERIFY),
    Case("long reason", _CITY, _score(3, 2, **_WHY | {"shortfall_reason": "材料报送晚。" * 40}),
         "“自评表”打印不会截断", _VERIFY),
    Case("filled", _DISTRICT, lambda plan: {}),
    Case("live score overtyped", _DISTRICT, _score(0, 1), _LIVE),
    Case("caps moved within their group", _DISTRICT, _caps(6, 4)),
    Case("caps moved, live scores follow", _DISTRICT, _caps(4, 6)),
    Case("full marks changed", _DISTRICT, _smaller, "分值总计为100分"),
    Case("group not filled", _DISTRICT, _caps(6), _SUM),
    Case("input missing", _DISTRICT, _input("budget_scale", None), "自动计算的得分都算出来了"),
    Case("input below its limit", _DISTRICT, _input("budget_adjusted", -1),
         "基础数据在限定范围内", _VERIFY),
    Case("score over its cap", _DISTRICT, _score(18, 99), "得分不超过分值"),
    Case("sum of tasks overtyped", _DISTRICT, _task(100, 200, total=310), "金额合计等于各项之和"),
    Case("sum of tasks pasted", _DISTRICT, _task(100, 200, total=300)),
    Case("target without actual", _DISTRICT, _result(level3="满意度", target_value="≥90%"),
         _ACTUAL),
    Case("target not applicable", _DISTRICT,
         _result(level3="满意度", target_value="≥90%", actual_value="不适用")),
]  # fmt: skip


_PLACEHOLDERS = ("无", "同上", "/", "——", " 略。")


def _typed(plan: Plan) -> LeafRow:
    """A row whose score units type and may lose points in."""
    return next(leaf for leaf in used_leaves(plan) if not leaf.is_live)


def _general() -> Iterator[Case]:
    """What may be done to the form of any scheme."""
    for folder in scheme_folders():
        scheme, plan = folder.name, plan_of(folder.name)
        leaf, score = _typed(plan), plan.score
        texts = [role for role in FULL if role in leaf.texts]
        said: Entries = {spot(leaf.texts[role]): FULL[role] for role in texts}
        yield _case("complete", scheme, {})
        yield _case("over its cap", scheme, {spot(leaf.score): 100.5}, "得分不超过分值")
        yield _case("negative", scheme, said | {spot(leaf.score): -0.5}, "得分不小于0")
        yield _case("zero, told why", scheme, said | {spot(leaf.score): 0})
        yield _case("blank", scheme, {spot(leaf.score): None}, "得分都填了")
        yield _case("text", scheme, {spot(leaf.score): "满分"}, "得分都是数")
        for number, role in enumerate(texts):
            what = "改进措施" if role == "improvement_measures" else "原因"
            for text in (None, _PLACEHOLDERS[number], _PLACEHOLDERS[number + 2]):
                lost = said | {spot(leaf.score): 0.5, spot(leaf.texts[role]): text}
                yield _case(f"{role} {text}", scheme, lost, f"失分的都写了{what}")
        yield _case("cap blank", scheme, {spot(leaf.cap): None}, "每项都有分值")
        own = next((x for x in used_leaves(plan) if x.indicator is None), None)
        if own is not None:
            yield _case("own rows not begun", scheme, _without_own(plan), "评价等级已定")
            yield _case("own row nameless", scheme, {spot(own.name): None}, _NAMES, _VERIFY)
            yield _case("own row without a score", scheme, {spot(own.score): None}, "得分都填了")
            row = next(x for x in score.leaves if x.indicator is None and x.row > own.row)
            begun: Entries = {spot(row.name): "另一项成果"}
            yield _case("own row begun", scheme, begun, "每项都有分值")
            yield _case("own caps beyond", scheme, {spot(own.cap): 99}, _SUMS.get(scheme, _SUM))
            if {"target_value", "actual_value"} <= set(own.texts):
                cell = spot(own.texts["actual_value"])
                yield _case("own row without actual", scheme, {cell: None}, _ACTUAL)
        live = next((x for x in score.leaves if x.is_live), None)
        if live is not None:
            yield _case("live score overtyped", scheme, {spot(live.score): 0.07}, _LIVE)
        if score.grade is not None:
            weight = _VERIFY if plan.scheme.bands_assumed else _MUST
            wrong: Entries = {spot(score.grade): "差"}
            yield _case("grade overtyped", scheme, wrong, "评价等级与总分相符", weight)
            yield _case("grade deleted", scheme, {spot(score.grade): None}, "评价等级已定")
        yield _case("total overtyped", scheme, {spot(score.total): 11.5}, "总分等于各项得分之和")
        for block in plan.results[:1]:
            yield _case("no actual", scheme, result(block, block.last, 10, None), _ACTUAL)
            yield _case("one more result", scheme, result(block, block.last, 10, 12))
        gone: Entries = {spot(plan.unit_cell): None}
        yield _case("missing unit", scheme, gone, "单位全称已填", _VERIFY)


def _without_own(plan: Plan) -> Entries:
    """The unit's own rows as they were before anything was typed there."""
    cells = [
        cell
        for leaf in plan.score.leaves
        if leaf.indicator is None
        for cell in (leaf.name, leaf.cap, leaf.score, *leaf.texts.values())
    ]
    return {spot(cell): None for cell in cells}


def _case(name: str, scheme: str, changes: Entries, line: str = "", weight: str = _MUST) -> Case:
    return Case(name, scheme, lambda plan: changes, line, weight)


# A form that prints no caps of groups can only be held to its total.
_NAMES = "自设指标都写了名称"
_SUMS = {"national-project-2020": "分值总计等于各一级指标之和"}
GENERAL = list(_general())


@pytest.fixture(scope="module")
def opened(
    office: Office, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, Entries], OpenForm]]:
    """The filled workbook of a scheme, opened once for all the cases of a worker."""
    folder = tmp_path_factory.mktemp("self-check")
    made: dict[tuple[str, int], OpenForm] = {}

    def open_once(scheme: str, entries: Entries) -> OpenForm:
        key = scheme, len(entries)
        if key not in made:
            path = filled(scheme, entries, folder / f"{scheme}-{len(entries)}.xlsx")
            made[key] = OpenForm(path, office)
        return made[key]

    yield open_once
    for one in made.values():
        one.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.scheme}: {case.name}")
def test_verdict_is_that_of_check(
    case: Case, tmp_path: Path, opened: Callable[[str, Entries], OpenForm]
) -> None:
    _hold(case, _GOOD[case.scheme](), tmp_path, opened)


@pytest.mark.parametrize("case", GENERAL, ids=lambda case: f"{case.scheme}: {case.name}")
def test_verdict_is_that_of_check__any_scheme(
    case: Case, tmp_path: Path, opened: Callable[[str, Entries], OpenForm]
) -> None:
    _hold(case, complete(plan_of(case.scheme)), tmp_path, opened)


def _hold(
    case: Case, good: Entries, tmp_path: Path, opened: Callable[[str, Entries], OpenForm]
) -> None:
    changes = case.change(plan_of(case.scheme))
    cells = opened(case.scheme, good).calculated(changes, SELF_CHECK)[SELF_CHECK]
    found = {str(cells[row, 2]): cells[row, 3] for row in _wrong(cells)}
    path = filled(case.scheme, good | changes, tmp_path / "表.xlsx")
    (entry,) = check_file(path, Options(select_rules((), ()))).entries
    errors = [f for f in entry.findings if f.severity is Severity.ERROR]
    said = str(cells[2, 1])
    assert said.startswith("已填完整，可以报送") is (not errors) is case.is_complete, (
        said, found, [(f.code, f.place, f.message) for f in errors],
    )  # fmt: skip
    if case.line:
        assert found.get(case.line) == case.weight, found
    else:
        assert not [line for line, weight in found.items() if weight == _MUST]


def test_line_names_the_first_cell_how_many_and_where_to_go(
    opened: Callable[[str, Entries], OpenForm],
) -> None:
    plan = plan_of(_CITY)
    changes = _score(3, None)(plan) | _score(5, None)(plan)
    cells = opened(_CITY, city_entries()).calculated(changes, SELF_CHECK)[SELF_CHECK]
    row = next(row for row in _wrong(cells) if cells[row, 2] == "得分都填了")
    place = spot(plan.score.leaves[3].score)[1]
    assert cells[row, 4] == 2
    assert str(cells[row, 5]).startswith(f"{place}“新增预算项目事前绩效评估”没有填得分")
    assert str(cells[row, 5]).endswith("这样的共2处")
    assert cells[row, 6] == "转到"


def _wrong(cells: Cells) -> list[int]:
    """The rows of lines that are not ✓."""
    rows = [row for row, column in cells if column == 3 and cells[row, 3] in (_MUST, _VERIFY)]
    return [row for row in rows if cells.get((row, 5)) != "✓"]
