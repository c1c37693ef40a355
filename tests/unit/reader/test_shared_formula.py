"""Shared formulas moved from cell to cell."""

import pytest
from openpyxl.formula.translate import Translator

from perfxl.reader.shared_formula import SharedFormula


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A1", "B3"),
        ("$A1+A$1+$A$1", "$A3+B$1+$A$1"),
        ("SUM(A1:B2)", "SUM(B3:C4)"),
        ("SUM(A:B,$A:C)", "SUM(B:C,$A:D)"),
        ("SUM(1:2,$1:3)", "SUM(3:4,$1:5)"),
        ('"A1"&A1&"""B2"""', '"A1"&B3&"""B2"""'),
        ("'A1 表'!A1", "'A1 表'!B3"),
        ("'甲''A1'!A1", "'甲''A1'!B3"),
        ("自评表!A1", "自评表!B3"),
        ("AB1!C3", "AB1!D5"),
        ("LOG10(A1)", "LOG10(B3)"),
        ("得分A1+A1", "得分A1+B3"),
        ("A1得分+A1", "A1得分+B3"),
        ("x_A1.B2", "x_A1.B2"),
        ("Table1[A1]", "Table1[A1]"),
        ("[1]Sheet1!A1", "[1]Sheet1!B3"),
        ("1.5E3*A1", "1.5E3*B3"),
        ("TRUE", "TRUE"),
        ("AAAA1+ABC12345678", "AAAA1+ABC12345678"),
        ("XFD1", "#REF!"),
        ("A1048575", "#REF!"),
        ("XFC1048574", "XFD1048576"),
    ],
)
def test_references_move__one_right_two_down(text: str, expected: str) -> None:
    """Relative ones only; texts, names and sheet names stay."""
    assert SharedFormula(1, 1, text).at(3, 2) == expected


def test_reference_is_lost__beyond_the_first_row() -> None:
    """Up and left."""
    assert SharedFormula(3, 3, "A1+C3").at(2, 2) == "#REF!+B2"


def test_movement_agrees_with_openpyxl__on_usual_formulas() -> None:
    """An independent judge."""
    texts = (
        "ROUND(MIN(F4,MAX(0,F4*IFERROR(I4/H4,0))),2)",
        'IF($B4="","",C$3+D4)',
        "SUMPRODUCT((J4:J9<F4:F9)*1)",
        "INDEX(表!$A:$C,MATCH(A4,表!A:A,0),2)",
    )
    for text in texts:
        judge = Translator("=" + text, "J4").translate_formula("L11")
        assert "=" + SharedFormula(4, 10, text).at(11, 12) == judge
