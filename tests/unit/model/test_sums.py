from decimal import Decimal

import pytest

from perfxl.model.number import NumberKind
from perfxl.model.sums import exact_sum, held_to_cap, is_over_cap, kept, score_sum
from tests.unit.engine.small_forms import form, number


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2.005", "2.01"), ("-2.005", "-2.01"), ("2.004999", "2.00"), ("1E+300", "1E+300")],
)
def test_kept__rounds_half_away_from_zero(value: str, expected: str) -> None:
    assert kept(Decimal(value), 2) == Decimal(expected)


def test_score_sum__rounds_leaves_first() -> None:
    leaves = list(form(first="1.005", second=number("E3", "1.005")).leaves())
    assert score_sum(leaves, 2) == Decimal("2.02")
    assert exact_sum(leaves) == Decimal("2.010")


def test_score_sum__counts_zero_and_passes_over_blanks() -> None:
    assert score_sum(form(first="0").leaves(), 2) == 6
    assert score_sum(form(first=None).leaves(), 2) == 6
    assert score_sum(form(first="0", second=number("E3", "0")).leaves(), 2) == 0


def test_score_sum__is_unknown__with_text_or_nothing_at_all() -> None:
    assert score_sum(form(second=number("E3", "六", NumberKind.TEXT)).leaves(), 2) is None
    assert score_sum(form(first=None, second=number("E3", None)).leaves(), 2) is None


def test_held_to_cap__cuts_what_exceeds() -> None:
    over, full = form(first="5").leaves()
    assert held_to_cap(over, 2) == 4
    assert is_over_cap(over)
    assert held_to_cap(full, 2) == 6
    assert not is_over_cap(full)
    blank, _ = form(first=None).leaves()
    assert held_to_cap(blank, 2) == 0
    assert not is_over_cap(blank)
