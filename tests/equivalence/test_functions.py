"""Functions: ours and LibreOffice's, formula by formula."""

from decimal import Decimal
from pathlib import Path

import xlsxwriter

from perfxl.formula.evaluate import Unknown, evaluate
from perfxl.formula.keyed import KeyedValues
from perfxl.formula.parse import parse_formula
from tests.equivalence.recalculated import agree, recalculated, write_value
from tests.office.session import Office
from tests.unit.formula.function_cases import ERRORS, NUMBERS, ROWS, TEXTS

# Where LibreOffice differs from Excel, which is what we follow.
DIFFERING = {
    'FIND("","abc")': "an empty text is found nowhere",
    "COUNTIF(A1:H1,0.5)": "texts that spell numbers do not count",
    'COUNTIF(A1:H1,"0.5")': "texts that spell numbers do not count",
    'COUNTIF(A1:H1,">=1")': "truth values are numbers",
    "COUNTIF(A1:H1,TRUE)": "truth values are numbers",
    "ISNUMBER(G1)": "truth values are numbers",
    'CONCATENATE(A1,"分",C1,G1)': "truth values are numbers",
    "VALUE(TRUE)": "truth values are numbers",
    'TEXT(5,"0.##")': "the point goes with the decimals",
    'REPT("甲",32768)': "texts may be longer",
}


def test_functions_are_equal__but_for_those_known_to_differ(office: Office, tmp_path: Path) -> None:
    texts = [text for text, _ in (*NUMBERS, *TEXTS, *ERRORS)]
    path = tmp_path / "functions.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("表")
    for row, values in enumerate(ROWS.values()):
        for column, value in enumerate(values):
            if not isinstance(value, Unknown):
                write_value(sheet, row, column, value)
    for offset, text in enumerate(texts):
        sheet.write_formula(20 + offset, 20, "=" + text, None, "")
    book.close()
    theirs = recalculated(path, office)["表"]

    differing = set()
    for offset, text in enumerate(texts):
        ours = evaluate(parse_formula(text), KeyedValues(ROWS))
        shown = Decimal(0) if ours is None else ours
        if not agree(shown, theirs.get((21 + offset, 21))):
            differing.add(text)
    assert differing == set(DIFFERING)
