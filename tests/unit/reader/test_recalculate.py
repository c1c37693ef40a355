"""Formula results that the file lacks or holds stale."""

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perfxl.model.address import Place, from_a1, to_a1
from perfxl.model.cells import Book, Cell, CellType, Remark, Sheet
from perfxl.model.number import parse_stored
from perfxl.reader.recalculate import recalculate

Content = str | int | float | tuple[str, str | None]


def sheet_of(name: str, **contents: Content) -> Sheet:
    """Cells by address: a number, a text, or (formula, cached value or None)."""
    sheet = Sheet(name)
    for a1, content in contents.items():
        row, column = from_a1(a1)
        sheet.cells[row, column] = _cell(row, column, content)
    return sheet


def _cell(row: int, column: int, content: Content) -> Cell:
    formula, cached = content if isinstance(content, tuple) else (None, content)
    if cached is None:
        return Cell(row, column, CellType.BLANK, "", formula)
    raw = str(cached)
    if raw.startswith("#"):
        kind = CellType.ERROR
    else:
        kind = CellType.TEXT if parse_stored(raw) is None else CellType.NUMBER
    return Cell(row, column, kind, raw, formula)


def recalculated(*sheets: Sheet, **names: str) -> Book:
    book = Book(list(sheets), names=names)
    recalculate(book)
    return book


def shown(book: Book, a1: str, sheet: int = 0) -> tuple[str, str]:
    cell = book.sheets[sheet].cells[from_a1(a1)]
    return cell.type.value, cell.raw


def test_missing_results_are_computed__in_any_order() -> None:
    book = recalculated(
        sheet_of("表", A1=("A2*2", None), A2=("SUM(B1:B3)", None), B1=1, B2=("1/8", None), B3="x")
    )

    assert shown(book, "A1") == ("number", "2.25")
    assert shown(book, "A2") == ("number", "1.125")
    assert book.sheets[0].cells[1, 1].formula == "A2*2"
    assert book.remarks == []


def test_result_types_are_kept__text_truth_error_blank() -> None:
    book = recalculated(
        sheet_of(
            "表",
            A1=('IF(1,"优")', None), A2=("1=1", None), A3=("1/0", None), A4=("Z9", None),
            A5=("10^30", None),
        )
    )  # fmt: skip

    cells = [shown(book, f"A{row}") for row in range(1, 6)]
    assert cells == [
        ("text", "优"), ("boolean", "TRUE"), ("error", "#DIV/0!"), ("number", "0"),
        ("number", "1E+30"),
    ]  # fmt: skip


def test_stale_result_is_replaced_and_told__value_edited_outside_excel() -> None:
    book = recalculated(sheet_of("表", H40=("SUM(H1:H2)", "99"), H1=90, H2=4.49))

    assert shown(book, "H40") == ("number", "94.49")
    assert book.remarks == [Remark("FL209", "存的是99，按公式应为94.49", Place("表", "H40"))]


@pytest.mark.parametrize(
    ("formula", "cached"),
    [
        ("0.1+0.2", "0.30000000000000004"),
        ("1/3", "0.33333333333333331"),
        ("0.1+0.2-0.3", "5.5511151231257827E-17"),
        ("1/0", "#VALUE!"),
        ('"优"', "优"),
    ],
)
def test_result_is_kept__same_within_precision(formula: str, cached: str) -> None:
    book = recalculated(sheet_of("表", A1=(formula, cached)))

    assert book.remarks == []
    assert shown(book, "A1")[1] == cached


@pytest.mark.parametrize(
    ("formula", "cached", "detail"),
    [
        ("1000000", "1000000.01", "存的是1000000.01，按公式应为1000000"),
        ('"良"', "优", "存的是“优”，按公式应为“良”"),
        ("1", "#REF!", "存的是#REF!，按公式应为1"),
    ],
)
def test_result_is_stale__just_past_precision(formula: str, cached: str, detail: str) -> None:
    book = recalculated(sheet_of("表", A1=(formula, cached)))

    assert [remark.detail for remark in book.remarks] == [detail]


def test_cached_value_is_trusted_silently__cannot_be_checked() -> None:
    book = recalculated(
        sheet_of("表", A1=("VLOOKUP(1,B:C,2)", "7"), A2=("[1]S!A1", "8"), A3=("A1+A2", None))
    )

    assert shown(book, "A1") == ("number", "7")
    assert shown(book, "A3") == ("number", "15")
    assert book.remarks == []


def test_unknown_stays_blank_and_is_named_once__per_function() -> None:
    book = recalculated(
        sheet_of(
            "表",
            B9=("VLOOKUP(1,D:E,2)", None), B2=("vlookup(2,D:E,2)", None), B3=("SUM(B2,1)", None),
            B4=("TODAY()", None), B5=("B4", "3"), B6=("B5+1", None),
        )
    )  # fmt: skip

    assert shown(book, "B2") == shown(book, "B3") == ("blank", "")
    assert shown(book, "B6") == ("number", "4")
    assert book.remarks == [
        Remark("FL207", "含函数VLOOKUP，共2格", Place("表", "B2")),
        Remark("FL207", "含函数TODAY", Place("表", "B4")),
    ]


def test_circle_is_unknown__dependants_too() -> None:
    book = recalculated(
        sheet_of("表", A1=("A2+1", None), A2=("A1+1", None), A3=("A1", None), A4=("A4", None))
    )

    assert {shown(book, f"A{row}") for row in range(1, 5)} == {("blank", "")}
    assert [(r.code, r.place.cell) for r in book.remarks] == [("FL207", "A1")]


def test_other_sheets_and_names_are_followed__case_folded() -> None:
    book = recalculated(
        sheet_of("自评表", A1=("基础数据!B1*满分", None), A2=("SUM(data!B1:B2)", None)),
        sheet_of("基础数据", B1=("1/2", None)),
        sheet_of("Data", B1=1, B2=2),
        sheet_of("末", A1=("不在!A1", None)),
        满分="100",
    )

    assert shown(book, "A1") == ("number", "50")
    assert shown(book, "A2") == ("number", "3")
    assert [r.detail for r in book.remarks] == ["含不存在的工作表“不在”"]


def test_long_chains_are_computed__deeper_than_the_call_stack() -> None:
    sheet = Sheet("表")
    for row in range(1, 5001):
        sheet.cells[row, 1] = Cell(row, 1, CellType.BLANK, "", f"A{row + 1}+1")

    book = recalculated(sheet)

    assert shown(book, "A1") == ("number", "5000")


def test_names_in_a_circle_are_unknown__no_endless_search() -> None:
    names = {f"名{i}": f"名{i + 1}+1" for i in range(2000)} | {"圈": "圈", "甲": "乙", "乙": "甲"}
    book = Book([sheet_of("表", A1=("名0", None), A2=("圈", None), A3=("甲", None))], names=names)

    recalculate(book)

    assert {shown(book, f"A{row}") for row in (2, 3)} == {("blank", "")}
    assert "FL207" in {remark.code for remark in book.remarks}


def test_work_is_bounded__whole_column_sums_in_every_row() -> None:
    sheet = Sheet("表")
    for row in range(1, 4001):
        sheet.cells[row, 1] = Cell(row, 1, CellType.NUMBER, "1")
        sheet.cells[row, 2] = Cell(row, 2, CellType.BLANK, "", "SUM(A:A)")

    book = recalculated(sheet)

    assert shown(book, "B1") == ("number", "4000")
    assert shown(book, "B4000") == ("blank", "")
    assert [remark.code for remark in book.remarks] == ["FL207"]


FORMULAS = (
    "SUM(A1:A6)", "SUM(A1:A6)/COUNT(A1:A6)", "ROUND(A2*1.005,2)", "ROUND(-A2/3,1)",
    "ROUND(2.675,2)", 'IF(A1>=1,"优","良")', "AVERAGE(A1:A6)", "MIN(A1:A6)",
    "MAX(A1:A6)", "A1/A5", "IFERROR(A1/A5,9)", "A4+1", "A2&\"分\"", "A1&A2", "-A2^2", "2^3^2",
    "A2%", "A1=A2", "A6=0", 'A6=""', "A1<>A2", "COUNTA(A1:A6)", "AND(A1>0,A2>2)", "OR(A1>5,A5>0)",
    "ABS(A1-A2)", "SUM(A1,A2,3)", "A1-A2-A5", "(A1+A2)*A1/3", "IF(A6,1,2)", "0.1+0.2=0.3",
    "ROUND(SUM(A1:A2)/7*60,2)", "ROUNDDOWN(A2/3,3)", "ROUNDUP(A2/3,3)", "SUM(B1:B5)",
    'IF(B1>=90,"优",IF(B1>=3,"良","差"))',
)  # fmt: skip


def test_same_values_as_libreoffice__caches_absent(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    inputs: dict[str, Content] = {"A1": 1, "A2": 2.5, "A3": "文本", "A4": "无", "A5": 0}
    workbook = openpyxl.Workbook()
    for a1, content in inputs.items():
        workbook.active[a1] = content
    for row, formula in enumerate(FORMULAS, 1):
        workbook.active.cell(row, 2, f"={formula}")
    workbook.save(source)
    judged = _recalculated_by_office(source, tmp_path)

    ours = sheet_of("表", **inputs, **{f"B{r}": (f, None) for r, f in enumerate(FORMULAS, 1)})
    recalculated(ours)

    differing = []
    for row, formula in enumerate(FORMULAS, 1):
        cell, theirs = ours.cells[row, 2], judged[to_a1(row, 2)].value
        if not _same(cell, theirs):
            differing.append((formula, cell.raw, theirs))
    assert differing == []


def _recalculated_by_office(source: Path, folder: Path) -> openpyxl.worksheet.worksheet.Worksheet:
    office = shutil.which("soffice")
    assert office, "LibreOffice judges this test"
    profile = (folder / "profile").as_uri()
    command = [
        office, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "xlsx",
        "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return openpyxl.load_workbook(folder / "out" / source.name, data_only=True).active


def _same(cell: Cell, theirs: object) -> bool:
    if isinstance(theirs, bool):
        return cell.raw == str(theirs).upper()
    if isinstance(theirs, int | float):
        return abs(Decimal(cell.raw) - Decimal(repr(theirs))) <= Decimal("1e-9")
    return cell.raw == theirs


def with_hidden_row(number: str) -> Book:
    sheet = sheet_of("表", A1=1, A2=2, A3=3, A4=("SUBTOTAL(9,A1:A3)", None),
                     A5=(f"SUBTOTAL({number},A1:A4)", None))  # fmt: skip
    sheet.hidden_rows.add(2)
    return recalculated(sheet)


def test_subtotal_leaves_other_subtotals_out() -> None:
    book = recalculated(
        sheet_of(
            "表", A1=1, A2=2, A3=("SUBTOTAL(9,A1:A2)", None), A4=4, A5=("SUBTOTAL(9,A1:A4)", None)
        )
    )
    assert (shown(book, "A3"), shown(book, "A5")) == (("number", "3"), ("number", "7"))


def test_subtotal_over_hidden_rows__is_known_only_where_all_hidden_rows_are_left_out() -> None:
    assert shown(with_hidden_row("109"), "A5") == ("number", "4")
    book = with_hidden_row("9")
    assert shown(book, "A5") == ("blank", "")
    assert "隐藏行上的SUBTOTAL" in book.remarks[0].detail
