"""`why` as people meet it: a template filled in, a return from elsewhere, words, files."""

import json
from decimal import Decimal as D
from pathlib import Path

import openpyxl
import pytest

from perfxl.cli.main import run
from perfxl.pipeline.ledger import trace_file
from perfxl.render.ledger_schema import WhyReport, schema_text
from tests.forms import guangzhou, national, shenzhen

ROOT = Path(__file__).resolve().parents[3]
RATE = "部门预算资金支出率"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The first city's template with figures of its published return, scores typed where due."""
    path = tmp_path / "自评表.xlsx"
    assert run(["new", "guangzhou-2022", "--unit", "某局", "--year", "2022", "-o", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    cells = {name: part.attr_text for name, part in book.defined_names.items()}

    def put(name: str, value: float, column: str = "") -> None:
        sheet, _, cell = cells[name].replace("'", "").replace("$", "").partition("!")
        row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        book[sheet][f"{column}{row}" if column else cell] = value

    put("_perfxl_in_mean_execution_rate", 0.8951)
    for column, budget, left in (("E", 1000, 20), ("F", 250.5, 5)):
        put("_perfxl_in_budget_total", budget, column)
        put("_perfxl_in_carryover", left, column)
    results = book["绩效指标完成情况"]
    for number in range(22):
        target, actual = {20: (6, 3.5), 21: (994, 904)}.get(number, (10, 12))
        for column, value in (("C", f"产出{number + 1}"), ("D", "≥"), ("E", target)):
            results[f"{column}{number + 3}"] = value
        results[f"G{number + 3}"] = actual
    book.save(path)
    return path


@pytest.fixture
def shenzhen_return(tmp_path: Path) -> Path:
    path = tmp_path / "深圳.xlsx"
    shenzhen.build("as_meant", path)
    return path


def test_score_is_traced__down_to_its_cell(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["why", str(filled), RATE]) == 0
    out = capsys.readouterr().out
    assert "10 × 89.51% = 8.951，保留两位小数为8.95" in out
    assert "年度平均执行率 89.51% （基础数据!D12）" in " ".join(out.split())
    assert out.splitlines()[-1] == f"{RATE} 8.95：按标准为8.95，与填的一致"


def test_sum_is_traced__over_subordinate_units(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["why", str(filled), "结转结余率"]) == 0
    out = capsys.readouterr().out
    assert "1000 + 250.5 = 1250.5" in out
    assert "25 ÷ 1250.5 ≈ 1.9992%" in out
    assert "本级 1000 （基础数据!E5）" in out
    assert "下属单位1 250.5 （基础数据!F5）" in out


def test_completion_rates_are_traced__to_target_and_actual(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["why", str(filled), "产出指标完成情况"]) == 0
    out = capsys.readouterr().out
    assert "904 ÷ 994 ≈ 90.9457%" in out
    assert "保留两位" in out
    assert "19.54" in out
    assert "其余20项为100%" in out


def test_total_shows_every_indicator__with_what_differs(
    shenzhen_return: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["why", str(shenzhen_return)]) == 0
    out = capsys.readouterr().out
    assert "总分 95.7 / 100分" in out
    assert "满意度90%，不低于90%且低于95%，得4分" in out
    assert out.splitlines()[-1].startswith("总分 95.7：与各项相加一致")
    assert "总分为93.7" in "".join(out.split())


def test_project_form_is_traced__to_its_amounts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = national.form(next(iter(national.WORDINGS))).build(tmp_path / "项目.xlsx")
    assert run(["why", str(path), "预算执行率"]) == 0
    out = capsys.readouterr().out
    assert "114 ÷ 120 = 95%" in out
    assert "仅供参考" in out


def test_json_follows_the_published_schema(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["why", str(filled), "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    WhyReport.model_validate(said, strict=False)
    assert (ROOT / "docs/why.schema.json").read_text("utf-8") == schema_text()
    assert said["ledgers"][0]["scheme"]["how"] == "stamp"
    assert said["ledgers"][0]["entry"]["kind"] == "total"


def test_sheet_has_a_row_for_each_step__linked_to_the_workbook(
    filled: Path, tmp_path: Path
) -> None:
    target = tmp_path / "说明.xlsx"
    assert run(["why", str(filled), RATE, "-o", str(target)]) == 0
    sheet = openpyxl.load_workbook(target).worksheets[0]
    heads = [cell.value for cell in sheet[4]]
    assert heads[:7] == ["层级", "类别", "项目", "位置", "分值", "表上", "算得"]
    rows = {str(row[2].value).strip("　"): row for row in sheet.iter_rows(min_row=5)}
    assert list(rows) == [RATE, "年度平均执行率"]  # the measure bears the score's name
    link = rows["年度平均执行率"][3].hyperlink
    assert (link.target, link.location) == ("自评表.xlsx", "'基础数据'!D12")
    assert rows["年度平均执行率"][5].value == "89.51%"


def test_names_that_look_like_formulas_stay_texts__in_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    guangzhou.build("as_meant", path)
    book = openpyxl.load_workbook(path)
    sheet = book["自评表"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "数据质量")
    cell.value, cell.data_type = '=HYPERLINK("http://x",1)', "s"
    book.save(path)
    target = tmp_path / "说明.xlsx"
    assert run(["why", str(path), "-o", f"xlsx={target}"]) == 0
    types = {c.data_type for row in openpyxl.load_workbook(target).active for c in row}
    assert "f" not in types


def test_several_formats_at_once__beside_the_text(filled: Path, tmp_path: Path) -> None:
    words = ["-o", f"json={tmp_path / 'a.json'}", "-o", f"text={tmp_path / 'b.txt'}"]
    assert run(["why", str(filled), RATE, *words]) == 0
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["unit"] == "某局"
    assert RATE in (tmp_path / "b.txt").read_text("utf-8")


def test_several_fit__all_are_named_and_2_is_returned(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["why", str(filled), "合规性"]) == 2
    said = capsys.readouterr().err
    assert "处相符" in said
    assert "管理效率·预算执行·财务管理合规性" in said


def test_nothing_fits__similar_names_are_offered(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["why", str(filled), "部门预算资金执行率"]) == 2
    assert f"相近的有：{RATE}" in capsys.readouterr().err


def test_file_that_is_no_return__is_said_and_1_is_returned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "坏.xlsx"
    damaged.write_bytes(b"PK\x03\x04broken")
    assert run(["why", str(damaged)]) == 1
    empty = tmp_path / "空.xlsx"
    openpyxl.Workbook().save(empty)
    assert run(["why", str(empty)]) == 1
    assert "没有读到评分表" in capsys.readouterr().err


def test_path_that_is_no_file__is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["why", str(tmp_path / "没有.xlsx")]) == 2
    assert run(["why", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "找不到" in said
    assert "这是文件夹" in said


def test_output_spares_the_workbook_itself(filled: Path) -> None:
    before = filled.read_bytes()
    assert run(["why", str(filled), "-o", str(filled)]) == 2
    assert run(["why", str(filled), "--format", "xlsx"]) == 2
    assert filled.read_bytes() == before


def test_formula_of_a_foreign_form_is_followed__to_the_cells(tmp_path: Path) -> None:
    """A score typed as a formula over another sheet's figures, nothing known of a standard."""
    path = tmp_path / "表.xlsx"
    guangzhou.build("as_meant", path)
    book = openpyxl.load_workbook(path)
    sheet = book["自评表"]
    row = next(c.row for line in sheet.iter_rows() for c in line if c.value == "数据质量")
    figures = book.create_sheet("台账")
    for at, value in (("A1", "项目"), ("B1", "数量"), ("C1", "备注"), ("A2", "抽查数"), ("B2", 8),
                      ("A3", "差错数"), ("B3", 2)):  # fmt: skip
        figures[at] = value
    sheet[f"H{row}"] = "=2*(1-台账!B3/台账!B2)"
    book.save(path)
    (table,) = trace_file(path).tables
    from perfxl.engine.ledger.search import find

    (entry,) = find([table.total], "数据质量")
    assert entry.computed == D("1.5")
    assert {child.label: child.stated for child in entry.children} == {"差错数": 2, "抽查数": 8}
    assert entry.worked == "2 × (1 - 2 ÷ 8) = 1.5"


def test_grade_is_traced__asked_for_by_its_name(
    shenzhen_return: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["why", str(shenzhen_return), "等级"]) == 0
    out = capsys.readouterr().out
    assert "90分及以上为优" in out
    assert out.splitlines()[-1].startswith("评价等级 ")
    assert run(["why", str(shenzhen_return), "等级", "--format", "json"]) == 0
    report = WhyReport.model_validate_json(capsys.readouterr().out)
    assert report.ledgers[0].entry.kind == "grade"
