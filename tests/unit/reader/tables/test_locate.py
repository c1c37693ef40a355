"""Tables are found by their headings, at any offset, under one to three header rows."""

import pytest

from tests.unit.reader.tables.grids import outline, read, read_form, sheet_of

ONE_ROW = """
| 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 指标解释 | 得分 | 未达标原因 | 改进措施 |
| 管理 | 100 | 采购 | 60 | 意向公开 | 20 | 说明一 | 20 | | |
| | | | | 合同签订 | 40 | 说明二 | 39.5 | 晚签一份 | 按时签 |
| | | 资产 | 40 | 盘点 | 40 | 说明三 | 0 | 未盘点 | 年内盘点 |
| 总分 | 100 | | | | | | 59.5 | | |
| 评价等级 | 差 | | | | | | | | |
"""
LEAVES = ["管理/采购/意向公开 20 20", "管理/采购/合同签订 40 39.5", "管理/资产/盘点 40 0"]


@pytest.mark.parametrize("at", ["A1", "B3", "D40", "AA7"])
def test_form_is_read__at_any_offset(at: str) -> None:
    form = read_form(ONE_ROW, at=at)
    assert [line.split(" @")[0] for line in outline(form)] == LEAVES
    assert form.total is not None
    assert str(form.total.score.value) == "59.5"
    assert form.decisions == []


def test_zero_is_a_score__not_a_blank() -> None:
    form = read_form(ONE_ROW)
    assert [str(leaf.score.value) for leaf in form.leaves()] == ["20", "39.5", "0"]


def test_reason_and_measures_are_read__blank_cells_have_places() -> None:
    first, second, _ = read_form(ONE_ROW).leaves()
    assert second.shortfall_reason is not None
    assert second.shortfall_reason.value == "晚签一份"
    assert first.shortfall_reason is not None
    assert (first.shortfall_reason.value, first.shortfall_reason.place.cell) == ("", "I2")


def test_form_is_read__names_and_caps_in_a_third_header_row() -> None:
    form = read_form(
        """
        | 评价指标 | | | | | | 指标说明 | 参考评分标准 | 分数 |
        | 一级指标 | | 二级指标 | | 三级指标 | | | | |
        | 名称 | 参考分值 | 名称 | 参考分值 | 名称 | 参考分值 | | | |
        | 决策 | 10 | 目标 | 10 | 完整性 | 3 | 甲 | 乙 | 3 |
        | | | | | 明确性 | 7 | 丙 | 丁 | 6 |
        | 综合评分 | | | | | | | | 9 |
        | 评分等级 | | | | | | | | 差 |
        """
    )
    assert outline(form) == ["决策/目标/完整性 3 3 @I4", "决策/目标/明确性 7 6 @I5"]
    assert not form.has_reason_column


def test_form_is_read__a_single_cap_column_after_the_leaves() -> None:
    form = read_form(
        """
        | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析 |
        | 产出 | 数量 | 培训人次 | ≥80人次 | 85人次 | 50 | 50 | |
        | 效益 | 社会 | 知晓率 | ≥90% | 88% | 50 | 48.9 | 宣传不够 |
        | 总分 | | | | | 100 | 98.9 | |
        """
    )
    assert outline(form) == ["产出/数量/培训人次 50 50 @G2", "效益/社会/知晓率 50 48.9 @G3"]
    assert form.total is not None
    assert form.total.max_score is not None
    assert str(form.total.max_score.value) == "100"
    assert form.has_reason_column


def test_form_is_read__two_levels_only() -> None:
    form = read_form(
        """
        | 一级指标 | 二级指标 | 分值 | 得分 |
        | 产出 | 数量 | 60 | 60 |
        | | 质量 | 40 | 30 |
        """
    )
    assert outline(form) == ["产出/数量 60 60 @D2", "产出/质量 40 30 @D3"]


def test_several_tables__each_is_a_form() -> None:
    returned = read(sheet_of(ONE_ROW + "\n" + ONE_ROW.strip()), sheet_of(ONE_ROW, at="C5"))
    assert [form.area.a1 for form in returned.forms] == ["A1:J6", "A8:J13", "C5:L10"]


def test_table_not_found__says_what_stands_there_instead() -> None:
    returned = read(sheet_of("| 序号 | 科室 | 电话 |\n| 1 | 办公室 | 略 |"))
    assert returned.forms == []
    (said,) = returned.unplaced
    assert "一级指标" in said.message
    assert "序号、科室、电话" in said.message


def test_merged_labels__read_as_one_label_over_their_rows() -> None:
    form = read_form(ONE_ROW, merges=("A2:A4", "B2:B4", "C2:C3", "D2:D3"))
    assert [line.split(" @")[0] for line in outline(form)] == LEAVES


def test_repeated_labels__are_one_group() -> None:
    rows = ONE_ROW.replace("| | | | | 合同", "| 管理 | 100 | 采购 | 60 | 合同").replace(
        "| | | 资产", "| 管理 | 100 | 资产"
    )
    form = read_form(rows)
    assert [group.name.value for group in form.groups()] == ["管理", "采购", "资产"]


def test_group_on_its_own_line__its_score_is_a_subtotal() -> None:
    form = read_form(
        """
        | 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |
        | 管理 | | | 100 | 90 |
        | | 采购 | 意向 | 60 | 55 |
        | | | 合同 | 40 | 35 |
        """
    )
    assert len(list(form.leaves())) == 2
    assert form.roots[0].subtotal is not None
    assert str(form.roots[0].subtotal.value) == "90"


def test_subtotal_row__belongs_to_the_group_it_closes() -> None:
    form = read_form(
        """
        | 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 得分 |
        | 管理 | 100 | 采购 | 60 | 意向 | 60 | 55 |
        | | | | | 小计 | 60 | 55 |
        | | | 资产 | 40 | 盘点 | 40 | 35 |
        | | | 小计 | | | | 90 |
        """
    )
    subtotals = {g.name.value: g.subtotal and str(g.subtotal.value) for g in form.groups()}
    assert subtotals == {"管理": "90", "采购": "55", "资产": None}
    assert len(list(form.leaves())) == 2


def test_several_score_columns__the_units_own_is_read() -> None:
    form = read_form(
        """
        | 一级指标 | 二级指标 | 分值 | 评价得分 | 自评得分 |
        | 产出 | 数量 | 60 | | 60 |
        | | 质量 | 40 | | 30 |
        """
    )
    assert outline(form) == ["产出/数量 60 60 @E2", "产出/质量 40 30 @E3"]


HALF = (
    "| 一级指标 | 二级指标 | 分值 | 得分 |",
    "| 产出 | 数量 | 100 | {} |",
    "| 总分 | | 100 | {} |",
)


def test_tables_side_by_side__each_is_a_form() -> None:
    lines = [line + " |" + line for line in HALF]
    lines.insert(0, "| 甲表和乙表 | |")
    sheet = sheet_of("\n".join(lines).format(90, 80, 90, 80), merges=("A1:I1",))
    left, right = read(sheet).forms
    assert [outline(form) for form in (left, right)] == [
        ["产出/数量 100 90 @D3"],
        ["产出/数量 100 80 @J3"],
    ]
    assert [str(f.total.score.value) for f in (left, right) if f.total] == ["90", "80"]
    assert [form.area.a1 for form in (left, right)] == ["A2:D4", "G2:J4"]
    assert read(sheet).unplaced == []


def test_tables_side_by_side__three_are_three_forms() -> None:
    table = "\n".join(" |".join([line] * 3) for line in HALF).format(*[90, 80, 70] * 2)
    forms = read(sheet_of(table)).forms
    assert [str(leaf.score.value) for form in forms for leaf in form.leaves()] == ["90", "80", "70"]


def test_tables_side_by_side__above_a_third_the_right_one_is_told_of() -> None:
    """A table below that stands in both halves forbids to part the sheet."""
    above = "\n".join(line + " |" + line for line in HALF).format(90, 80, 90, 80)
    wide = "| 一级指标 | | | | 二级指标 | 分值 | | 得分 |\n| 产出 | | | | 数量 | 100 | | 60 |"
    returned = read(sheet_of(above + "\n" + wide))
    assert [form.area.a1 for form in returned.forms] == ["A1:J3", "A4:H5"]
    (said,) = returned.unplaced
    assert (said.place.cell, "并排" in said.message) == ("G1", True)


def test_form_on_a_hidden_sheet__is_told_of_but_not_judged() -> None:
    former = sheet_of(ONE_ROW)
    former.name, former.state = "上年", "hidden"
    returned = read(former, sheet_of(ONE_ROW))
    assert [form.sheet for form in returned.forms] == ["自评表"]
    assert [d.what for d in returned.forms[0].decisions] == ["hidden-table"]


def test_table_not_found__names_the_row_most_like_a_heading() -> None:
    returned = read(sheet_of("| 附件2 |\n| 指标 | 分值 | 得分 | 扣分原因 |\n| 采购 | 5 | 5 | |"))
    (said,) = returned.unplaced
    assert "第2行是：指标、分值、得分、扣分原因" in said.message
    assert said.place.cell == "A2"


def test_score_heading_split_in_two__the_units_half_is_read() -> None:
    form = read_form(
        """
        | 一级指标 | 二级指标 | 分值 | 得分 | | 扣分原因 |
        | | | | 自评 | 复核 | |
        | 产出 | 数量 | 60 | 60 | 58 | |
        | | 质量 | 40 | 30 | 28 | 晚了 |
        """,
        merges=("D1:E1",),
    )
    assert outline(form) == ["产出/数量 60 60 @D3", "产出/质量 40 30 @D4"]
