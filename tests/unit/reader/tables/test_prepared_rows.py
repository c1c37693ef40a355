"""Rows prepared for indicators of the unit's own are indicators once something is in them."""

from perfxl.model.cells import Book, Cell, CellType, Sheet
from perfxl.model.form import SelfEvaluationForm
from perfxl.reader.tables import read_return
from perfxl.scheme.vocabulary import load_vocabulary
from tests.unit.reader.tables.grids import outline, sheet_of

HEAD = "| 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 得分 |"
FORM = f"""
{HEAD}
| 产出 | 50 | 数量 | 50 | {{first}} | | |
| | | | | {{second}} | | |
| | | | | | | |
| 效益 | 50 | 社会效益 | 50 | 受益人数 | 50 | 45 |
| 总分 | 100 | | | | | 95 |
"""
MERGES = ("A2:A4", "B2:B4", "C2:C4", "D2:D4")


def form_of(sheet: Sheet) -> SelfEvaluationForm:
    (form,) = read_return(Book([sheet]), load_vocabulary()).forms
    return form


def prepared(first: str = "", second: str = "") -> Sheet:
    """The form, its own rows with formulas that say nothing as long as there is no result."""
    sheet = sheet_of(FORM.format(first=first, second=second), merges=MERGES)
    for row in (2, 3, 4):
        formula = f'IF(E{row}="","",1)'
        sheet.cells[row, 7] = Cell(row, 7, CellType.TEXT, "", formula)
    return sheet


def test_blank_rows__are_no_indicators_and_the_group_stays() -> None:
    form = form_of(prepared())
    assert [leaf.path[-1] for leaf in form.leaves()] == ["受益人数"]
    groups = {group.path: len(group.children) for group in form.groups()}
    assert groups[("产出", "数量")] == 0
    assert groups[("效益", "社会效益")] == 1
    caps = {group.path[-1]: group.max_score.value for group in form.groups() if group.max_score}
    assert caps["数量"] == 50
    assert form.decisions == []


def test_rows_without_formulas__are_blank_alike() -> None:
    form = form_of(sheet_of(FORM.format(first="", second=""), merges=MERGES))
    assert [group.path[-1] for group in form.groups()] == ["产出", "数量", "效益", "社会效益"]
    assert [leaf.path[-1] for leaf in form.leaves()] == ["受益人数"]


def test_rows_in_use__are_indicators_and_the_others_are_not() -> None:
    form = form_of(prepared(second="培训人次"))
    assert [leaf.path for leaf in form.leaves()] == [
        ("产出", "数量", "培训人次"),
        ("效益", "社会效益", "受益人数"),
    ]
    form = form_of(prepared(first="培训人次", second="检查数"))
    assert [leaf.path[-1] for leaf in form.leaves()] == ["培训人次", "检查数", "受益人数"]
    assert not any(leaf.part or leaf.is_nameless for leaf in form.leaves())


def test_last_group__may_be_blank_too() -> None:
    table = f"""
    {HEAD}
    | 效益 | 50 | 社会效益 | 50 | 受益人数 | 50 | 45 |
    | 产出 | 50 | 数量 | 50 | | | |
    | 总分 | 100 | | | | | 45 |
    """
    merges = ("A3:A5", "B3:B5", "C3:C5", "D3:D5")
    text = table.replace("    |", "|").replace("| 总分", "| | | | | | | |\n| | | | | | | |\n| 总分")
    form = form_of(sheet_of(text, merges=merges))
    assert [group.path[-1] for group in form.groups()] == ["效益", "社会效益", "产出", "数量"]
    assert form.total is not None


def test_label_over_several_lines__is_no_empty_group() -> None:
    form = form_of(
        sheet_of(
            f"""
{HEAD}
| 产出 | 50 | 数量 | 50 | 培训人次 | 50 | 50 |
| 效益 | | | | | | |
| 效益指标 | 50 | 社会效益 | 50 | 受益人数 | 50 | 45 |
| 总分 | 100 | | | | | 95 |
"""
        )
    )
    assert len(list(form.groups())) == 4
    assert len(outline(form)) == 2


def test_formula_without_a_value__still_is_an_indicator() -> None:
    sheet = prepared(first="培训人次")
    sheet.cells[4, 7] = Cell(4, 7, CellType.BLANK, "", "VLOOKUP(1,A1:B2,2)")
    assert len(list(form_of(sheet).leaves())) == 3
