"""`diff` at the console: words, files, exit statuses."""

import json
from decimal import Decimal as D
from pathlib import Path

import openpyxl
import pytest

from perfxl.cli.main import run
from perfxl.render.difference_schema import DiffReport, schema_text
from tests.forms import guangzhou, shenzhen
from tests.forms.mutate import Draft

ROOT = Path(__file__).resolve().parents[3]
NAME = "合同备案时效性"


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return guangzhou.clean().build(tmp_path / "初报.xlsx")


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    draft = guangzhou.clean().with_reason(NAME, '=HYPERLINK("x")').with_score(NAME, D(0))
    return draft.with_right_total().build(tmp_path / "复报.xlsx")  # fmt: skip


def test_silent_change_is_told__with_both_values_and_cells(
    clean: Path, changed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", str(clean), str(changed)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    cell = guangzhou.form().cell(NAME)
    assert f"{NAME} 得分：0.5 → 0 自评表!{cell}" in out
    assert "没有对应问题的改动（2处，请核实1处、提示1处）" in out
    assert "已改0处，未改0处，新增0处；没有对应问题的改动2处" in out


@pytest.mark.parametrize(
    ("fail_on", "status"), [("error", 0), ("verify", 1), ("notice", 1), ("never", 0)]
)
def test_status_follows_fail_on__silent_changes(
    fail_on: str, status: int, clean: Path, changed: Path
) -> None:
    assert run(["diff", str(clean), str(changed), "--fail-on", fail_on]) == status


def test_status_is_one__an_error_is_still_open(tmp_path: Path) -> None:
    path = shenzhen.build("as_meant", tmp_path / "a.xlsx")
    assert run(["diff", str(path), str(path)]) == 1
    assert run(["diff", str(path), str(path), "--ignore", "AR102"]) == 0


def test_json_follows_the_published_schema(
    clean: Path, changed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"no workbook")
    first = shenzhen.build("as_meant", tmp_path / "a.xlsx")
    for pair in ((clean, changed), (first, clean), (broken, clean), (clean, broken)):
        run(["diff", *map(str, pair), "--format", "json", "--fail-on", "never"])
        text = capsys.readouterr().out
        DiffReport.model_validate_json(text)
        summary = json.loads(text)["summary"]
        assert summary["changes"] == len(json.loads(text)["changes"])
    assert (ROOT / "docs/diff.schema.json").read_text("utf-8") == schema_text()


def test_workbook_holds_texts_only__formula_like_reason(
    clean: Path, changed: Path, tmp_path: Path
) -> None:
    target = tmp_path / "对比.xlsx"
    assert run(["diff", str(clean), str(changed), "-o", str(target)]) == 0
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["问题变化", "改动"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert any("HYPERLINK" in str(cell.value) for cell in cells)


def test_usage_is_told__wrong_paths(
    clean: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", str(clean)]) == 2
    assert run(["diff", str(clean), str(tmp_path / "没有.xlsx")]) == 2
    assert "找不到" in capsys.readouterr().err
    assert run(["diff", str(clean), str(tmp_path)]) == 2
    assert "这是文件夹" in capsys.readouterr().err
    assert run(["diff", str(clean), str(clean), "-o", f"xlsx={clean}"]) == 2
    assert run(["diff", str(clean), str(clean), "--format", "xlsx"]) == 2


def told(tmp_path: Path, capsys: pytest.CaptureFixture[str], before: Draft, after: Draft) -> str:
    """What is said of two drafts, the lines joined as far as they were wrapped."""
    old, new = before.build(tmp_path / "前.xlsx"), after.build(tmp_path / "后.xlsx")
    capsys.readouterr()
    run(["diff", str(old), str(new)])
    return capsys.readouterr().out.replace("\n     ", "")


def test_changed_words_alone__are_headed_as_a_notice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = guangzhou.clean()
    words = form.with_reason("合同备案时效性", "供应商盖章慢，晚了三天")
    out = told(tmp_path, capsys, form, words)
    assert "没有对应问题的改动（1处，提示）" in out
    both = words.with_score("资产配置合规性", D("1.9")).with_right_total()
    out = told(tmp_path, capsys, form, both)
    assert "没有对应问题的改动（2处，请核实1处、提示1处）" in out


def test_row_that_came_or_went__is_told_by_its_own_side(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = guangzhou.clean()
    less = form.without("资产配置合规性")
    place = f"{form.sheet}!{form.cell('资产配置合规性', 'name')}"
    out = told(tmp_path, capsys, form, less)
    assert "删去的指标：资产配置合规性，分值2，得分2.00" in out
    assert place in out
    assert f"{place}→" not in out
    assert "空白" not in out
    out = told(tmp_path, capsys, less, form)
    assert "增加的指标：资产配置合规性" in out
    assert "空白" not in out
    assert "（无）" not in out


def test_score_lowered_elsewhere__is_not_what_the_one_fault_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # One score over its cap lifts the sums above theirs; they ask for that score, no other.
    form = guangzhou.clean()
    wrong = form.with_score("合同备案时效性", D(5)).with_right_total()
    righted = form.with_score("资产配置合规性", D("1.9")).with_right_total()
    out = told(tmp_path, capsys, wrong, righted)
    silent, asked = out.partition("按问题改动的")[::2]
    assert "资产配置合规性 得分：2 → 1.9" in silent.partition("没有对应问题的改动")[2]
    assert "资产配置合规性 得分" not in asked
    assert "合同备案时效性 得分：5" in asked


def test_other_scheme_unit_and_year__are_remarked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = told(tmp_path, capsys, shenzhen.form("as_meant"), guangzhou.clean())
    assert "说明 两份不是同一方案的表：前一份shenzhen-2023，后一份guangzhou-2022" in out
    assert "两份表上的单位不同" in out
    assert "两份表的年度不同" in out
    form = guangzhou.clean()
    assert "说明" not in told(tmp_path, capsys, form, form.with_score("合同备案时效性", D(0)))
