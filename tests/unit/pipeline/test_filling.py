import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from perfxl.cli.main import run
from perfxl.engine.selection import select_rules
from perfxl.errors import UsageError
from perfxl.pipeline import Options, check_file
from perfxl.pipeline.filling import Filling, fill_file
from perfxl.pipeline.forms import new_form
from perfxl.scheme.figure_mapping import load_mapping
from perfxl.scheme.find import scheme_folder
from tests.forms import guangzhou, national
from tests.forms.figures import Leaf
from tests.forms.mutate import Draft
from tests.forms.template import form_of

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


def no_formula(draft: Draft, tmp_path: Path, *, overwrite: bool = True) -> str:
    """Why the total got no formula."""
    filling = fill(draft.build(tmp_path / "表.xlsx"), overwrite=overwrite)
    assert not any(one.label == "总分" for one in filling.formulas)
    (why,) = filling.blocked
    assert why.startswith("总分")
    return why


def test_total__of_scores_with_more_decimals__would_be_another_sum(tmp_path: Path) -> None:
    draft = guangzhou.form()
    for name in ("结转结余率", "绩效信息公开情况"):
        draft = draft.with_score(name, Decimal("1.996"))
    why = no_formula(draft, tmp_path)
    assert "多于2位小数：先舍入再相加为" in why


def test_total__with_a_score_that_is_no_number__is_told_at_the_score(tmp_path: Path) -> None:
    draft = guangzhou.form().with_score("结转结余率", "不适用")
    assert f"{draft.cell('结转结余率')}写的是“不适用”" in no_formula(draft, tmp_path)


def test_total__with_a_deduction_typed_positive__would_add_it(tmp_path: Path) -> None:
    draft = national.form(next(iter(national.WORDINGS)))
    last = [path for path, _ in draft.leaves()][-1]
    draft = draft.with_added(last, Leaf("扣分项：通报批评", None, Decimal(2)))
    draft = draft.with_total(draft.sum_of_scores() - 4)
    assert "扣分请填负数" in no_formula(draft, tmp_path)


def test_total__in_a_cell_with_words__keeps_its_words(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["一级指标", "二级指标", "三级指标", "分值", "得分"])
        for row, name in enumerate(("完成率", "及时率", "满意度"), start=1):
            sheet.write_row(row, 0, ["产出" if row == 1 else "", "数量" if row == 1 else ""])
            sheet.write_row(row, 2, [name, 10, 9])
        sheet.write(4, 0, "总分：26分")
    filling = fill(path, overwrite=True)
    assert filling.written is None
    assert "会把文字盖住" in filling.blocked[0]


def test_blank_scores__give_no_formula(tmp_path: Path) -> None:
    draft = guangzhou.form().with_total(None)
    for path, _ in draft.leaves():
        draft = draft.with_score(path, None)
    assert no_formula(draft, tmp_path).endswith("得分都还空着")


def test_grade__goes_by_the_total_that_stays(tmp_path: Path) -> None:
    rows = [["总分", "", "", "", 95], ["评价等级", "", "", "", ""]]
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["一级指标", "二级指标", "三级指标", "分值", "得分"])
        sheet.write_row(1, 0, ["产出", "数量", "完成率", 50, 45])
        sheet.write_row(2, 2, ["及时率", 50, 40])
        for row, values in enumerate(rows, start=3):
            sheet.write_row(row, 0, values)
    options = Options(select_rules((), ()), scheme_id="shenzhen-2023")
    kept = fill_file(path, (), options)
    assert [(one.label, one.stands, one.offered) for one in kept.kept] == [("总分", "95", "85")]
    assert kept.formulas == []
    done = fill_file(path, (), options, overwrite=True)
    grades = [(one.value, one.note) for one in done.formulas if one.label == "评价等级"]
    assert grades == [("良", "等级划分暂按通行划分，请核实")]


def template(tmp_path: Path, scheme: str = "guangzhou-2022") -> Path:
    path = tmp_path / "表.xlsx"
    path.write_bytes(form_of(scheme))
    return path


def export(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "决算.csv"
    path.write_text("\n".join(("单位：元", "项目,金额", *rows)), encoding="gb18030")
    return path


def typed(path: Path, cells: dict[str, object]) -> Path:
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book["基础数据"][cell] = value
    book.save(path)
    return path


def test_template__figure_is_converted_and_the_score_follows(tmp_path: Path) -> None:
    data = export(tmp_path, "总预算,123456789.12", "年度平均执行率,89.51%")
    filling = fill_file(template(tmp_path), (data,), OPTIONS)
    assert [(one.place.cell, one.value, one.note) for one in filling.put] == [
        ("E5", "12345.678912万元", "123456789.12元换算为12345.678912万元"),
        ("D12", "89.51%", ""),
    ]
    told = {one.label: one.value for one in filling.scores}
    assert told == {"部门预算资金支出率": "8.95", "总分": "8.95"}
    assert filling.written
    sheet = openpyxl.load_workbook(filling.written, data_only=True)["自评表"]
    assert sheet["H18"].value == 8.95
    (entry,) = check_file(filling.written, OPTIONS).entries
    assert "SC107" not in {finding.code for finding in entry.findings}


@pytest.mark.parametrize("cells", [{"F5": 3000, "E5": 2000}, {"F5": "约三千"}])
def test_template__what_was_typed__stays_until_told(
    cells: dict[str, object], tmp_path: Path
) -> None:
    path = typed(template(tmp_path), cells)
    data = export(tmp_path, "总预算,60000000")
    kept = fill_file(path, (data,), OPTIONS)
    assert (kept.written, kept.put, len(kept.kept)) == (None, [], 1)
    done = fill_file(path, (data,), OPTIONS, overwrite=True)
    assert [(one.place.cell, one.note.endswith("清空F5")) for one in done.put] == [("E5", True)]
    assert done.written
    row = openpyxl.load_workbook(done.written)["基础数据"]
    assert (row["E5"].value, row["F5"].value) == (6000, None)


def test_template__filled_again__gets_a_number(tmp_path: Path) -> None:
    first = fill_file(template(tmp_path), (export(tmp_path, "总预算,1"),), OPTIONS)
    assert first.written == tmp_path / "表.filled.xlsx"
    second = fill_file(first.written, (export(tmp_path, "基本支出,1"),), OPTIONS)
    assert second.written == tmp_path / "表.filled-2.xlsx"


def test_template__of_a_scheme_that_is_not_here__says_where_to_look(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "方案" / "town-2030"
    shutil.copytree(scheme_folder("guangzhou-2022"), folder)
    text = (folder / "scheme.toml").read_text(encoding="utf-8")
    text = text.replace('id = "guangzhou-2022"', 'id = "town-2030"')
    (folder / "scheme.toml").write_text(text, encoding="utf-8")
    path, data = tmp_path / "表.xlsx", export(tmp_path, "总预算,1")
    path.write_bytes(new_form(folder))
    assert run(["fill", str(path), "--data", str(data)]) == 2
    assert "找不到方案“town-2030”；请用 --schemes" in capsys.readouterr().err
    assert run(["fill", str(path), "--data", str(data), "--schemes", str(folder.parent)]) == 1
    assert "总预算　基础数据!E5 = 0.0001万元" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            '[[figure]]\ninput = "没有这项"\nrow = "a"',
            "对照文件里的“没有这项”不是guangzhou-2022的填报项",
        ),
        ('[[figure]]\ninput = "总预算"\nrow = "a"\n' * 2, "“总预算”写了不止一次"),
        ('[[figure]]\ninput = "总预算"\nrow = "a"\nunit = "美元"', "应为元、千元、万元、亿元、%"),
        ("", "应写 columns"),
    ],
)
def test_mapping_file__wrong__is_said_in_chinese(
    lines: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tmp_path / "对照.toml"
    told.write_text(f"schema_version = 1\n{lines}\n", encoding="utf-8")
    path, data = template(tmp_path), export(tmp_path, "总预算,1")
    assert run(["fill", str(path), "--data", str(data), "--map", str(told)]) == 2
    assert said in capsys.readouterr().err


def test_mapping_file__of_the_manual__works(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[3] / "docs" / "fill.md").read_text(encoding="utf-8")
    told = tmp_path / "对照.toml"
    told.write_text(manual.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    data = tmp_path / "决算.csv"
    data.write_text(
        "单位：元\n项目,调整预算数,决算数\n支出总计,50000,1\n三公经费合计,3,4200\n",
        encoding="utf-8",
    )
    path = template(tmp_path)
    filling = fill_file(path, (data,), OPTIONS, mapping=load_mapping(told))
    assert [(one.label, one.value) for one in filling.put] == [("总预算", "5万元")]


def test_map_without_data__is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = template(tmp_path)
    assert run(["fill", str(path), "--map", str(path)]) == 2
    assert "没有写 --data" in capsys.readouterr().err
