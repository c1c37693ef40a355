"""Expressions as Excel text."""

from decimal import Decimal

import pytest

from perfxl.errors import SchemeError
from perfxl.formula.excel_text import PRINTED_FUNCTIONS, excel_text
from perfxl.formula.functions import FUNCTIONS
from perfxl.formula.parse import parse_formula
from perfxl.formula.tree import Binary, Call, Literal, Name, Node, Opaque, Reference
from perfxl.model.address import Area

NAMES = {
    "支出数": Reference("基础数据", Area(5, 3, 5, 3)),
    "完成率": Reference("it's", Area(4, 6, 40, 6)),
}
ONE = Literal(Decimal(1))


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (Name("支出数"), "'基础数据'!$C$5"),
        (Call("AVERAGE", (Name("完成率"),)), "AVERAGE('it''s'!$F$4:$F$40)"),
        (Literal('他说"好"'), '"他说""好"""'),
        (Literal(Decimal("0.10")), "0.1"),
        (Literal(Decimal("1E+3")), "1000"),
        (Literal(Decimal("-2")), "-2"),
        (Binary("^", Literal(Decimal(-2)), Literal(Decimal(2))), "-2^2"),
        (Call("IF", (Literal(True), Literal(None), ONE)), "IF(TRUE,,1)"),
    ],
)
def test_text_is_excels__node(node: Node, text: str) -> None:
    assert excel_text(node, NAMES) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("(A1+1)*2", "($A$1+1)*2"),
        ("A1+(1*2)", "$A$1+1*2"),
        ("A1-(1-2)", "$A$1-(1-2)"),
        ("(A1-1)-2", "$A$1-1-2"),
        ("2^(3^2)", "2^(3^2)"),
        ("-(2^2)", "-(2^2)"),
        ("(A1+1)%", "($A$1+1)%"),
        ("(A1>1)&\"x\"", '($A$1>1)&"x"'),
        ("(A1&1)>2", "$A$1&1>2"),
    ],
)  # fmt: skip
def test_parentheses_are_the_fewest__precedence(text: str, printed: str) -> None:
    assert excel_text(parse_formula(text)) == printed


def _nested(depth: int) -> Node:
    node: Node = ONE
    for _ in range(depth):
        node = Call("ABS", (node,))
    return node


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (Name("未知"), "“未知”没有对应的单元格"),
        (Call("XLOOKUP", (ONE,)), "函数XLOOKUP不能用"),
        (Opaque("数组常量"), "数组常量不能写成公式"),
        (Literal("长" * 256), "超过255个字符"),
        (Literal(Decimal("Infinity")), "无穷大"),
        (Call("SUM", (Literal("长" * 250),) * 40), "超过Excel的上限8192个"),
        (Call("SUM", (ONE,) * 256), "256个参数"),
        (_nested(65), "64层"),
        (Literal(None), "空着的"),
    ],
)
def test_what_excel_would_refuse_is_refused__limits(node: Node, said: str) -> None:
    with pytest.raises(SchemeError, match=said):
        excel_text(node, NAMES)


def test_deepest_nesting_is_printed__limit_itself() -> None:
    assert excel_text(_nested(64)).count("ABS(") == 64


def test_what_can_be_printed_can_be_computed__functions() -> None:
    assert set(FUNCTIONS) == PRINTED_FUNCTIONS
