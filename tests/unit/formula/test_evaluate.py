"""Values of expressions, by Excel's rules."""

from collections.abc import Iterable
from decimal import Decimal

import pytest

from perfxl.formula.evaluate import Unknown, Value, evaluate
from perfxl.formula.parse import parse_formula
from perfxl.formula.tree import CellError, Node
from perfxl.model.address import Area, from_a1

CELLS: dict[str, Value] = {
    "A1": Decimal(1),
    "A2": Decimal("2.5"),
    "A3": "0.50",
    "A4": "无",
    "A5": True,
    # A6 is blank
    "A7": CellError("#N/A"),
    "A8": Unknown(),
    "A9": Decimal(0),
    "A10": "12分",
    "A11": "2024-12-31",
    "A12": "95%",
    "A13": "1,234.5",
    "A14": "",
}


class Grid:
    """A lookup over CELLS and two names."""

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        return {from_a1(a1): value for a1, value in CELLS.items()}.get((row, column))

    def area(self, sheet: str | None, area: Area) -> Iterable[Value]:
        return [value for a1, value in CELLS.items() if area.contains(*from_a1(a1))]

    def placed(self, sheet: str | None, area: Area) -> Iterable[tuple[int, int, Value]]:
        cells = ((*from_a1(a1), value) for a1, value in CELLS.items())
        return [cell for cell in cells if area.contains(*cell[:2])]

    def listed(self, sheet: str | None, area: Area, *, with_hidden: bool) -> Iterable[Value]:
        return list(self.area(sheet, area))[0 if with_hidden else 1 :]  # the first is hidden

    def named(self, name: str) -> Node | None:
        texts = {"满分": "100", "得分列": "A1:A6", "甲": "乙+1", "乙": "甲+1"}
        return parse_formula(texts[name]) if name in texts else None


def value_of(text: str) -> Value:
    return evaluate(parse_formula(text), Grid())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A1+A2*2", "6"),
        ("A6+1", "1"),
        ("A5+1", "2"),
        ("A3+1", "1.5"),
        ("A12+0", "0.95"),
        ("A13+0", "1234.5"),
        ("-A2%", "-0.025"),
        ("-2^2", "4"),
        ("2^3^2", "64"),
        ("2^-1", "0.5"),
        ("0.1+0.2-0.3", "0"),
        ("ROUND(2.675,2)", "2.68"),
        ("ROUND(-0.125,2)", "-0.13"),
        ("ROUND(1.005*100,0)/100", "1.01"),
        ("ROUND(1/3*3,0)", "1"),
        ("ROUND(1234.5,-2)", "1200"),
        ("ROUND(123456789012345,20)", "123456789012345"),
        ("ROUNDDOWN(0.999,2)", "0.99"),
        ("ROUNDUP(-0.991,2)", "-1"),
        ("ABS(-3)", "3"),
        ("SUM(A1:A6)", "3.5"),
        ("SUBTOTAL(9,A1:A6)", "3.5"),
        ("SUBTOTAL(9,A1:A2,A2)", "6"),
        ("SUBTOTAL(109,A1:A6)", "2.5"),
        ("SUBTOTAL(9,得分列)", "3.5"),
        ("SUMPRODUCT(A1:A6)", "3.5"),
        ("SUM(A3)", "0"),
        ('SUM("3",TRUE,A1)', "5"),
        ("SUM(得分列,满分)", "103.5"),
        ("SUM(A1,,2)", "3"),
        ("MIN(A1:A6)", "1"),
        ("MAX(A4)", "0"),
        ("AVERAGE(A1:A6)", "1.75"),
        ("COUNT(A1:A7)", "2"),
        ("COUNTA(A1:A7)", "6"),
        ("IF(A1=1,A6,9)", "0"),
        ("IF(A9,1,2)", "2"),
        ("IF(TRUE,1,A8)", "1"),
        ("IF(A9,1,)", "0"),
        ("IFERROR(A1/0,7)", "7"),
        ("IFERROR(A2,7)", "2.5"),
    ],
)
def test_number__excel_semantics(text: str, number: str) -> None:
    assert value_of(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('A1&"分"', "1分"),
        ("A2&A6&A5", "2.5TRUE"),
        ("1/3&0", "0.3333333333333330"),
        ("10^20&0", "1E+200"),
        ("A4", "无"),
        ("+A4", "无"),
        ('IF(A2>=2,"优","良")', "优"),
        ("IF(A9,1)", False),
        ('"abc"="ABC"', True),
        ("A6=0", True),
        ('A6=""', True),
        ("A6=FALSE", True),
        ('A14=""', True),
        ("A4>99999", True),
        ("TRUE>A4", True),
        ("0.1+0.2=0.3", True),
        ("1<>1", False),
        ("AND(A1:A6)", True),
        ("OR(A9,FALSE)", False),
        ("NOT(A9)", True),
        ("TRUE()", True),
    ],
)
def test_text_or_truth__excel_semantics(text: str, value: Value) -> None:
    assert value_of(text) == value
    assert type(value_of(text)) is type(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A1/A9", "#DIV/0!"),
        ("A1/A6", "#DIV/0!"),
        ("0^-1", "#DIV/0!"),
        ("0^0", "#NUM!"),
        ("(-8)^0.5", "#NUM!"),
        ("10^400", "#NUM!"),
        ("A4+1", "#VALUE!"),
        ("A10*1", "#VALUE!"),
        ("A14+1", "#VALUE!"),
        ('SUM("无")', "#VALUE!"),
        ("IF(A4,1,2)", "#VALUE!"),
        ("AND(A4)", "#VALUE!"),
        ("A7+1", "#N/A"),
        ("SUM(A1:A7)", "#N/A"),
        ("SUBTOTAL(9,A1:A7)", "#N/A"),
        ("SUMPRODUCT(A1:A7)", "#N/A"),
        ("A7=1", "#N/A"),
        ('A7&"x"', "#N/A"),
        ("ROUND(A7,2)", "#N/A"),
        ("AVERAGE(A3:A4)", "#DIV/0!"),
        ("#REF!+1", "#REF!"),
        ("IF(A7,1,2)", "#N/A"),
    ],
)
def test_error__propagates(text: str, code: str) -> None:
    assert value_of(text) == CellError(code)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("VLOOKUP(A1,A1:A3,1)", "函数VLOOKUP"),
        ("SUBTOTAL(1,A1:A2)", "函数SUBTOTAL（求和以外）"),
        ("SUBTOTAL(9,3)", "函数SUBTOTAL（求和以外）"),
        ("SUMPRODUCT(A1:A2,A1:A2)", "函数SUMPRODUCT"),
        ("SUMPRODUCT(A1:A2*1)", "函数SUMPRODUCT"),
        ("SUMPRODUCT(A1:A8)", ""),
        ("1+_xlfn.XLOOKUP(1,A1,A2)", "函数XLOOKUP"),
        ("IFERROR(TODAY(),0)", "函数TODAY"),
        ("[1]表!A1*2", "外部引用"),
        ("A1:A3*2", "区域直接参与运算"),
        ("未定义", "名称未定义"),
        ("甲", "名称甲"),
        ("A11+1", "形似日期或金额的文本"),
        ("ROUND(1)", "参数个数不对的公式"),
        ("A8+1", ""),
        ("SUM(A1:A8)", ""),
        ("IF(A8,1,2)", ""),
        ("A7+A8", ""),
        ("COUNT(A1:A8)", ""),
    ],
)
def test_unknown__never_zero(text: str, what: str) -> None:
    assert value_of(text) == Unknown(what)
