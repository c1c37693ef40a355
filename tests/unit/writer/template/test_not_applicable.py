"""Rows that do not concern a unit, and points beyond the indicators, as `check` counts them."""

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perfxl.engine.selection import select_rules
from perfxl.formula.coerce import Value
from perfxl.model.finding import Severity
from perfxl.model.report import Entry
from perfxl.pipeline import Options, check_file
from perfxl.pipeline.forms import new_form
from perfxl.reader.recalculate import recalculate
from perfxl.reader.workbook import read_book
from perfxl.scheme.lint import lint_scheme
from perfxl.scheme.load import load_layout, load_scheme, load_scheme_file
from perfxl.writer.template.plan import Plan, make_plan
from tests.equivalence.recalculated import agree, recalculated
from tests.forms.template import Entries, spot
from tests.office.session import Office

_SCHEME = """
schema_version = 1
id = "exempt"
version = "1"
kind = "dept_overall"
title = "有不适用指标的表"
region = "某县"
year = 2024
total_score = 100
caps = "fixed"
not_applicable = "{mode}"
bands = [{{ grade = "优", lower = 90 }}, {{ grade = "良", lower = 80 }},
         {{ grade = "中", lower = 60 }}, {{ grade = "差", lower = 0 }}]
{adjustments}
[[input]]
key = "assets"
name = "固定资产总额"
unit = "万元"
[[input]]
key = "assets_used"
name = "在用固定资产"
unit = "万元"

[[group]]
name = "管理"
max_score = 40
[[group.group]]
name = "资产管理"
max_score = 15
[[group.group.indicator]]
name = "资产配置"
max_score = 8
may_be_not_applicable = true
[[group.group.indicator]]
name = "资产利用率"
max_score = 7
may_be_not_applicable = true
scoring = {{ shape = "proportional", actual = "assets_used", target = "assets" }}
[[group.group]]
name = "采购管理"
max_score = 25
[[group.group.indicator]]
name = "采购合规"
max_score = 13
[[group.group.indicator]]
name = "合同备案"
max_score = 12
may_be_not_applicable = true

[[group]]
name = "效果"
max_score = 60
[[group.group]]
name = "履职效果"
max_score = 60
[[group.group.indicator]]
name = "任务完成"
max_score = 35
[[group.group.indicator]]
name = "群众反映"
max_score = 25
"""
_ADJUSTMENTS = """
adjustment = [{ name = "获上级表彰", kind = "bonus", limit = 3 },
              { name = "迟报", kind = "deduction", limit = 2 }]
"""
_LAYOUT = """
schema_version = 1
[[sheet]]
kind = "score"
name = "评分表"
title = "部门整体支出绩效自评表"
total_label = "总分"
grade_label = "评价等级"
column = [
    { role = "level1", heading = "一级指标", level = 1, width = 10 },
    { role = "max_score", heading = "分值", level = 1, width = 6 },
    { role = "level2", heading = "二级指标", level = 2, width = 10 },
    { role = "max_score", heading = "分值", level = 2, width = 6 },
    { role = "level3", heading = "三级指标", level = 3, width = 20 },
    { role = "max_score", heading = "分值", level = 3, width = 6 },
    { role = "score", heading = "得分", width = 7, input = true },
    { role = "shortfall_reason", heading = "未达标原因", width = 30, input = true },
    { role = "improvement_measures", heading = "改进措施", width = 26, input = true },
]
"""
_MODES = ("full", "within_level2", "rescale_100")
_ASSETS, _USED, _BUYING, _FILING, _TASKS, _PUBLIC = range(6)
_NO = "不适用"
_SCORES: dict[int, object] = {_ASSETS: 7.35, _BUYING: 12.5, _FILING: 11, _TASKS: 33.33, _PUBLIC: 24}
_REASON = "本单位没有此类事项"

Make = Callable[..., tuple[Plan, Path]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A scheme's folder with its plan."""

    def made(mode: str, *, adjustments: str = "") -> tuple[Plan, Path]:
        folder = tmp_path / "schemes" / "exempt"
        folder.mkdir(parents=True, exist_ok=True)
        text = _SCHEME.format(mode=mode, adjustments=adjustments)
        (folder / "scheme.toml").write_text(text, encoding="utf-8")
        (folder / "layout.toml").write_text(_LAYOUT, encoding="utf-8")
        plan = make_plan(load_scheme(folder), load_scheme_file(folder), load_layout(folder))
        return plan, folder

    return made


def _entries(plan: Plan, exempt: tuple[int, ...], *, reason: str | None = _REASON) -> Entries:
    """Scores with some rows that do not apply; each row says why it has no full marks."""
    entries: Entries = {}
    for place, value in zip(plan.inputs, (300, 291), strict=True):
        entries[spot(place.units or place.whole)] = value
    for index, leaf in enumerate(plan.score.leaves):
        if not leaf.is_live:
            entries[spot(leaf.score)] = _NO if index in exempt else _SCORES[index]
        elif index in exempt:
            assert leaf.choice
            entries[spot(leaf.choice)] = _NO
        entries[spot(leaf.texts["shortfall_reason"])] = reason if index in exempt else "有两处漏办"
        entries[spot(leaf.texts["improvement_measures"])] = "办公室六月底前办完"
    return entries


def _written(folder: Path, entries: Entries) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(new_form(folder, unit="某县应急管理局")))
    for (sheet, cell), value in entries.items():
        book[sheet][cell] = value
    path = folder.parent / "表.xlsx"
    book.save(path)
    return path


def _checked(path: Path, folder: Path) -> Entry:
    rules = select_rules((), ())
    (entry,) = check_file(path, Options(rules, schemes_folder=folder.parent)).entries
    return entry


def _shown(path: Path) -> dict[tuple[str, str], Value]:
    book = read_book(path)
    recalculate(book)
    return {
        (sheet.name, sheet.place(*at).cell): cell.raw
        for sheet in book.sheets
        for at, cell in sheet.cells.items()
    }


# 7.35 + 6.79 + 12.5 + 11 + 33.33 + 24 = 94.97 in all.
@pytest.mark.parametrize(
    ("mode", "exempt", "total"),
    [
        *((mode, (), "94.97") for mode in _MODES),
        ("full", (_ASSETS,), "95.62"),  # 8 for 7.35
        ("full", (_ASSETS, _USED, _FILING), "96.83"),  # 12.5 + 33.33 + 24 + 27
        ("within_level2", (_FILING,), "95.51"),  # 12.5 * 25/13 for 23.5
        ("within_level2", (_USED, _FILING), "95.15"),  # 7.35 * 15/8 and 24.038
        ("rescale_100", (_FILING,), "95.42"),  # 83.97 of 88
        ("rescale_100", (_ASSETS, _USED, _FILING), "95.66"),  # 69.83 of 73
    ],
)
def test_total_counts_what_does_not_apply_as_the_scheme_has_it(
    make: Make, mode: str, exempt: tuple[int, ...], total: str
) -> None:
    plan, folder = make(mode)
    entry = _checked(_written(folder, _entries(plan, exempt)), folder)
    assert entry.total
    assert (entry.total.stated, entry.total.computed) == (Decimal(total), Decimal(total))
    assert not [finding.code for finding in entry.findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize("mode", _MODES)
def test_subtotals_rates_and_grade_follow(make: Make, mode: str) -> None:
    plan, folder = make(mode)
    shown = _shown(_written(folder, _entries(plan, (_ASSETS, _FILING))))
    groups = {group.group.name: group for group in plan.score.groups}
    told = {
        name: (shown[spot(group.subtotal)], shown[spot(group.rate)])
        for name, group in groups.items()
        if name in ("管理", "资产管理", "履职效果")
    }
    assert told == {
        "full": {
            "管理": ("39.29", "0.9823"), "资产管理": ("14.79", "0.986"),
            "履职效果": ("57.33", "0.9555"),
        },
        "within_level2": {
            "管理": ("38.59", "0.9648"), "资产管理": ("14.55", "0.97"),
            "履职效果": ("57.33", "0.9555"),
        },
        "rescale_100": {
            "管理": ("19.29", "0.9645"), "资产管理": ("6.79", "0.97"),
            "履职效果": ("57.33", "0.9555"),
        },
    }[mode]  # fmt: skip
    assert plan.score.grade
    assert shown[spot(plan.score.grade)] == "优"
    live = plan.score.leaves[_USED]
    assert (live.is_live, shown[spot(live.score)]) == (True, "6.79")


def test_total_is_blank__nothing_in_a_group_is_left_to_go_by(make: Make) -> None:
    plan, folder = make("within_level2")
    path = _written(folder, _entries(plan, (_ASSETS, _USED)))
    assert _shown(path)[spot(plan.score.total)] == ""
    assert lint_scheme(plan.scheme) == [
        "“管理 › 资产管理”各项都可以不适用，都不适用时没有其余各项可以折算"
    ]


def test_reason_is_asked_for__a_row_does_not_apply(make: Make) -> None:
    plan, folder = make("full")
    path = _written(folder, _entries(plan, (_ASSETS, _USED), reason=None))
    shown, sheet = _shown(path), plan.score.sheet
    words = [(sheet, f"K{plan.score.leaves[index].row}") for index in (_ASSETS, _USED)]
    assert plan.score.side.word == 11
    assert [shown[word] for word in words] == ["必填理由"] * 2
    told = [(f.code, f.place.cell) for f in _checked(path, folder).findings if f.code == "NR109"]
    assert told == [("NR109", f"H{plan.score.leaves[index].row}") for index in (_ASSETS, _USED)]


def test_score_cell_takes_the_word__only_where_the_scheme_allows_it(make: Make) -> None:
    plan, folder = make("full")
    sheet = openpyxl.load_workbook(io.BytesIO(new_form(folder)))[plan.score.sheet]
    limits = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    allowed, never = (limits[spot(plan.score.leaves[i].score)[1]] for i in (_ASSETS, _BUYING))
    assert _NO in allowed.formula1
    assert _NO in allowed.prompt
    assert _NO not in never.formula1
    choice = plan.score.leaves[_USED].choice
    assert choice
    assert limits[spot(choice)[1]].formula1 == f'"{_NO}"'


@pytest.mark.parametrize(
    ("bonus", "deduction", "total", "told"),
    [(None, None, "94.97", []), (3, None, "97.97", []), (1.5, 2, "94.47", []),
     (None, 0.5, "94.47", []), (9, None, "97.97", ["AR102"]), (None, 9, "92.97", ["AR102"])],
)  # fmt: skip
def test_points_beyond_the_indicators_count_as_check_counts_them(
    make: Make, bonus: object, deduction: object, total: str, told: list[str]
) -> None:
    plan, folder = make("full", adjustments=_ADJUSTMENTS)
    entries = _entries(plan, ())
    for cell, value in zip(plan.score.adjustments, (bonus, deduction), strict=True):
        entries[spot(cell)] = value
    entry = _checked(_written(folder, entries), folder)
    assert entry.total
    assert (entry.total.stated, entry.total.computed) == (Decimal(total), Decimal(total))
    assert [f.code for f in entry.findings if f.severity is not Severity.NOTICE] == told


def test_total_stays_within_full_marks__bonus_on_top_of_all_points(make: Make) -> None:
    plan, folder = make("full", adjustments=_ADJUSTMENTS)
    entries = _entries(plan, ()) | {spot(plan.score.adjustments[0]): 3}
    for leaf in plan.score.leaves:
        if not leaf.is_live and leaf.indicator:
            entries[spot(leaf.score)] = float(leaf.indicator.max_score or 0)
    entry = _checked(_written(folder, entries), folder)
    assert entry.total
    assert (entry.total.stated, entry.total.computed) == (Decimal(100), Decimal(100))


@pytest.mark.parametrize("mode", _MODES)
@pytest.mark.parametrize("exempt", [(), (_FILING,), (_ASSETS, _FILING), (_ASSETS, _USED)])
def test_formulas_give_the_same_in_an_office_program__rows_do_not_apply(
    make: Make, mode: str, exempt: tuple[int, ...], office: Office
) -> None:
    plan, folder = make(mode, adjustments=_ADJUSTMENTS)
    entries = _entries(plan, exempt) | {spot(plan.score.adjustments[0]): 1.25}
    path = _written(folder, entries)
    ours, theirs = read_book(path), recalculated(path, office)
    recalculate(ours)
    differing = []
    for sheet in ours.sheets:
        for at, cell in sheet.cells.items():
            if cell.formula is None:
                continue
            value: Value = Decimal(cell.raw) if cell.type.value == "number" else cell.raw
            if not agree(value, theirs[sheet.name].get(at, "")):
                differing.append((sheet.name, at, value, theirs[sheet.name].get(at)))
    assert not differing
