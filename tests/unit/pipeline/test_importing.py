from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from perfxl.cli.main import run
from perfxl.engine.selection import select_rules
from perfxl.errors import SchemeError
from perfxl.pipeline import Options, check_file
from perfxl.pipeline.forms import new_form
from perfxl.pipeline.importing import import_scheme
from perfxl.scheme.load import load_layout, load_scheme, load_scheme_file
from perfxl.scheme.model import Scheme
from perfxl.writer.template.plan import make_plan

TEMPLATES = Path(__file__).parents[3] / "templates"
Rows = list[list[object]]

STANDARDS: Rows = [
    ["某市2025年度部门整体绩效评分标准"],
    ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "评分标准"],
    ["投入", 40, "预算配置", 40, "在职人员控制率", 15, "不超过100%得满分，每超一个百分点扣1分"],
    ["", "", "", "", "重点支出安排率", 25, "不低于80%得满分"],
    ["产出", 60, "职责履行", 60, "完成及时率", 35.5, "按比例计分"],
    ["", "", "", "", "质量达标率", 24.5, "按比例计分"],
]


def book_of(tmp_path: Path, rows: Rows) -> Path:
    path = tmp_path / "评分标准.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("评分标准")
    sheet.set_column(6, 6, 44)
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value != "":
                sheet.write(row, column, value)
    book.close()
    return path


def leaves(scheme: Scheme) -> list[tuple[str, str]]:
    return [(leaf.name, str(leaf.max_score)) for leaf in scheme.leaves()]


@pytest.mark.parametrize("scheme_id", ["guangzhou-2022", "shenzhen-2023"])
def test_import__of_an_example__gives_its_own_tree(scheme_id: str, tmp_path: Path) -> None:
    (example,) = (TEMPLATES / scheme_id / "examples").glob("*.xlsx")
    done = import_scheme(example, "x-2025", tmp_path)
    imported, own = load_scheme(tmp_path / "x-2025"), load_scheme(TEMPLATES / scheme_id)
    assert leaves(imported) == leaves(own)
    assert [(g.path, g.max_score) for g in imported.groups()] == [
        (g.path, g.max_score) for g in own.groups()
    ]
    assert imported.required_columns == own.required_columns
    assert (imported.year, done.problems, done.added) == (2025, (), ())


def test_import__of_an_example__keeps_headings_levels_and_widths(tmp_path: Path) -> None:
    (example,) = (TEMPLATES / "shenzhen-2023" / "examples").glob("*.xlsx")
    import_scheme(example, "x-2025", tmp_path)
    (sheet,) = load_layout(tmp_path / "x-2025").sheet
    by_role = {(column.role, column.level): column for column in sheet.column}
    assert [c.role for c in sheet.column][:6] == [
        "level1", "max_score", "level2", "max_score", "level3", "max_score",
    ]  # fmt: skip
    assert by_role["max_score", 3].heading == "参考分值"
    assert by_role["max_score", 3].above == ["评价指标", "三级指标"]
    assert by_role["scoring_criteria", 0].width > by_role["max_score", 3].width
    assert by_role["score", 0].input


def test_import__of_standards_without_scores__adds_what_units_fill(tmp_path: Path) -> None:
    done = import_scheme(book_of(tmp_path, STANDARDS), "x-2025", tmp_path / "t")
    scheme = load_scheme(tmp_path / "t" / "x-2025")
    assert leaves(scheme) == [
        ("在职人员控制率", "15"), ("重点支出安排率", "25"), ("完成及时率", "35.5"),
        ("质量达标率", "24.5"),
    ]  # fmt: skip
    assert done.added == ("得分", "未达标原因", "改进措施")
    (sheet,) = load_layout(tmp_path / "t" / "x-2025").sheet
    assert [(c.role, c.width) for c in sheet.column[6:8]] == [
        ("scoring_criteria", 44),
        ("score", 9),
    ]
    assert scheme.required_columns == ("shortfall_reason", "improvement_measures")
    printed = load_scheme_file(tmp_path / "t" / "x-2025").group[0].group[0].indicator[0].criteria
    assert printed == "不超过100%得满分，每超一个百分点扣1分"


def test_import__caps_that_do_not_add_up__are_told(tmp_path: Path) -> None:
    rows = [list(row) for row in STANDARDS]
    rows[2][5] = 14
    done = import_scheme(book_of(tmp_path, rows), "x-2025", tmp_path / "t")
    assert len(done.problems) == 1
    assert "预算配置”分值40，下级合计39，差1" in done.problems[0]


def test_import__cap_that_is_no_number__names_the_cell(tmp_path: Path) -> None:
    rows = [list(row) for row in STANDARDS]
    rows[4][5] = "三十五"
    with pytest.raises(SchemeError, match="完成及时率”的分值（评分标准!F5）写的是“三十五”"):
        import_scheme(book_of(tmp_path, rows), "x-2025", tmp_path / "t")
    assert not (tmp_path / "t").exists()


def test_import__folder_that_is_there__is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "t" / "x-2025").mkdir(parents=True)
    with pytest.raises(SchemeError, match="已经存在"):
        import_scheme(book_of(tmp_path, STANDARDS), "x-2025", tmp_path / "t")


def test_import__year_that_nothing_tells__is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match="--year"):
        import_scheme(book_of(tmp_path, STANDARDS[1:]), "x", tmp_path / "t")


def test_import__bad_id__leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match="只用小写字母"):
        import_scheme(book_of(tmp_path, STANDARDS), "某市-2025", tmp_path / "t")
    assert not (tmp_path / "t" / "某市-2025").exists()


def test_command__says_where_and_what_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = book_of(tmp_path, STANDARDS)
    status = run(
        ["scheme", "import", str(table), "--id", "x-2025", "--schemes", str(tmp_path / "t")]
    )
    out, talk = capsys.readouterr()
    assert (status, out) == (0, "x-2025：4项指标，没有问题\n")
    assert "得分、未达标原因、改进措施" in talk
    assert "perfxl scheme lint x-2025" in talk


def test_command__not_a_workbook__is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_text("不是表", encoding="utf-8")
    assert run(["scheme", "import", str(path), "--id", "x-2025"]) == 2
    assert "打不开" in capsys.readouterr().err


BEYOND: Rows = [
    ["某市2025年度部门整体绩效评分表"],
    ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "指标解释", "得分", "未达标原因"],
    ["投入", 40, "预算配置", 40, "在职人员控制率", 40, "编制内", "", ""],
    ["产出", 60, "职责履行", 60, "完成及时率", 60, "按时", "", ""],
    ["加分项", 5, "获奖", "", "市级表彰", "", "看文件", "", ""],
    ["", "", "", "", "省级表彰", "", "看文件", "", ""],
    ["扣分项", "", "通报", "", "被通报批评", 3, "看通报", "", ""],
    ["加减分项", "", "其他", "", "临时任务", "", "", "", ""],
    ["总分", 100],
]


def test_import__rows_beyond_full_marks__are_adjustments(tmp_path: Path) -> None:
    import_scheme(book_of(tmp_path, BEYOND), "x-2025", tmp_path / "t")
    scheme = load_scheme(tmp_path / "t" / "x-2025")
    assert leaves(scheme) == [("在职人员控制率", "40"), ("完成及时率", "60")]
    assert scheme.total_score == 100
    assert [(a.name, a.kind.value, str(a.limit), a.help) for a in scheme.adjustments] == [
        ("加分项", "bonus", "5", "市级表彰、省级表彰"),
        ("被通报批评", "deduction", "3", "看通报"),
        ("临时任务", "bonus", "100", ""),
        ("临时任务", "deduction", "100", ""),
    ]
    assert "“临时任务”的限额表上未印，暂以满分为限" in scheme.unknowns


CAPS_IN_NAMES: Rows = [
    ["某市2025年度部门整体绩效评分表"],
    ["一级指标", "二级指标", "三级指标", "评分标准", "得分", "扣分原因"],
    ["投入（40分）", "预算配置（40分）", "在职人员控制率（40分）", "不超编", "", ""],
    ["产出（60分）", "职责履行（60分）", "完成及时率（60分）", "按比例", "", ""],
    ["总分"],
]
TWO_LEVELS: Rows = [
    ["某市2025年度部门整体绩效评分表"],
    ["一级指标", "二级指标", "分值", "评分标准", "得分", "扣分原因"],
    ["投入", "在职人员控制率", 40, "不超编", "", ""],
    ["产出", "完成及时率", 60, "按比例", "", ""],
    ["总分", "", 100],
]
TWO_ROWS: Rows = [
    ["某市2025年度部门整体绩效评分表"],
    ["一级指标", "", "二级指标", "", "三级指标", "", "评分标准", "自评", ""],
    ["名称", "分值", "名称", "分值", "名称", "分值", "", "得分", "扣分原因"],
    ["投入", 40, "预算配置", 40, "在职人员控制率", 40, "不超编", "", ""],
    ["产出", 60, "职责履行", 60, "完成及时率", 60, "按比例", "", ""],
    ["总分", 100],
]


@pytest.mark.parametrize(
    ("rows", "added"),
    [(CAPS_IN_NAMES, ("分值",)), (TWO_LEVELS, ()), (TWO_ROWS, ()), (BEYOND, ())],
    ids=["caps in names", "two levels", "two header rows", "rows beyond full marks"],
)
def test_import__odd_table__can_be_built_filled_in_and_checked(
    rows: Rows, added: tuple[str, ...], tmp_path: Path
) -> None:
    done = import_scheme(book_of(tmp_path, rows), "x-2025", tmp_path / "t")
    assert (done.added, done.problems) == (added, ())
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(new_form(done.folder, unit="某局"))
    options = Options(select_rules(), schemes_folder=tmp_path / "t")
    book = openpyxl.load_workbook(path)
    plan = make_plan(
        load_scheme(done.folder), load_scheme_file(done.folder), load_layout(done.folder)
    )
    for leaf in plan.score.leaves:
        area = leaf.score.area
        book[plan.score.sheet].cell(area.top, area.left).value = 60 if "时" in leaf.path[-1] else 40
    for one in plan.score.adjustments:
        book[plan.score.sheet].cell(one.area.top, one.area.left).value = 1
    book.save(path)
    (entry,) = check_file(path, options).entries
    assert (entry.findings, entry.scheme and entry.scheme.id) == (
        (), "x-2025",
    )  # fmt: skip
    assert entry.total.stated == 100


def test_import__nothing_to_compute_from__has_no_sheet_of_figures(tmp_path: Path) -> None:
    done = import_scheme(book_of(tmp_path, STANDARDS), "x-2025", tmp_path / "t")
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(new_form(done.folder, unit="某局"))
    book = openpyxl.load_workbook(path)
    assert "基础数据" not in book.sheetnames
    told = [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert not [text for text in told if "基础数据" in text or "由公式算出" in text]
    assert "第一步　填单位信息" in told
    assert not [text for text in told if text.startswith("下属单位")]
