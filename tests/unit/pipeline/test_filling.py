from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perfxl.cli.main import run
from perfxl.engine.selection import select_rules
from perfxl.errors import UsageError
from perfxl.pipeline import Options, check_file
from perfxl.pipeline.filling import Filling, fill_file
from tests.forms import guangzhou, national

OPTIONS = Options(select_rules((), ()))


def fill(path: Path, *, overwrite: bool = False, in_place: bool = False) -> Filling:
    return fill_file(path, (), OPTIONS, overwrite=overwrite, in_place=in_place)


def values_of(path: Path) -> list[tuple[str, object]]:
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    return [
        (cell.coordinate, cell.value) for row in sheet for cell in row if cell.value is not None
    ]


@pytest.mark.parametrize("stated", [None, Decimal("94.49")])
def test_total__blank_or_right__becomes_a_formula_with_its_value(
    stated: Decimal | None, tmp_path: Path
) -> None:
    draft = guangzhou.form().with_total(stated)
    path = draft.build(tmp_path / "表.xlsx")
    filling = fill(path)
    assert [(one.label, one.value) for one in filling.formulas] == [("总分", "94.49")]
    assert filling.written == tmp_path / "表.filled.xlsx"
    (entry,) = check_file(filling.written, OPTIONS).entries
    assert entry.total.stated == Decimal("94.49")
    cell = filling.formulas[0].place.cell
    formula = openpyxl.load_workbook(filling.written)["自评表"][cell].value
    assert formula.startswith("=ROUND(SUM($")


def test_fill__changes_nothing_else(tmp_path: Path) -> None:
    path = guangzhou.form().with_total(None).build(tmp_path / "表.xlsx")
    before = path.read_bytes()
    filling = fill(path)
    assert path.read_bytes() == before
    assert filling.written
    cell = filling.formulas[0].place.cell
    after = [one for one in values_of(filling.written) if one[0] != cell]
    assert after == [one for one in values_of(path) if one[0] != cell]


def test_total__that_differs__stays_and_is_told(tmp_path: Path) -> None:
    path = guangzhou.form().with_total(Decimal("95.7")).build(tmp_path / "表.xlsx")
    filling = fill(path)
    assert filling.written is None
    (kept,) = filling.kept
    assert (kept.label, kept.stands, kept.offered) == ("总分", "95.7", "94.49")


def test_total__that_differs__is_replaced_when_told_to(tmp_path: Path) -> None:
    path = guangzhou.form().with_total(Decimal("95.7")).build(tmp_path / "表.xlsx")
    filling = fill(path, overwrite=True)
    assert [one.value for one in filling.formulas] == ["94.49"]


def test_total__over_a_score_typed_as_text__is_told_at_the_text(tmp_path: Path) -> None:
    draft = guangzhou.form().with_score("合同备案时效性", "0.50").with_total(None)
    filling = fill(draft.build(tmp_path / "表.xlsx"))
    assert filling.written is None
    assert "“0.50”是文本" in filling.blocked[0]


def test_total__formula_that_is_there__is_left(tmp_path: Path) -> None:
    path = guangzhou.form().with_options(totals="cached").build(tmp_path / "表.xlsx")
    filling = fill(path)
    assert (filling.written, filling.formulas, filling.kept) == (None, [], [])


@pytest.mark.parametrize("wording", national.WORDINGS)
def test_national_form__rate_total_and_grade__fit_the_form(wording: str, tmp_path: Path) -> None:
    path = national.form(wording).build(tmp_path / "表.xlsx")
    filling = fill(path)
    assert "总分" in {one.label for one in filling.formulas}
    assert {one.label for one in filling.formulas} <= {"总分", "预算执行率", "评价等级"}
    assert [one for one in filling.kept if one.label != "预算执行率"] == []
    assert filling.written
    before, after = (check_file(one, OPTIONS).entries for one in (path, filling.written))
    assert [entry.total for entry in before] == [entry.total for entry in after]
    assert [entry.grade for entry in before] == [entry.grade for entry in after]


def test_in_place__keeps_a_backup(tmp_path: Path) -> None:
    path = guangzhou.form().with_total(None).build(tmp_path / "表.xlsx")
    before = path.read_bytes()
    assert fill(path, in_place=True).written == path
    assert path.read_bytes() != before
    assert [one.read_bytes() for one in tmp_path.glob("*.bak")] == [before]


def test_figures__for_a_table_without_inputs__are_refused(tmp_path: Path) -> None:
    path = guangzhou.form().build(tmp_path / "表.xlsx")
    data = tmp_path / "决算.csv"
    data.write_text("项目,金额\n部门预算数,3\n", encoding="utf-8")
    with pytest.raises(UsageError, match="没有“基础数据”可填"):
        fill_file(path, (data,), OPTIONS)


def test_command__tells_what_was_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = guangzhou.form().with_total(None).build(tmp_path / "表.xlsx")
    assert run(["fill", str(path)]) == 0
    out, talk = capsys.readouterr()
    assert "总分　自评表!H" in out
    assert out.splitlines()[-1] == "填了0项，写了1处公式，没有遗漏"
    assert "表.filled.xlsx" in talk
