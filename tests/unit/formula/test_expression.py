"""Scores by each shape, on figures of real returns and at every bound."""

from dataclasses import replace
from decimal import Decimal

import pytest

from perfxl.formula.coerce import Value
from perfxl.formula.dated import Dated, constant
from perfxl.formula.evaluate import evaluate
from perfxl.formula.expression import amount, mean, ratio, score_expression, signed_sum
from perfxl.formula.keyed import KeyedValues
from perfxl.formula.shapes import (
    Better,
    Checklist,
    ChecklistItem,
    DeductPerStep,
    Manual,
    MeanCompletion,
    Option,
    Pace,
    Part,
    Partial,
    Proportional,
    Reverse,
    Shape,
    Sum,
    Tier,
    Tiers,
    ZeroIf,
)
from perfxl.formula.tree import Call, CellError, Literal, Name, Node, Reference
from perfxl.model.address import Area

QUARTERS = ("q1", "q2", "q3", "q4")
PACE = Pace(
    QUARTERS,
    tuple(map(constant, ("0.25", "0.5", "0.75", "1"))),
    (constant(1),) * 4,
    constant(2),
)
SATISFACTION = Tiers(
    "率",
    (
        Tier(constant(6), constant("0.95"), None),
        Tier(constant(4), constant("0.9"), constant("0.95")),
        Tier(constant(2), constant("0.8"), constant("0.9")),
        Tier(constant(1), None, constant("0.8")),
    ),
)
YES_NO = (Option("是", constant(1)), Option("否", constant(0)))


def scored(
    shape: Shape, cap: int | str, year: int | None = None, **figures: Value | tuple[Value, ...]
) -> Value:
    node = score_expression(shape, Literal(Decimal(cap)), decimals=2, year=year)
    assert node is not None
    return evaluate(node, KeyedValues(figures))


def number(text: str) -> Decimal:
    return Decimal(text)


def test_mean_completion__output_of_twenty_two_results() -> None:
    rates = (*[Decimal(1)] * 20, Decimal("3.5") / 6, Decimal(904) / 994)
    assert scored(MeanCompletion("完成率"), 20, 完成率=rates) == number("19.54")


def test_pace__quarterly_execution() -> None:
    q1, q2, q3, q4 = map(Decimal, ("0.2085", "0.3992", "0.7361", "0.9451"))
    assert scored(PACE, 6, q1=q1, q2=q2, q3=q3, q4=q4) == number("4.70")


def test_pace__one_that_is_ahead_counts_as_on_pace_where_capped() -> None:
    shape = Pace(("q1",), (constant("0.25"),), (constant(1),), constant(0), caps_each=True)
    assert scored(shape, 2, q1=number("0.3")) == 1
    assert scored(replace(shape, caps_each=False), 2, q1=number("0.3")) == number("1.2")


def test_annual_rate__average_of_the_year() -> None:
    assert scored(Proportional("率"), 10, 率=number("0.8951")) == number("8.95")


@pytest.mark.parametrize(
    ("reverse", "actual", "score"),
    [
        (Reverse.PLATFORM, "15", "5"),
        (Reverse.PLAIN, "15", "6.67"),
        (Reverse.PLATFORM, "10", "10"),
        (Reverse.PLAIN, "10", "10"),
        (Reverse.PLATFORM, "20", "0"),
        (Reverse.PLATFORM, "35", "0"),
        (Reverse.PLAIN, "0", "10"),
        (Reverse.PLATFORM, "0", "10"),
    ],
)
def test_smaller_is_better__target_ten(reverse: Reverse, actual: str, score: str) -> None:
    for target in (constant(10), "目标"):
        shape = Proportional("实际", target, Better.LOWER, reverse)
        assert scored(shape, 10, 实际=number(actual), 目标=Decimal(10)) == number(score)


@pytest.mark.parametrize(
    ("better", "target", "actual", "score"),
    [
        (Better.HIGHER, "0", "0", "10"),
        (Better.HIGHER, "0", "-1", "0"),
        (Better.LOWER, "0", "0", "10"),
        (Better.LOWER, "0", "1", "0"),
        (Better.HIGHER, "-5", "-6", "0"),
        (Better.HIGHER, "-5", "-4", "10"),
        (Better.LOWER, "-5", "-4", "0"),
        (Better.LOWER, "-5", "0", "0"),
        (Better.LOWER, "-5", "-5", "10"),
    ],
)
@pytest.mark.parametrize("reverse", list(Reverse))
def test_target_of_zero_or_below__met_or_not(
    better: Better, target: str, actual: str, score: str, reverse: Reverse
) -> None:
    for kind in (constant(target), "目标"):
        shape = Proportional("实际", kind, better, reverse)
        assert scored(shape, 10, 实际=number(actual), 目标=number(target)) == number(score)


@pytest.mark.parametrize(
    ("rate", "score"),
    [("1", 6), ("0.95", 6), ("0.9499", 4), ("0.9", 4), ("0.8999", 2), ("0.8", 2), ("0.7999", 1),
     ("0", 1), ("-1", 1)],
)  # fmt: skip
def test_tiers__half_open_at_the_top(rate: str, score: int) -> None:
    assert scored(SATISFACTION, 6, 率=number(rate)) == score


@pytest.mark.parametrize(
    ("has_lower", "has_upper", "at_lower", "at_upper"),
    [(True, False, 1, ""), (False, True, "", 1), (True, True, 1, 1), (False, False, "", "")],
)
def test_tiers__each_kind_of_ends(
    has_lower: bool, has_upper: bool, at_lower: Value, at_upper: Value
) -> None:
    tier = Tier(constant(1), constant("0.1"), constant("0.2"), has_lower, has_upper)
    shape = Tiers("率", (tier,))
    assert scored(shape, 1, 率=number("0.15")) == 1
    assert scored(shape, 1, 率=number("0.1")) == at_lower
    assert scored(shape, 1, 率=number("0.2")) == at_upper
    assert scored(shape, 1, 率=number("0.2001")) == ""


def test_tiers__hole_is_blank_within_a_sum_too() -> None:
    tier = Tiers("率", (Tier(constant(1), constant("0.5"), None),))
    parts = Sum((Part("甲", constant(1), tier), Part("乙", constant(1), Proportional("数"))))
    assert scored(parts, 2, 率=number("0.4"), 数=Decimal(1)) == ""
    assert scored(parts, 2, 率=number("0.5"), 数=Decimal(1)) == 2


def test_tiers__single_value_and_open_hole_between() -> None:
    shape = Tiers(
        "率",
        (
            Tier(constant(5), constant(0), constant(0), has_upper=True),
            Tier(constant(4), constant(0), constant("0.1"), has_lower=False, has_upper=True),
            Tier(constant(0), constant("0.3"), None, has_lower=False),
        ),
    )
    said = [scored(shape, 5, 率=number(rate)) for rate in ("0", "0.1", "0.2", "0.3", "0.31")]
    assert said == [5, 4, "", "", 0]


@pytest.mark.parametrize(
    ("partial", "over", "score"),
    [
        (Partial.WHOLE, "1.034", "3.5"),
        (Partial.PRO_RATA, "1.034", "3.3"),
        (Partial.STARTED, "1.034", "3"),
        (Partial.WHOLE, "1.03", "3.5"),
        (Partial.STARTED, "1.03", "3.5"),
        (Partial.WHOLE, "1", "5"),
        (Partial.WHOLE, "0.9", "5"),
        (Partial.WHOLE, "1.1", "0"),
        (Partial.WHOLE, "9", "0"),
    ],
)
def test_deduction__steps_over_the_threshold(partial: Partial, over: str, score: str) -> None:
    shape = DeductPerStep("率", constant(1), constant("0.01"), constant("0.5"), partial=partial)
    assert scored(shape, 5, 率=number(over)) == number(score)


def test_deduction__completion_short_of_all() -> None:
    shape = DeductPerStep("率", constant(1), constant("0.05"), constant(2), is_over=False)
    assert scored(shape, 5, 率=number("0.776")) == 0
    assert scored(shape, 5, 率=number("0.9")) == 1
    assert scored(shape, 5, 率=number("0.9001")) == 3


def test_deduction__each_breach() -> None:
    shape = DeductPerStep("未完成", constant(0), constant(1), constant(4))
    assert [scored(shape, 8, 未完成=Decimal(n)) for n in range(4)] == [8, 4, 0, 0]


def test_parameter_changes__from_one_year_to_the_next() -> None:
    per_step = Dated(((2022, number("0.3")), (2025, number("0.5"))))
    shape = DeductPerStep("率", constant(0), constant("0.01"), per_step)
    scores = [scored(shape, 3, year, 率=number("0.02")) for year in (2021, 2022, 2024, 2025, None)]
    assert scores == [number(text) for text in ("2.4", "2.4", "2.4", "2", "2")]


def test_checklist__answers_add_up_and_unknown_ones_leave_it_blank() -> None:
    shape = Checklist((ChecklistItem("甲", YES_NO), ChecklistItem("乙", YES_NO)))
    assert scored(shape, 2, 甲="是", 乙="否") == 1
    assert scored(shape, 2, 甲="否", 乙="否") == 0
    assert scored(shape, 2, 甲="是", 乙="基本") == ""
    assert scored(shape, 2, 甲="是", 乙=None) == ""
    assert scored(shape, "1.5", 甲="是", 乙="是") == number("1.5")


def test_zero_if__condition_alone_decides() -> None:
    answer = ZeroIf("挪用", Proportional("率"), equals="是")
    assert scored(answer, 3, 挪用="是", 率=Decimal(1)) == 0
    assert scored(answer, 3, 挪用="否", 率=Decimal(1)) == 3
    over = ZeroIf("率", Proportional("率"), over=constant(1))
    assert scored(over, 2, 率=number("1.0001")) == 0
    assert scored(over, 2, 率=Decimal(1)) == 2


def test_sum__each_part_within_its_own_points() -> None:
    shape = Sum(
        (
            Part("执行", constant(1), Proportional("率")),
            Part("政策", constant(1), Checklist((ChecklistItem("甲", YES_NO),))),
        )
    )
    assert scored(shape, 2, 率=number("1.8"), 甲="否") == 1
    assert scored(shape, 2, 率=number("-1"), 甲="是") == 1


def test_sum__is_rounded_once_at_its_end() -> None:
    part = Part("甲", constant(1), Proportional("率"))
    assert scored(Sum((part, part)), 2, 率=number("0.3325")) == number("0.67")


def test_judged_score__has_no_expression() -> None:
    for shape in (
        Manual(),
        ZeroIf("甲", Manual(), equals="是"),
        Sum((Part("甲", constant(1), Manual()),)),
    ):
        assert score_expression(shape, Literal(Decimal(5)), decimals=2) is None


@pytest.mark.parametrize("odd", [None, "", "无", "0.5", True, CellError("#N/A")])
def test_score_is_blank__figure_that_is_no_number(odd: Value) -> None:
    for shape in (Proportional("率"), SATISFACTION, ZeroIf("率", SATISFACTION, over=constant(1))):
        assert scored(shape, 6, 率=odd) == ""


def test_mean_completion__blanks_do_not_count_and_none_at_all_is_blank() -> None:
    assert scored(MeanCompletion("l"), 20, l=(Decimal(1), None, number("0.5"))) == 15
    assert scored(MeanCompletion("l"), 20, l=(None, "无")) == ""


def test_zero_is_a_figure__not_a_blank() -> None:
    assert scored(Proportional("率"), 10, 率=Decimal(0)) == 0
    assert scored(MeanCompletion("l"), 20, l=(Decimal(0),)) == 0


def test_cap_in_a_cell__bounds_tiers_too() -> None:
    figures: dict[str, Value] = {"分值": Decimal(5), "率": Decimal(1)}
    node = score_expression(SATISFACTION, Name("分值"), decimals=2)
    assert node is not None
    assert evaluate(node, KeyedValues(figures)) == 5


def test_rounding__ties_go_away_from_zero() -> None:
    assert scored(Proportional("率"), 1, 率=number("0.125")) == number("0.13")
    assert scored(Proportional("率"), 10, 率=number("0.8945")) == number("8.95")


def _value(node: Node, **figures: Value) -> Value:
    return evaluate(node, KeyedValues(figures))


def test_rate__blank_without_its_figures_and_where_it_has_none() -> None:
    a, b, c = Name("a"), Name("b"), Name("c")
    rate = ratio(signed_sum([(1, a), (-1, b)]), c, [a, b, c])
    assert _value(rate, a=Decimal(3), b=Decimal(1), c=Decimal(3)) == number("0.6666666667")
    assert _value(rate, a=Decimal(3), b=Decimal(1), c=Decimal(0)) == ""
    assert _value(rate, a=Decimal(3), b=None, c=Decimal(3)) == ""


def test_amount_and_mean__blank_without_a_figure() -> None:
    a, b = Name("a"), Name("b")
    assert _value(amount(signed_sum([(1, a), (-1, b)]), [a, b]), a=Decimal(3), b=Decimal(1)) == 2
    assert _value(amount(a, [a]), a=None) == ""
    assert _value(mean([a, b]), a=Decimal(3), b=Decimal(1)) == 2
    assert _value(mean([a, b]), a=Decimal(3), b="") == ""


def test_reference_as_operand__is_looked_up() -> None:
    cell = Reference(None, Area(1, 1, 1, 1))
    assert (
        evaluate(Call("ROUND", (cell, Literal(Decimal(0)))), KeyedValues({"a": number("1.5")})) == 2
    )
