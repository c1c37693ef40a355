"""The phrases that every format shares."""

from decimal import Decimal

import pytest

from perfxl.model.address import Place
from perfxl.model.grade import Grade
from perfxl.model.number import Number, NumberKind
from perfxl.model.report import GradeSummary, TotalSummary
from perfxl.render.wording import grade_text, percent_text, total_text


@pytest.mark.parametrize(
    ("kind", "raw", "said"),
    [
        (NumberKind.BLANK, "", "表上未填"),
        (NumberKind.UNKNOWN, "", "表上是公式，未能算出"),
        (NumberKind.TEXT, "九十分", "表上写的“九十分”不是数字"),
        (NumberKind.TEXT, "九" * 99, f"表上写的“{'九' * 20}…”不是数字"),
        (NumberKind.ERROR, "#REF!", "表上是错误值#REF!"),
        (NumberKind.DATE, "45000", "表上写的“45000”不是数字"),
    ],
)
def test_total_without_a_number__says_what_stands_there(
    kind: NumberKind, raw: str, said: str
) -> None:
    unread = Number(Place("表", "H9"), kind, None, raw)
    total = TotalSummary(None, Decimal(95), Decimal(100), Decimal(95), unread)
    assert total_text(total) == f"{said}，各项相加95，满分100"


def test_total_is_missing__form_has_no_such_row() -> None:
    total = TotalSummary(None, Decimal(95), Decimal(100), Decimal(95))
    assert total_text(total).startswith("表上没有总分，")


@pytest.mark.parametrize(
    ("rate", "text"), [("0.5", "50%"), ("9E305", "9E+307%"), ("-9E305", "-9E+307%")]
)
def test_percentage__of_a_damaged_number_too(rate: str, text: str) -> None:
    assert percent_text(Decimal(rate)) == text


def test_grade__names_all_that_are_ticked() -> None:
    both = (Grade.EXCELLENT, Grade.GOOD)
    several = GradeSummary(None, Grade.EXCELLENT, ticked=both)
    assert grade_text(several) == "勾了优、良，按得分应为优"
    assert grade_text(GradeSummary(None, Grade.EXCELLENT)) == "未填，按得分应为优"
