from dataclasses import replace
from decimal import Decimal

import pytest

from perfxl.model.figure import Figure
from perfxl.scheme.figures import (
    Filled,
    Mapped,
    Unclear,
    match_figures,
    twice_mapped,
    unknown_inputs,
)
from perfxl.scheme.model import SchemeInput

BUDGET = SchemeInput("budget", "部门预算数", "万元", aliases=("年初预算总额",))
RATE = SchemeInput("satisfaction", "服务对象满意度", "%", maximum=Decimal(1))
STAFF = SchemeInput("staff", "在编人数", "人", is_integer=True)
SECRET = SchemeInput("secret", "是否涉密", options=("是", "否"))


def figure(row: str, value: str, unit: str = "", column: str = "", place: str = "表!B2") -> Figure:
    typed = Decimal(value) if value.replace(".", "").lstrip("-").isdigit() else value
    return Figure(row, column, typed, unit, "决算.csv", place)


def only_filled(wanted: SchemeInput, *found: Figure, unit: str = "") -> Filled:
    (filled,) = match_figures([wanted], found, unit=unit).filled
    return filled


def only_unclear(wanted: SchemeInput, *found: Figure) -> Unclear:
    (unclear,) = match_figures([wanted], found).unclear
    return unclear


@pytest.mark.parametrize(
    ("value", "unit", "taken", "note"),
    [
        ("4876.31", "万元", "4876.31", ""),
        ("48763098.65", "元", "4876.309865", "48763098.65元换算为4876.309865万元"),
        ("4876.31", "", "4876.31", "数据未写单位，按万元"),
        ("0", "元", "0", "0元换算为0万元"),
    ],
)
def test_money__is_converted_and_said(value: str, unit: str, taken: str, note: str) -> None:
    filled = only_filled(BUDGET, figure("部门预算数", value, unit))
    assert (filled.value, filled.note) == (Decimal(taken), note)


@pytest.mark.parametrize(("value", "taken"), [("0.9", "0.9"), ("1", "1"), ("90", "0.9")])
def test_rate__is_a_fraction(value: str, taken: str) -> None:
    assert only_filled(RATE, figure("服务对象满意度", value)).value == Decimal(taken)


def test_name__alias_spaces_and_quotes__are_one() -> None:
    assert only_filled(BUDGET, figure("1.  年初预算 总额：", "5", "万元")).value == 5


def test_name__row_and_column_together__win_over_the_row_alone() -> None:
    wanted = SchemeInput("spent", "本年支出合计决算数", "元", aliases=("本年支出合计",))
    found = (
        figure("本年支出合计", "7", "元", "年初预算数"),
        figure("本年支出合计", "8", "元", "决算数"),
    )
    assert only_filled(wanted, *found).value == 8


def test_table_of_units__gives_the_row_of_the_own_unit() -> None:
    rows = (figure("甲局", "3", "", "在编人数"), figure("乙局", "4", "", "在编人数"))
    assert only_filled(STAFF, *rows, unit="乙局").value == 4
    assert "2个不同的数" in only_unclear(STAFF, *rows).why


def test_same_figure_twice__is_no_doubt() -> None:
    assert only_filled(STAFF, figure("在编人数", "3"), figure("在编人数", "3")).value == 3


@pytest.mark.parametrize(
    ("wanted", "value", "unit", "why"),
    [
        (STAFF, "3.5", "", "3.5应为整数"),
        (STAFF, "3", "万元", "单位是万元，应为人"),
        (BUDGET, "-1", "万元", "-1小于下限0"),
        (RATE, "120", "", "1.2大于上限1"),
        (BUDGET, "见附件", "", "写的是“见附件”，应为数"),
        (SECRET, "不详", "", "写的是“不详”，应为是、否之一"),
    ],
)
def test_figure_that_cannot_be_taken__is_told(
    wanted: SchemeInput, value: str, unit: str, why: str
) -> None:
    assert only_unclear(wanted, figure(wanted.name, value, unit)).why == why


def test_mapping__tells_row_column_file_and_unit() -> None:
    found = (
        figure("支出总计", "7", "", "预算"),
        figure("支出总计", "80000", "", "决算"),
    )
    told = Mapped("budget", "支出总计", "决算", "决算.csv", "元")
    (filled,) = match_figures([BUDGET], found, [told]).filled
    assert (filled.value, filled.note) == (Decimal(8), "80000元换算为8万元")
    assert unknown_inputs([BUDGET], [told, Mapped("x", "支出总计")]) == ["x"]


def test_leftovers__are_listed() -> None:
    other = figure("别的", "1")
    matched = match_figures([BUDGET, SECRET], (figure("是否涉密", "否"), other))
    assert [one.key for one in matched.missing] == ["budget"]
    assert matched.unused == (other,)
    assert matched.filled[0].value == "否"


@pytest.mark.parametrize(("value", "taken"), [("89.51", "0.8951"), ("0", "0"), ("2", "0.02")])
def test_rate__under_a_heading_of_percents__is_in_percents(value: str, taken: str) -> None:
    found = replace(figure("服务对象满意度", value, "%"), is_under_percent=True)
    assert only_filled(RATE, found).value == Decimal(taken)


def test_rate__that_may_be_either__is_asked_about() -> None:
    found = replace(figure("服务对象满意度", "0.9", "%"), is_under_percent=True)
    assert "看不出是0.9%还是90%" in only_unclear(RATE, found).why
    (filled,) = match_figures(
        [RATE], [found], [Mapped(RATE.key, "服务对象满意度", unit="%")]
    ).filled
    assert filled.value == Decimal("0.009")


def test_rate__taken_as_a_fraction__is_said() -> None:
    assert only_filled(RATE, figure("服务对象满意度", "0.9")).note == "0.9按90%"


def test_name__of_a_part__goes_without_its_first_words() -> None:
    wanted = SchemeInput("in_time", "其中：按时签订数", "个")
    assert only_filled(wanted, figure("按时签订数", "9")).value == 9


def test_columns__of_several_only_those_told_count() -> None:
    found = [
        figure("部门预算数", "5", "万元", "决算数"),
        figure("部门预算数", "6", "万元", "上年数"),
        figure("别的", "7", "万元", "上年数"),
        figure("在编人数", "8"),
    ]
    matched = match_figures([BUDGET, STAFF], found, columns=["决算数"])
    assert [one.value for one in matched.filled] == [5, 8]
    assert matched.unused == ()


def test_mapping__that_finds_nothing__says_what_it_looked_for() -> None:
    told = Mapped(BUDGET.name, "支出总计", "决算数", "决算.csv")
    matched = match_figures([BUDGET], [figure("部门预算数", "5")], [told])
    assert matched.missing == ()
    assert matched.unclear[0].why == "没有找到对照文件所写的决算.csv“决算数”栏“支出总计”一行"


def test_mapping__two_lines_for_one_input__are_seen_by_key_and_name() -> None:
    lines = [Mapped(BUDGET.key, "甲"), Mapped(BUDGET.name, "乙"), Mapped(STAFF.key, "丙")]
    assert twice_mapped([BUDGET, STAFF], lines) == [BUDGET.name]
