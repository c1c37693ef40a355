"""The rate of a 资金 block as cells hold and print it, by the bases that its amounts give."""

from decimal import Decimal

import pytest

from perfxl.model.address import Area, Place
from perfxl.model.form import FundBlock, FundRow, Text
from perfxl.model.number import Number, NumberKind, parse_typed
from perfxl.rules.fund_rate import FundRate, fund_rate

_AT = {"initial_budget": "C2", "budget": "D2", "executed": "E2"}


def number(cell: str, raw: str) -> Number:
    """A stored number, or a text that is one where it carries a unit."""
    typed = parse_typed(raw)
    if typed is None:
        kind = NumberKind.TEXT if raw else NumberKind.BLANK
        return Number(Place("表", cell), kind, None, raw)
    kind = NumberKind.TEXT_NUMBER if typed[1] else NumberKind.NUMBER
    return Number(Place("表", cell), kind, typed[0], raw, typed[1])


def rate_of(rate: str, number_format: str = "", **amounts: str) -> FundRate | None:
    """The rate of a block of one row; 114 of 120 spent, 100 at first, unless said otherwise."""
    said = {"initial_budget": "100", "budget": "120", "executed": "114"} | amounts
    cells = {key: number(_AT[key], raw) for key, raw in said.items()}
    row = FundRow(Text("年度资金总额", Place("表", "B2")), 2, cells, is_part=False)
    return fund_rate(
        FundBlock(
            sheet="表",
            area=Area(1, 1, 2, 6),
            columns=tuple(said),
            rows=(row,),
            total=row,
            max_score=None,
            rate=number("F2", rate),
            score=None,
            unit="万元",
            rate_format=number_format,
        )
    )


@pytest.mark.parametrize(
    ("rate", "number_format", "executed"),
    [
        ("0.95", "0.00%", "114"),
        ("0.95", "0%", "114"),
        ("0.95", "", "114"),
        ("95", "", "114"),
        ("95", "0.00_ ", "114"),
        ("95", '0.00"%"', "114"),
        ("95.0%", "", "114"),
        ("0.94", "0%", "113.99"),  # cut off
        ("0.95", "0%", "113.99"),  # rounded
        ("0.9", "", "108.9"),  # 90.75 %, kept as one digit
        ("0.949916666666667", "0.00%", "113.99"),
        ("0.7", "", "0.84"),  # in points: 0.7 %
    ],
)
def test_rate__fits_the_full_year(rate: str, number_format: str, executed: str) -> None:
    found = rate_of(rate, number_format, executed=executed)
    assert found
    assert found.fitting == ("全年预算数",)


@pytest.mark.parametrize(
    ("rate", "number_format", "is_certain"),
    [
        ("0.96", "", True),
        ("0.96", "0.00%", True),
        ("0.9", "", True),
        ("95", "0.00%", True),  # prints 9500.00 %
        ("95.01%", "", True),
        ("0.9501", "0%", True),
        ("0.955", "", True),
    ],
)
def test_rate_elsewhere__fits_nothing(rate: str, number_format: str, is_certain: bool) -> None:
    found = rate_of(rate, number_format)
    assert found
    assert (found.fitting, found.is_certain) == ((), is_certain)


def test_zeros_that_only_the_format_adds__are_not_certain() -> None:
    """95 typed for 95.3 into a cell that prints 95.00 %."""
    found = rate_of("0.95", "0.00%", executed="114.36")
    assert found
    assert (found.fitting, found.is_certain) == ((), False)
    whole = rate_of("0.95", "0%", executed="114.36")
    assert whole
    assert whole.fitting == ("全年预算数",)


@pytest.mark.parametrize(("rate", "text"), [("0.98", "98%"), ("98", "98%"), ("98.0%", "98%")])
def test_rate__is_told_in_percent(rate: str, text: str) -> None:
    found = rate_of(rate)
    assert found
    assert found.text == text


def test_bases__are_those_that_can_be_computed() -> None:
    both = rate_of("50%")
    assert both
    assert both.bases == (("年初预算数", Decimal(114)), ("全年预算数", Decimal(95)))
    without = rate_of("50%", budget="0")
    assert without
    assert (without.bases, without.is_certain) == ((("年初预算数", Decimal(114)),), False)
    assert rate_of("50%", budget="0", initial_budget="") is None
    assert rate_of("50%", executed="") is None
    assert rate_of("") is None
    assert rate_of("50分") is None


def test_amounts_with_units_of_their_own__are_converted() -> None:
    found = rate_of("95%", executed="1140000元")
    assert found
    assert found.fitting == ("全年预算数",)
