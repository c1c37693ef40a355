from decimal import Decimal

import pytest

from perfxl.model.number import plain, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2.50", "2.5"),
        ("0", "0"),
        ("1E+2", "100"),
        ("0.0000000001", "0.0000000001"),
        ("123456789012345", "123456789012345"),
        ("9E307", "9E+307"),
        ("-1e-300", "-1E-300"),
        ("1234567890123456789012", "1.23456789012346E+21"),
        ("100000000000000000000.01", "1E+20"),
        ("9.9999999999999999999999E30", "1E+31"),
    ],
)
def test_shown_number__never_runs_on(value: str, text: str) -> None:
    assert shown(Decimal(value)) == text


def test_plain_number__stays_exact_however_long() -> None:
    assert plain(Decimal("9E307")) == "9" + "0" * 307
