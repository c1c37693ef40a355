"""Quantities, lists and shares as sentences state them."""

import time
from decimal import Decimal

import pytest

from perfxl.rules.enumerations import enumerations
from perfxl.rules.listings import listings
from perfxl.rules.quantities import digits_of, flat, quantities
from perfxl.rules.shares import shares
from perfxl.rules.units import unit_conflict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出 ４，６１０．０４ 万元", ["4610.04万元"]),
        ("2.培训1,200人次，占35.5%", ["1200人次", "35.5%"]),
        ("共1000\n2.项目20万元", ["20万元"]),
        ("约300人、6万余人、20余家、超过8场", []),
        ("〔2020〕10号第3条，A12件", []),
        ("得0.5分，占三分之一", ["0.5分"]),
        ("经费0元", ["0元"]),
    ],
)
def test_quantities__are_numbers_with_a_unit(text: str, expected: list[str]) -> None:
    assert [figure.quote for figure in quantities(flat(text))] == expected


def test_flat__does_not_join_numbers_of_two_lines() -> None:
    assert flat("支出1000\n2. 项目 20 万元") == "支出1000，2.项目20万元"


@pytest.mark.parametrize(
    ("figure", "place"), [("4610.04万元", "0.01"), ("12万元", "1"), ("12家", "0"), ("5%", "1")]
)
def test_place__is_the_last_printed_one_and_none_for_counts(figure: str, place: str) -> None:
    assert quantities(figure)[0].place == Decimal(place)


def test_amounts__convert_with_their_printed_place() -> None:
    (amount,) = quantities("4610.04万元")
    assert amount.to("元") == Decimal("46100400")
    assert amount.place_in("元") == 100


@pytest.mark.parametrize(
    ("value", "digits"), [("4610.04", 6), ("2000.00", 1), ("0.05", 1), ("0", 0), ("12E+3", 2)]
)
def test_digits__leave_out_the_zeros_at_both_ends(value: str, digits: int) -> None:
    assert digits_of(Decimal(value)) == digits


def test_listing__keeps_total_and_parts() -> None:
    (found,) = listings("支出10.0万元，其中基本支出4.0万元（占40%）、项目支出6.0万元。")
    assert found.is_complete
    assert found.added == found.total.value == 10
    assert found.slack == Decimal("0.2")


@pytest.mark.parametrize(
    "said", ["9项：1.甲；2.乙", "九项任务：1.甲；2.乙", "9个方面，一是甲；二是乙"]
)
def test_enumeration__counts_what_follows(said: str) -> None:
    (found,) = enumerations(f"共{said}")
    assert (found.announced, found.listed) == (9, 2)


@pytest.mark.parametrize("text", ["10万元，其中" * 3000, "9项：1.甲" * 3000, "3家，占5%" * 3000])
def test_long_text__is_read_in_no_time(text: str) -> None:
    started = time.process_time()
    for read in (listings, enumerations, shares):
        list(read(text[:32_000]))
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("target", "actual", "name", "conflicts"),
    [
        ("80家", "85家", "检查企业数", False),
        ("80家", "85家次", "检查企业数", True),
        ("≥8万元", "0元", "成本", False),
        ("≥1平方米", "3人", "面积", True),
        ("95%", "95人", "到位率", True),
        ("3次", "3次", "巡查频率", False),
    ],
)
def test_units__conflict_only_where_both_cannot_be_right(
    target: str, actual: str, name: str, conflicts: bool
) -> None:
    assert bool(unit_conflict(target, actual, name)) is conflicts
