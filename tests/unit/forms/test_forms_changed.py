"""Spoilt forms: one figure changed, the rest as it was."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms import generic, guangzhou, shenzhen
from tests.forms.figures import ErrorValue, Leaf, Typed, Value
from tests.forms.mutate import Draft
from tests.unit.forms.conftest import Built

LEAF = "合同备案时效性"


def _sheet(draft: Draft, built: Built) -> Worksheet:
    sheet: Worksheet = built(draft)[draft.sheet]
    return sheet


@pytest.mark.parametrize(
    ("value", "stored", "kind"),
    [
        (Decimal("1.5"), 1.5, "n"),
        (Decimal(0), 0, "n"),
        (Decimal("-0.5"), -0.5, "n"),
        ("无", "无", "s"),
        (Typed("０.５分", Decimal("0.5")), "０.５分", "s"),
        (True, True, "b"),
        (ErrorValue("#REF!"), "#REF!", "e"),
        (date(2022, 1, 5), datetime(2022, 1, 5), "d"),
        (None, None, "n"),
    ],
)
def test_with_score__puts_any_value_into_the_cell(
    value: Value, stored: object, kind: str, built: Built
) -> None:
    draft = guangzhou.form().with_score(LEAF, value)
    cell = _sheet(draft, built)[draft.cell(LEAF)]
    assert (cell.value, cell.data_type) == (stored, kind)


def test_with_score__keeps_a_text_that_looks_like_a_formula_a_text(tmp_path: Path) -> None:
    path = guangzhou.form().with_score(LEAF, "=1+1").build(tmp_path / "a.xlsx")
    with ZipFile(path) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert b"<t>=1+1</t>" in package.read("xl/sharedStrings.xml")


def test_with_score__changes_no_other_cell(built: Built) -> None:
    before, after = guangzhou.form(), guangzhou.form().with_score(LEAF, Decimal("0.7"))
    old, new = (
        {c.coordinate: c.value for r in _sheet(d, built) for c in r} for d in (before, after)
    )
    assert {cell for cell in old if old[cell] != new[cell]} == {after.cell(LEAF)}


def test_with_score__needs_a_number_of_the_house(tmp_path: Path) -> None:
    draft = guangzhou.form().with_score(LEAF, 0.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="H32"):
        draft.build(tmp_path / "a.xlsx")


def test_with_right_total__follows_the_scores() -> None:
    draft = guangzhou.form().with_score("部门整体绩效目标效益指标完成情况", Decimal(10))
    assert draft.total_score == Decimal("94.49")
    settled = draft.with_right_total()
    assert settled.total_score == Decimal("84.49")
    assert "☑良" in str(settled.grade)
    assert "□优" in str(settled.grade)


def test_without__drops_the_row_and_moves_those_below(built: Built) -> None:
    draft = guangzhou.form().without(LEAF)
    assert len(draft.leaves()) == 25
    sheet = _sheet(draft, built)
    assert sheet[draft.cell("采购政策效能", "name")].value == "采购政策效能"
    assert draft.cell("采购政策效能") == guangzhou.form().cell(LEAF)
    with pytest.raises(KeyError):
        draft.cell(LEAF)


def test_with_added__puts_a_row_into_the_group(built: Built) -> None:
    extra = Leaf("本地特色指标", Decimal(1), Decimal(1))
    draft = shenzhen.form().with_added("项目监管", extra)
    sheet = _sheet(draft, built)
    assert draft.find("本地特色指标")[0] == ("部门管理", "项目管理", "本地特色指标")
    assert sheet[draft.cell("本地特色指标", "name")].value == "本地特色指标"


def test_with_cap_and_name__reach_groups_too(built: Built) -> None:
    draft = guangzhou.form().with_cap("采购管理", Decimal(11)).with_name("资产管理", "资产")
    sheet = _sheet(draft, built)
    assert sheet[draft.cell("采购管理", "cap")].value == 11
    assert sheet[draft.cell("资产", "name")].value == "资产"


def test_with_reason_action_total_grade_head__reach_their_cells(built: Built) -> None:
    draft = (
        guangzhou.form()
        .with_reason(LEAF, None)
        .with_action(LEAF, "见附件")
        .with_total(Decimal("95"))
        .with_grade("良", "中")
        .with_head("unit", "")
    )
    sheet = _sheet(draft, built)
    assert sheet[draft.cell(LEAF, "reason")].value is None
    assert sheet[draft.cell(LEAF, "action")].value == "见附件"
    assert sheet[draft.cell("total")].value == 95
    assert str(sheet[draft.cell("grade")].value).count("☑") == 2
    assert sheet[draft.cell("head", "unit")].value is None


def test_with_task_and_target__reach_their_cells(built: Built) -> None:
    draft = (
        shenzhen.form()
        .with_task("安全生产工作", 2, Decimal(1))
        .with_target("预算执行率", actual="95%")
    )
    book = built(draft)
    task = draft.place("task", "安全生产工作:executed_total")
    target = draft.place("target", "预算执行率:actual")
    assert book[task.sheet][task.cell].value == 1
    assert book[target.sheet][target.cell].value == "95%"


def test_with_options_dropped__leaves_the_column_out(built: Built) -> None:
    draft = guangzhou.form().with_options(dropped=("action",))
    values = [cell.value for row in _sheet(draft, built) for cell in row]
    assert "改进措施" not in values
    assert "未达标原因" in values


def test_find__wants_the_path_where_a_name_stands_twice() -> None:
    draft = generic.form("deductions")
    with pytest.raises(KeyError, match="2 indicators"):
        draft.find("管理制度健全性")
    assert draft.leaf(("过程", "资产管理", "管理制度健全性")).cap == Decimal(3)
    assert guangzhou.form().leaf("采购意向公开合规性#2").cap == Decimal("1.5")


def test_with_subtotal__reaches_its_cell_and_no_other(built: Built) -> None:
    draft = generic.form("subtotals")
    before = _sheet(draft, built)[draft.cell("过程")].value
    after = _sheet(draft.with_subtotal("过程", Decimal(29)), built)[draft.cell("过程")].value
    assert (before, after) == (30, 29)
    with pytest.raises(KeyError):
        generic.form("deductions").cell("过程")
