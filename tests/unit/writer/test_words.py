"""A word beside the colour, only where the number with its word surely fits."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from perfxl.model.page import Mark, MarkKind
from perfxl.writer.annotate import annotate
from perfxl.writer.clean import clean
from tests.roundtrip.samples import FORM, mark, page, parts, rebuilt, replaced

WIDE = 20.0


def workbook(value: object, width: float = WIDE, merge: str = "", **look: object) -> bytes:
    """A form whose A1 holds the value."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_numbers": False, "in_memory": True})
    sheet = book.add_worksheet(FORM)
    form = book.add_format({"font_size": 10, **look})
    sheet.set_column("A:C", width)
    if merge:
        sheet.merge_range(merge, value, form)
    else:
        sheet.write("A1", value, form)
    book.close()
    return buffer.getvalue()


def rules(data: bytes) -> list[tuple[str, Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))[FORM]
    return [(str(one.sqref), rule) for one in sheet.conditional_formatting for rule in one.rules]


def code(data: bytes, *marks: Mark) -> str:
    """The number format that the highlight of A1 shows, "" for none."""
    ((_, rule),) = rules(annotate(data, marks or [mark("A1")], page()))
    return rule.dxf.numFmt.formatCode if rule.dxf.numFmt else ""


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        ("General", 'General"必改"'),
        ("0", '0"必改"'),
        ("0.0", '0.0"必改"'),
        ("0.00", '0.00"必改"'),
        ("0.##", '0.##"必改"'),
        ("#,##0", '#,##0"必改"'),
        ("#,##0.00", '#,##0.00"必改"'),
        ("0.00_ ", '0.00"必改"'),
    ],
)
def test_number_gets_its_word__in_a_simple_format(own: str, shown: str) -> None:
    assert code(workbook(5, num_format=own)) == shown


@pytest.mark.parametrize(
    "own",
    [
        "0%",
        "0.00%",
        "yyyy-mm-dd",
        "h:mm",
        "0.00E+00",
        "# ?/?",
        '0.00"分"',
        "0.00;[Red]-0.00",
        "0.00_);[Red](0.00)",
        "[>5]0;0.0",
        "[DBNum1]General",
        "¥#,##0.00",
        ";;;",
    ],
)
def test_number_keeps_its_format__where_that_says_more(own: str) -> None:
    assert code(workbook(5, num_format=own)) == ""


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (MarkKind.ERROR, "必改"),
        (MarkKind.VERIFY, "请核实"),
        (MarkKind.NOTICE, "提示"),
        (MarkKind.SHORT_1, "失分"),
        (MarkKind.SHORT_2, "失分"),
        (MarkKind.SHORT_3, "失分"),
    ],
)
def test_word_is_that_of_the_kind__each_kind(kind: MarkKind, word: str) -> None:
    assert code(workbook(5, num_format="0.00"), mark("A1", kind)) == f'0.00"{word}"'


# 10.00必改 in 10 points: 5 half letters and 2 full ones are 63 pixels, and 5 for the margins.
@pytest.mark.parametrize(("width", "fits"), [(9, True), (8.85, False), (6, False), (0, False)])
def test_number_gets_its_word__only_where_the_column_is_wide_enough(
    width: float, fits: bool
) -> None:
    assert bool(code(workbook(5, width, num_format="0.00"))) is fits


@pytest.mark.parametrize(
    ("value", "look"),
    [
        (5, {"font_size": 14}),
        (12345.67, {"num_format": "#,##0.00"}),
        (5, {"num_format": "0.0000"}),
        (5, {"indent": 3}),
    ],
)
def test_number_keeps_to_its_colour__when_it_takes_more_room(
    value: float, look: dict[str, object]
) -> None:
    assert code(workbook(5, 9.5, num_format="0.00"))
    assert code(workbook(value, 9.5, "", **{"num_format": "0.00", **look})) == ""


def test_binary_dust_does_not_count__in_a_general_number() -> None:
    assert code(workbook(0.1 + 0.2, 9.5)) == 'General"必改"'


def test_merged_cells_lend_their_room__side_by_side() -> None:
    assert code(workbook(5, 5, num_format="0.00")) == ""
    assert code(workbook(5, 5, "A1:B4", num_format="0.00"), mark("B3")) == '0.00"必改"'


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        ("General", 'General" 必改";@" 必改"'),
        ("0.00", '0.00" 必改";@" 必改"'),
        ("@", '@" 必改"'),
        ("0%", ""),
    ],
)
def test_text_gets_its_word_behind__in_a_simple_format(own: str, shown: str) -> None:
    assert code(workbook("5分", num_format=own)) == shown


@pytest.mark.parametrize("text", ["一" * 9, "第一行\n第二行"])
def test_text_keeps_to_its_colour__when_it_fills_its_cell(text: str) -> None:
    assert code(workbook("一" * 6)) != ""
    assert code(workbook(text)) == ""


@pytest.mark.parametrize("value", [None, True, "=NA()"])
def test_cell_keeps_to_its_colour__without_a_number_or_text(value: object) -> None:
    data = workbook(value)
    if isinstance(value, str):
        data = replaced(data, "xl/worksheets/sheet1.xml", "<c r=", '<c t="e" r=')
    assert code(data) == ""


def test_upright_text_keeps_to_its_colour__whatever_the_room() -> None:
    assert code(workbook("决策", rotation=270)) == ""


def test_numbers_of_formats_are_new__each_its_own() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet(FORM)
    sheet.set_column("A:B", WIDE)
    sheet.write("A1", 5, book.add_format({"num_format": "0.0"}))
    sheet.write("B1", 5, book.add_format({"num_format": "0.00"}))
    sheet.write("B2", 5, book.add_format({"num_format": "0.000"}))
    own = book.add_format({"num_format": '0.00"分"'})
    sheet.conditional_format("C1", {"type": "no_blanks", "format": own})
    book.close()
    marks = [mark("A1"), mark("B1"), mark("B2")]
    found = rules(annotate(buffer.getvalue(), marks, page()))

    assert sorted(ranges for ranges, _ in found) == ["A1", "B1", "B2", "C1"]
    numbers = {rule.dxf.numFmt.numFmtId for _, rule in found}
    book_numbers = set(range(164, 167))
    assert len(numbers | book_numbers) == 4 + 3
    assert len({rule.priority for _, rule in found}) == 4


def test_one_format_for_all__of_a_kind_and_number_format() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet(FORM)
    sheet.set_column("A:A", WIDE)
    for row in range(30):
        sheet.write(row, 0, row, book.add_format({"num_format": "0.00"}))
    book.close()
    found = rules(annotate(buffer.getvalue(), [mark(f"A{n}") for n in range(1, 31)], page()))
    assert [ranges for ranges, _ in found] == ["A1:A30"]


def _inline(name: str, data: bytes) -> bytes:
    old = b't="s"><v>0</v>'
    return data.replace(old, b't="inlineStr"><is><t>5&lt;6</t></is>') if "sheet1" in name else data


def _commented(name: str, data: bytes) -> bytes:
    return data.replace(b"<sheetData>", b"<!-- x --><sheetData>") if "sheet1" in name else data


def _without_addresses(name: str, data: bytes) -> bytes:
    return data.replace(b' r="A1"', b"") if "sheet1" in name else data


@pytest.mark.parametrize(
    ("change", "shown"),
    [(_inline, 'General" 必改";@" 必改"'), (_commented, ""), (_without_addresses, "")],
)
def test_sheet_is_annotated__written_in_another_way(
    change: Callable[[str, bytes], bytes], shown: str
) -> None:
    assert code(rebuilt(workbook("5分"), change)) == shown


def test_every_part_is_back__after_clean(tmp_path: Path) -> None:
    data = workbook(5, num_format="0.00")
    assert parts(clean(annotate(data, [mark("A1")], page()))) == parts(data)
