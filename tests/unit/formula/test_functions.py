"""Functions of texts, positions and criteria, by Excel's rules."""

from decimal import Decimal

import pytest

from perfxl.formula.evaluate import Unknown, Value, evaluate
from perfxl.formula.keyed import KeyedValues
from perfxl.formula.parse import parse_formula
from perfxl.formula.tree import CellError
from tests.unit.formula.function_cases import ERRORS, NUMBERS, ROWS, TEXTS


def value_of(text: str) -> Value:
    return evaluate(parse_formula(text), KeyedValues(ROWS))


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_number__excel_semantics(text: str, number: str) -> None:
    value = value_of(text)
    assert value == Decimal(number)
    assert isinstance(value, Decimal)


@pytest.mark.parametrize(("text", "value"), TEXTS)
def test_text_or_truth__excel_semantics(text: str, value: Value) -> None:
    assert value_of(text) == value
    assert type(value_of(text)) is type(value)


@pytest.mark.parametrize(("text", "code"), ERRORS)
def test_error__excel_semantics(text: str, code: str) -> None:
    assert value_of(text) == CellError(code)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('TEXT(1,"yyyy")', "函数TEXT（格式yyyy）"),
        ("MATCH(1,A3:H3)", "函数MATCH（近似查找）"),
        ("INDEX(A1:H3,0,1)", "函数INDEX（整行或整列）"),
        ('COUNTIF(A1:H1,"2024-1-1")', "形似日期或金额的文本"),
        ("COUNTIF(A5:B5,1)", ""),
        ("ISERROR(A5)", ""),
        ("COUNTIF(3,3)", "参数个数不对的公式"),
        ("LEN()", "参数个数不对的公式"),
        ("ROW()", "参数个数不对的公式"),
    ],
)
def test_unknown__never_guessed(text: str, what: str) -> None:
    assert value_of(text) == Unknown(what)


def test_pattern_of_many_asterisks__is_quick() -> None:
    pattern = "*a" * 100 + "*b"
    assert value_of(f'COUNTIF(A1:A2,"{pattern}")') == 0
    assert evaluate(
        parse_formula(f'COUNTIF(长,"{pattern}")'), KeyedValues({"长": "a" * 30_000})
    ) == Decimal(0)
