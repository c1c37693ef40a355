"""Formula text to tree."""

from decimal import Decimal

import pytest

from perfxl.formula.parse import parse_formula
from perfxl.formula.tree import (
    Binary,
    Call,
    CellError,
    Literal,
    Name,
    Node,
    Opaque,
    Reference,
    Unary,
    inputs,
)
from perfxl.model.address import MAX_ROW, Area

A1 = Reference(None, Area(1, 1, 1, 1))
B1 = Reference(None, Area(1, 2, 1, 2))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("B3", Reference(None, Area(3, 2, 3, 2))),
        ("$b$3", Reference(None, Area(3, 2, 3, 2))),
        ("D9:B3", Reference(None, Area(3, 2, 9, 4))),
        ("H:H", Reference(None, Area(1, 8, MAX_ROW, 8))),
        ("3:1", Reference(None, Area(1, 1, 3, 16384))),
        ("自评表!B3", Reference("自评表", Area(3, 2, 3, 2))),
        ("'自评表 (2)'!B3:B4", Reference("自评表 (2)", Area(3, 2, 4, 2))),
        ("'a''b'!A1", Reference("a'b", Area(1, 1, 1, 1))),
        ("S!A1:S!B2", Reference("S", Area(1, 1, 2, 2))),
        ("总分", Name("总分")),
        ("0.1", Literal(Decimal("0.1"))),
        ('"优"', Literal("优")),
        ("TRUE", Literal(True)),
        ("#REF!", Literal(CellError("#REF!"))),
        ("表一!#REF!", Literal(CellError("#REF!"))),
        ("-A1%", Unary("-", Unary("%", A1))),
        ("A1-1=B1", Binary("=", Binary("-", A1, Literal(Decimal(1))), B1)),
        ("2^A1^B1", Binary("^", Binary("^", Literal(Decimal(2)), A1), B1)),
        ("_xlfn.ifs(1,)", Call("IFS", (Literal(Decimal(1)), Literal(None)))),
        ("@A1", A1),
    ],
)
def test_formula_becomes_tree__text(text: str, node: Node) -> None:
    assert parse_formula(text) == node


@pytest.mark.parametrize(
    "text",
    ["[1]表!A1", "'C:\\[a.xlsx]表'!A1", "表1[得分]", "表1:表3!A1", "{1,2}", "A1#", "A1:A3 B2:D2",
     "INDEX(A1:A3,2):B9", "1+", "", "A0", "XFE1", "A1048577", "1E+400", "A1" + "+A1" * 3000,
     "(" * 500 + "1" + ")" * 500],
)  # fmt: skip
def test_formula_is_opaque__not_in_the_closed_set(text: str) -> None:
    assert isinstance(parse_formula(text), Opaque)


def test_inputs_in_reading_order__nested() -> None:
    found = inputs(parse_formula('IF(A1>率,SUM(B1:B2),-表!C1)&"分"'))

    assert found == (
        A1,
        Name("率"),
        Reference(None, Area(1, 2, 2, 2)),
        Reference("表", Area(1, 3, 1, 3)),
    )
