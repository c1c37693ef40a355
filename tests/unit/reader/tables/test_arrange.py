"""The caps' arithmetic decides between readings, and the result says what was decided."""

from perfxl.model.number import NumberKind
from tests.unit.reader.tables.grids import outline, read_form

HEAD = (
    "| 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 "
    "| 指标解释 | 得分 | 未达标原因 | 改进措施 |\n"
)


def test_label_on_second_row__group_starts_where_caps_add_up() -> None:
    form = read_form(
        HEAD
        + """| 决策 | 100 | 编制 | 60 | 合理性 | 30 | 甲 | 30 | | |
        | | | | | 规范性 | 30 | 乙 | 30 | | |
        | | | | | 完整性 | 15 | 丙 | 15 | | |
        | | | 目标 | 40 | 明确性 | 25 | 丁 | 25 | | |"""
    )
    assert [[c.path[-1] for c in g.leaves()] for g in form.groups() if g.level == 2] == [
        ["合理性", "规范性"],
        ["完整性", "明确性"],
    ]
    assert [d.what for d in form.decisions] == ["late-label"]
    assert [group.subtotal for group in form.groups()] == [None, None, None]


def test_label_on_second_row__stays_where_caps_do_not_speak_for_a_move() -> None:
    form = read_form(
        HEAD
        + """| 决策 | 100 | 编制 | 60 | 合理性 | 30 | 甲 | 30 | | |
        | | | | | 规范性 | 31 | 乙 | 30 | | |
        | | | 目标 | 40 | 明确性 | 40 | 丁 | 25 | | |"""
    )
    assert [g.name.place.cell for g in form.groups()] == ["A2", "C2", "C4"]
    assert form.decisions == []


def test_rows_moved_right__are_read_in_their_own_columns() -> None:
    form = read_form(
        HEAD
        + """| 管理 | 100 | 编制 | 60 | 评估 | 60 | 甲 | 60 | | |
        | | | | | 执行 | 40 | 结余率 | 20 | 当年结余与预算之比 | 20 | | |
        | | | | | | | 合规性 | 20 | 财务管理是否规范 | 10 | 两个问题 | 已改 |"""
    )
    assert outline(form) == [
        "管理/编制/评估 60 60 @H2",
        "管理/执行/结余率 20 20 @J3",
        "管理/执行/合规性 20 10 @J4",
    ]
    assert [d.what for d in form.decisions] == ["shifted-row", "shifted-row"]
    assert [str(g.max_score.value) for g in form.groups() if g.max_score] == [
        "100",
        "60",
        "40",
    ]


def test_rows_moved_left_with_a_gap__are_put_back_in_order() -> None:
    form = read_form(
        HEAD
        + """| 管理 | 100 | 绩效 | 100 | 制度建设 | 50 | 甲 | 50 | | |
        | 结果应用 | 30 | | | 对结果的应用情况 | 30 | | | | |
        | 制度执行 | 20 | | | 对制度的执行情况 | 20 | | | | |"""
    )
    assert outline(form) == [
        "管理/绩效/制度建设 50 50 @H2",
        "管理/绩效/结果应用 30 30 @F3",
        "管理/绩效/制度执行 20 20 @F4",
    ]


def test_header_printed_again__is_one_table() -> None:
    form = read_form(
        HEAD
        + "| 管理 | 100 | 绩效 | 40 | 制度 | 40 | 甲 | 40 | | |\n"
        + HEAD
        + "| 管理 | 100 | 采购 | 60 | 合同 | 60 | 乙 | 60 | | |"
    )
    assert [group.name.value for group in form.groups()] == ["管理", "绩效", "采购"]


def test_nameless_leaf__goes_by_the_name_above() -> None:
    form = read_form(
        HEAD
        + """| 管理 | 100 | 采购 | 100 | 意向公开 | 25 | 甲 | 25 | | |
        | | | | | | 75 | | 70 | 晚了 | 早办 |"""
    )
    first, second = form.leaves()
    assert (first.part, second.part) == (1, 2)
    assert second.path == ("管理", "采购", "意向公开")
    assert second.is_nameless
    assert [d.what for d in form.decisions] == ["nameless-leaf"]


def test_row_split_by_a_page__its_text_is_joined() -> None:
    form = read_form(
        HEAD
        + """| 管理 | 100 | 采购 | 100 | 意向公开 | 100 | 前半句， | 25 | 原因一， | 措施 |
        | | | | | | | 后半句。 | | 原因二。 | |"""
    )
    (leaf,) = form.leaves()
    assert leaf.description is not None
    assert leaf.description.value == "前半句，后半句。"
    assert leaf.shortfall_reason is not None
    assert leaf.shortfall_reason.value == "原因一，原因二。"


def test_nothing_is_lost__an_indicator_of_a_higher_level_among_others() -> None:
    form = read_form(
        HEAD
        + """| 管理 | 100 | 采购 | 60 | 意向公开 | 60 | 甲 | 60 | | |
        | | | 资产 | 30 | | | 乙 | 30 | | |
        | | | 成本 | 10 | 控制率 | 10 | 丙 | 10 | | |"""
    )
    assert outline(form) == [
        "管理/采购/意向公开 60 60 @H2",
        "管理/资产 30 30 @H3",
        "管理/成本/控制率 10 10 @H4",
    ]


def test_score_merged_over_two_indicators__is_neither_ones() -> None:
    form = read_form(
        HEAD
        + """| 管理 | 100 | 采购 | 100 | 意向公开 | 25 | 甲 | 90 | | |
        | | | | | 合同签订 | 75 | 乙 | | | |""",
        merges=("H2:H3",),
    )
    first, second = (leaf.score for leaf in form.leaves())
    assert (first.kind, first.raw, first.place.cell) == (NumberKind.MERGED, "90", "H2")
    assert (second.kind, second.raw, second.place.cell) == (NumberKind.MERGED, "", "H3")


def test_parts_of_an_indicator__are_not_counted_twice() -> None:
    form = read_form(
        HEAD
        + """| 管理 | 100 | 执行 | 60 | 预算完成率 | 60 | 甲 | 55 | | |
        | | | | | 其中：基本支出 | 20 | 乙 | 20 | | |
        | | | | | 项目支出 | 40 | 乙 | 35 | | |
        | | | 采购 | 40 | 合同 | 40 | 丙 | 40 | | |"""
    )
    assert [leaf.path[-1] for leaf in form.leaves()] == ["预算完成率", "合同"]
    assert [(d.what, d.place.cell) for d in form.decisions] == [("part-row", "E3")]


def test_part_without_a_cap__leaves_the_rows_below_alone() -> None:
    form = read_form(
        HEAD
        + """| 管理 | 100 | 执行 | 100 | 预算完成率 | 60 | 甲 | 55 | | |
        | | | | | 其中：基本支出 | | 乙 | 20 | | |
        | | | | | 合同 | 40 | 丙 | 40 | | |"""
    )
    assert [leaf.path[-1] for leaf in form.leaves()] == ["预算完成率", "合同"]
