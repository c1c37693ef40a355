from typing import Any

import pytest

from perfxl.addin.excel import excel_color
from perfxl.addin.live.formats import rgb
from perfxl.addin.live.values import number_text, value_of
from perfxl.model.cells import CellType


@pytest.mark.parametrize(
    ("given", "kind", "raw"),
    [
        (None, CellType.BLANK, ""),
        ("", CellType.TEXT, ""),
        ("9.5", CellType.TEXT, "9.5"),
        (0.0, CellType.NUMBER, "0"),
        (True, CellType.BOOLEAN, "TRUE"),
        (False, CellType.BOOLEAN, "FALSE"),
        (-2146826281, CellType.ERROR, "#DIV/0!"),
        (-2146826246, CellType.ERROR, "#N/A"),
        (-2146826265, CellType.ERROR, "#REF!"),
        (-2146826273, CellType.ERROR, "#VALUE!"),
        (-2146826259, CellType.ERROR, "#NAME?"),
    ],
)
def test_value__has_the_type_and_text_of_a_file(given: Any, kind: CellType, raw: str) -> None:
    assert value_of(given) == (kind, raw)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (95.0, "95"),
        (-0.0, "0"),
        (94.49, "94.49"),
        (0.1 + 0.2, "0.30000000000000004"),
        (45413.0, "45413"),
        (1e20, "1E+20"),
        (1.5e-7, "1.5E-07"),
    ],
)
def test_number__is_spelled_shortest(number: float, text: str) -> None:
    assert number_text(number) == text


def test_colour__is_turned_both_ways() -> None:
    assert excel_color("FFC7CE") == 0xCEC7FF
    assert rgb(excel_color("9C0006")) == "9C0006"
