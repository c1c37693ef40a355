"""The published forms: figures as published, cells where the publisher put them."""

from decimal import Decimal
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from perfxl.model.address import from_a1
from tests.forms import guangzhou, shenzhen
from tests.forms.expected import expected
from tests.forms.mutate import Draft
from tests.unit.forms.conftest import Built

FORMS = [
    pytest.param(draft, id=f"{draft.scheme}-{draft.variant}")
    for source in (guangzhou, shenzhen)
    for draft in [source.form(variant) for variant in source.VARIANTS] + [source.clean()]
]


def _as_decimal(value: object) -> Decimal:
    return Decimal(str(value))


@pytest.mark.parametrize("draft", FORMS)
def test_expected__names_the_cells_that_hold_the_figures(draft: Draft, built: Built) -> None:
    truth = expected(draft)
    sheet = built(draft)[truth.sheet]
    for leaf in truth.leaves:
        assert sheet[leaf.name_cell].value == (None if leaf.is_nameless else leaf.path[-1])
        assert _as_decimal(sheet[leaf.cap_cell].value) == leaf.cap
        if draft.variant != "text_scores":
            assert _as_decimal(sheet[leaf.cell].value) == leaf.score
        if leaf.reason_cell and leaf.action_cell:
            assert sheet[leaf.reason_cell].value == leaf.reason
            assert sheet[leaf.action_cell].value == leaf.action
    for group in truth.groups:
        assert sheet[group.name_cell].value == group.path[-1]
    assert truth.grade_cell
    assert sheet[truth.grade_cell].value == truth.grade_raw
    assert truth.sum_of_scores == truth.total


@pytest.mark.parametrize("draft", FORMS)
def test_caps__add_up_at_every_level(draft: Draft) -> None:
    truth = expected(draft)
    assert sum(leaf.cap or 0 for leaf in truth.leaves) == 100
    for group in truth.groups:
        below = [
            leaf.cap or 0 for leaf in truth.leaves if leaf.path[: len(group.path)] == group.path
        ]
        assert sum(below) == group.cap


def test_guangzhou__has_the_published_figures() -> None:
    truth = expected(guangzhou.form())
    assert len(truth.leaves) == 26
    assert truth.total == truth.sum_of_scores == Decimal("94.49")
    lost = [leaf for leaf in truth.leaves if leaf.score != leaf.cap]
    assert len(lost) == 7
    assert all(leaf.reason and leaf.action for leaf in lost)


def test_guangzhou_as_printed__has_the_shifts_of_the_publication(built: Built) -> None:
    draft = guangzhou.form("as_printed")
    sheet = built(draft)[draft.sheet]
    row_of = {
        cell.value: cell.row for column in "AEG" for cell in sheet[column] if cell.value is not None
    }
    shown = {
        name: {c.column_letter: c.value for c in sheet[row_of[name]] if c.value is not None}
        for name in ("结转结余率", "财务管理合规性", "绩效结果应用", "绩效管理制度的执行", "总分")
    }
    assert shown["结转结余率"].items() >= {("E", "预算执行"), ("F", 4), ("H", 2), ("J", 2)}
    assert shown["财务管理合规性"].items() >= {("H", 2), ("J", 1)}
    assert shown["绩效结果应用"].items() >= {("A", "绩效结果应用"), ("B", 3), ("F", 3)}
    assert shown["绩效管理制度的执行"].items() >= {("B", 7), ("F", 7)}
    assert shown["总分"] == {"A": "总分", "B": 100, "G": 94.49}
    assert [cell.value for cell in sheet["A"]].count("一级指标") == 2
    assert [cell.value for cell in sheet["A"]].count("管理效率") == 2
    assert not sheet.merged_cells.ranges


def test_shenzhen__has_the_published_figures() -> None:
    truth = expected(shenzhen.form())
    assert len(truth.leaves) == 21
    assert truth.total == truth.sum_of_scores == Decimal("95.7")
    over = [leaf.path[-1] for leaf in truth.leaves if (leaf.score or 0) > (leaf.cap or 0)]
    assert over == ["绩效目标完整性"]


def test_shenzhen_as_printed__has_the_shifts_of_the_publication(built: Built) -> None:
    draft = shenzhen.form("as_printed")
    book = built(draft)
    scores, tasks = book[draft.sheet], book["目标完成情况"]
    assert draft.cell("目标设置", "cap") == "D9"
    assert draft.cell("绩效指标明确性", "cap") == "F9"
    assert draft.cell("绩效目标完整性", "cap") == "F8"
    assert draft.cell("预决算信息公开").startswith("H")
    assert draft.cell("项目实施程序").startswith("H")
    assert draft.cell("项目监管").startswith("I")
    assert scores[draft.cell("total")].column_letter == "H"
    social = draft.place("target", "有效保障全区安全生产形势总体平稳:actual")
    assert [cell.value for cell in tasks[social.cell[1:]]][:6] == [
        "社会效益指标",
        "有效保障全区安全生产形势总体平稳",
        None,
        "显著",
        "100%",
        None,
    ]
    assert draft.cell("target", "经济效益指标/不适用:target").startswith("F")
    assert not scores.merged_cells.ranges
    assert not tasks.merged_cells.ranges


def test_shenzhen__tasks_add_up_to_their_total() -> None:
    draft = shenzhen.form()
    for column, key in enumerate(
        ("budget_total", "budget_fiscal", "executed_total", "executed_fiscal")
    ):
        amounts = [task.amounts[column] for task in draft.tasks]
        assert sum(a for a in amounts if isinstance(a, Decimal)) == draft.head[key]


@pytest.mark.parametrize("source", [guangzhou, shenzhen])
def test_moved__shifts_every_cell_alike(source: ModuleType) -> None:
    here, moved = source.form("as_meant"), source.form("moved")
    cells = zip(expected(here).leaves, expected(moved).leaves, strict=True)
    pairs = [(from_a1(before.cell), from_a1(after.cell)) for before, after in cells]
    shifts = {(after[0] - before[0], after[1] - before[1]) for before, after in pairs}
    assert shifts == {(moved.options.top, moved.options.left)}
    assert shifts != {(0, 0)}


@pytest.mark.parametrize(
    "draft", [guangzhou.form("uncached_total"), shenzhen.form("uncached_total")]
)
def test_uncached_total__has_formulas_without_a_stored_value(draft: Draft, tmp_path: Path) -> None:
    path = draft.build(tmp_path / "form.xlsx")
    place = draft.place("total")
    assert str(load_workbook(path)[place.sheet][place.cell].value).startswith("=SUM(")
    assert load_workbook(path, data_only=True)[place.sheet][place.cell].value is None
    with ZipFile(path) as package:
        parts = [package.read(n).decode() for n in package.namelist() if "worksheets/" in n]
    assert "</f><v>" not in "".join(parts)


@pytest.mark.parametrize("draft", [guangzhou.form("cached_total"), shenzhen.form("cached_total")])
def test_cached_total__stores_formula_and_value(draft: Draft, tmp_path: Path) -> None:
    path = draft.build(tmp_path / "form.xlsx")
    place = draft.place("total")
    stored = load_workbook(path, data_only=True)[place.sheet][place.cell].value
    assert _as_decimal(stored) == draft.total_score


def test_text_scores__are_stored_as_text(built: Built) -> None:
    draft = guangzhou.form("text_scores")
    sheet = built(draft)[draft.sheet]
    assert sheet[draft.cell("部门预算资金支出率")].value == "８.９５"
    assert sheet[draft.cell("结转结余率")].value == "2分"
    assert sheet[draft.cell("结转结余率")].data_type == "s"


@pytest.mark.parametrize("draft", FORMS)
def test_build__gives_the_same_bytes_again(draft: Draft, tmp_path: Path) -> None:
    first, second = (draft.build(tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert first == second
