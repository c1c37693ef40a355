from decimal import Decimal

import pytest

from perfxl.model.target import Bound, misses, parse_target


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("≥95%", "≥", "95", "%"),
        ("＞＝ ９５％", "≥", "95", "%"),
        ("不低于95%", "≥", "95", "%"),
        ("95%（含）以上", "≥", "95", "%"),
        ("≤10天", "≤", "10", "天"),
        ("10 天内", "≤", "10", "天"),
        ("10天以内", "≤", "10", "天"),
        ("不超过1,263,507元", "≤", "1263507", "元"),
        ("<0.4", "<", "0.4", ""),
        ("=100%", "=", "100", "%"),
        ("72家", "", "72", "家"),
        ("0", "", "0", ""),
        ("-1.5%", "", "-1.5", "%"),
    ],
)
def test_target__is_comparator_value_and_unit(
    text: str, comparator: str, value: str, unit: str
) -> None:
    bound = parse_target(text)
    assert bound is not None
    assert (bound.comparator, bound.value, bound.unit) == (comparator, Decimal(value), unit)


def test_target__knows_the_printed_decimals() -> None:
    assert parse_target("94.50%") == Bound("", Decimal("94.50"), "%", 2)


@pytest.mark.parametrize(
    "text",
    [
        "", "无", "不适用", "显著", "每季度10家企业", "8—10场", "90%-95%", "增长5%", "12月底前",
        "2023年", "约95%", "95%左右", "≥95%以内", "完成率达到95%", "1/2", "3场，5次", "9" * 50,
    ],
)  # fmt: skip
def test_target__is_none__for_what_is_not_one_quantity(text: str) -> None:
    assert parse_target(text) is None


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥95%", "94.5%", True),
        ("≥95%", "95%", False),
        ("≥95%", "0.945", True),  # a cell formatted 0.0%
        ("≥95%", "0.95", False),
        ("≥95%", "94.5", True),
        (">95%", "95%", True),
        ("≥1%", "1", False),
        ("≤5%", "6", True),
        ("≤0.4", "0.4", False),
        ("≤0.4", "0.41", True),
        ("<1处", "1处", True),
        ("=100%", "99%", True),
        ("=100%", "100.0%", False),
        ("≤0起", "0起", False),
        ("72家", "73家", False),
        ("72家", "72家次", False),
        ("72家", "71家", True),
        ("0起", "1起", None),
        ("5天", "6天", None),
        ("5天", "5天", False),
    ],
)
def test_misses__compares(target: str, actual: str, expected: bool | None) -> None:
    assert misses(target, actual) is expected


@pytest.mark.parametrize(
    ("target", "actual"),
    [("显著", "100%"), ("≥95%", "≥95%"), ("≥95%", ""), ("10天内", "3小时"), ("≥5万元", "6元"),
     ("≥95%", "95家"), ("≥1", "1%"), ("1", "1%"), ("≥0.95", "95%"), ("≤5%", "1"),
     ("≤5%", "0.5")],
)  # fmt: skip
def test_misses__is_none__when_the_two_do_not_compare(target: str, actual: str) -> None:
    assert misses(target, actual) is None


def test_misses__does_not_take_a_bare_target_as_a_floor__where_smaller_is_better() -> None:
    assert misses("90%", "85%", "公用经费控制率") is None
    assert misses("90%", "85%", "项目完成率") is True
    assert misses("≤90%", "95%", "公用经费控制率") is True
