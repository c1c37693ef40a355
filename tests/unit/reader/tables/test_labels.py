"""Caps inside labels, names and targets over several cells, funds that the table lists again."""

from decimal import Decimal

import pytest

from perfxl.reader.tables.labels import is_counter, split_cap
from tests.unit.reader.tables.grids import outline, read, read_form, sheet_of


@pytest.mark.parametrize(
    ("label", "name", "cap"),
    [
        ("产出指标(50分)", "产出指标", "50"),
        ("产出指标（50分）", "产出指标", "50"),
        ("产出指标\n（ 12.5 分）", "产出指标", "12.5"),
        ("效益指标 30分", "效益指标", "30"),
        ("效益指标30分", "效益指标", "30"),
        ("满意度指标（满分10分）", "满意度指标", "10"),
        ("项目产出（30%）", "项目产出", "30"),
        ("产出指标", "产出指标", None),
        ("产出（一）", "产出（一）", None),
        ("考试及格率60分", "考试及格率60分", None),
        ("（50分）", "（50分）", None),
    ],
)
def test_cap_inside_a_label__is_split_off(label: str, name: str, cap: str | None) -> None:
    assert split_cap(label) == (name, Decimal(cap) if cap else None)


def test_cap_without_brackets__is_part_of_a_leaf_name() -> None:
    assert split_cap("测评 90分", is_group=False) == ("测评 90分", None)
    assert split_cap("测评（5分）", is_group=False) == ("测评", Decimal(5))


def test_cap__is_not_looked_for_in_prose() -> None:
    prose = "指" + " " * 30_000 + "标（50分）"
    assert split_cap(prose) == (prose, None)


@pytest.mark.parametrize("text", ["1", "①", "指标1：", "指标 2", "3."])
def test_counter__is_known(text: str) -> None:
    assert is_counter(text)


@pytest.mark.parametrize("text", ["培训", "指标完成率", "500人次"])
def test_name__is_no_counter(text: str) -> None:
    assert not is_counter(text)


def test_cap_column__wins_over_the_label() -> None:
    form = read_form(
        """
        | 一级指标 | 分值 | 二级指标 | 分值 | 得分 |
        | 产出（60分） | 40 | 数量 | 40 | 40 |
        | 效益（60分） | | 社会 | 60 | 60 |
        """
    )
    caps = [(g.name.value, g.max_score and str(g.max_score.value)) for g in form.roots]
    assert caps == [("产出", "40"), ("效益", "60")]


def test_caps_of_leaves__stand_in_their_labels() -> None:
    form = read_form(
        """
        | 一级指标 | 二级指标 | 得分 |
        | 产出（60分） | 数量（35分） | 35 |
        | | 质量（25分） | 20 |
        | 效益（40分） | 社会（40分） | 40 |
        """
    )
    assert outline(form) == ["产出/数量 35 35 @C2", "产出/质量 25 20 @C3", "效益/社会 40 40 @C4"]


def test_late_label__is_placed_by_the_caps_in_labels() -> None:
    form = read_form(
        """
        | 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |
        | 产出（60分） | 数量 | 甲 | 60 | 60 |
        | | 社会 | 乙 | 15 | 15 |
        | 效益（40分） | | 丙 | 25 | 25 |
        """
    )
    assert [[x.name.value for x in g.leaves()] for g in form.roots] == [["甲"], ["乙", "丙"]]


def test_weights_in_percent__are_caps_of_a_hundred() -> None:
    form = read_form(
        """
        | 一级指标 | 二级指标 | 权重 | 得分系数 | 得分 |
        | 产出 | 数量 | 62.5% | 80 | 50 |
        | 效益 | 社会 | 37.5% | 100 | 37.5 |
        | 总分 | | 100% | | 87.5 |
        """
    )
    assert outline(form) == ["产出/数量 62.5 50 @E2", "效益/社会 37.5 37.5 @E3"]
    assert form.total
    assert form.total.max_score
    assert form.total.max_score.value == 100


FUNDS = """
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| | 年度资金总额 | 100 | 120 | 114 | 10 | 95% | 9.5 |
| | 其中：当年财政拨款 | 100 | 120 | 114 | 10 | 95% | 9.5 |
"""
HEAD = "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n"


def test_funds_right_above_the_heading__are_no_header_row() -> None:
    form = read_form(FUNDS + HEAD + "| 产出 | 数量 | 培训 | ≥5次 | 5次 | 90 | 90 |")
    assert form.area.a1 == "A4:G5"
    assert outline(form) == ["预算执行率/预算执行率 10 9.5 @H2", "产出/数量/培训 90 90 @G5"]
    assert [d.what for d in form.decisions] == ["fund-part-scored"]


def test_rate_listed_again__counts_once_where_caps_say_so() -> None:
    rows = (
        "| 过程 | 资金 | 预算执行率 | ≥95% | 95% | 10 | 9.5 |\n| 产出 | 数量 | 培训 | | | {} | 90 |"
    )
    once = read_form(FUNDS + HEAD + rows.format(90))
    assert [leaf.name.value for leaf in once.leaves()] == ["预算执行率", "培训"]
    assert [d.what for d in once.decisions] == ["fund-score-listed"]
    twice = read_form(FUNDS + HEAD + rows.format(80))
    assert [leaf.name.value for leaf in twice.leaves()] == ["预算执行率", "预算执行率", "培训"]


def test_funds_without_a_score__are_read_and_earn_nothing() -> None:
    form = read_form(
        """
        | 资金（元） | 全年预算数 | 全年执行数 | 执行率 |
        | 年度资金总额 | 0 | 0 | |
        | 年度总体目标 | 完成培训 | 已完成 | |
        """
        + HEAD
        + "| 产出 | 数量 | 培训 | ≥5次 | 5次 | 100 | 90 |"
    )
    assert form.fund_block
    assert [str(n.value) for n in form.fund_block.total.amounts.values()] == ["0", "0"]
    assert form.fund_block.area.a1 == "A1:D2"
    assert len(list(form.leaves())) == 1


def test_points_on_a_part_only__are_those_that_count() -> None:
    funds = FUNDS.replace("114 | 10 | 95% | 9.5 |\n| | 其中", "114 | | | |\n| | 其中")
    form = read_form(funds + HEAD + "| 产出 | 数量 | 培训 | ≥5次 | 5次 | 90 | 90 |")
    assert outline(form)[0] == "预算执行率/预算执行率 10 9.5 @H3"


def test_second_form_on_a_sheet__has_funds_of_its_own() -> None:
    row = "| 产出 | 数量 | 培训 | ≥5次 | 5次 | 90 | 90 |\n| 总分 | | | | | 100 | 99.5 |\n"
    one = FUNDS.strip() + "\n" + HEAD + row
    first, second = read(sheet_of(one + one.replace("114", "108"))).forms
    assert first.fund_block
    assert second.fund_block
    spent = [f.fund_block and f.fund_block.total.amounts["executed"].value for f in (first, second)]
    assert spent == [114, 108]


def test_qualitative_target__takes_neither_sign_nor_unit() -> None:
    returned = read(
        sheet_of(
            """
            | 一级指标 | 二级指标 | 指标性质 | 指标值 | 度量单位 | 实际完成值 | 分值 | 得分 |
            | 产出 | 机制 | 定性 | 建立 | / | 建立 | 50 | 50 |
            | | 培训 | ≥ | 5 | 次 | 6次 | 50 | 50 |
            """
        )
    )
    (table,) = returned.target_tables
    assert [target.target_value.value for target in table.targets] == ["建立", "≥5次"]
    assert [target.target_value.place.cell for target in table.targets] == ["D2", "D3"]
