"""Cells: types and raw texts, formulas, addresses."""

import pytest

from perfxl.model.cells import CellType
from perfxl.reader import budget
from perfxl.reader.workbook import read_book
from tests.unit.reader.packing import (
    pack,
    parts,
    read_cell,
    read_rows,
    refusal,
    refusal_of_rows,
    remarks,
)


@pytest.mark.parametrize(
    ("cell", "kind", "raw"),
    [
        ('<c r="A1"><v>0</v></c>', CellType.NUMBER, "0"),
        ('<c r="A1" t="n"><v>94.490000000000009</v></c>', CellType.NUMBER, "94.490000000000009"),
        ('<c r="A1"><v>-1.5E-3</v></c>', CellType.NUMBER, "-1.5E-3"),
        ('<c r="A1"><v>\n 5 \n</v></c>', CellType.NUMBER, "5"),
        ('<c r="A1"><v>NaN</v></c>', CellType.TEXT, "NaN"),
        ('<c r="A1"><v>INF</v></c>', CellType.TEXT, "INF"),
        ('<c r="A1"><v>1e999</v></c>', CellType.TEXT, "1e999"),
        ('<c r="A1"><v>0x12</v></c>', CellType.TEXT, "0x12"),
        ('<c r="A1"><v>1_8</v></c>', CellType.TEXT, "1_8"),
        ('<c r="A1"><v>１８</v></c>', CellType.TEXT, "１８"),
        ('<c r="A1" t="s"><v>1</v></c>', CellType.TEXT, "乙"),
        ('<c r="A1" t="str"><v> x </v></c>', CellType.TEXT, " x "),
        ('<c r="A1" t="str"><v>a_x000D_b_x005F_c_x0000_</v></c>', CellType.TEXT, "a\rb_c_x0000_"),
        ('<c r="A1" t="b"><v>1</v></c>', CellType.BOOLEAN, "TRUE"),
        ('<c r="A1" t="b"><v>0</v></c>', CellType.BOOLEAN, "FALSE"),
        ('<c r="A1" t="b"><v>7</v></c>', CellType.TEXT, "7"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', CellType.ERROR, "#REF!"),
        ('<c r="A1" t="d"><v>2024-03-01</v></c>', CellType.TEXT, "2024-03-01"),
        ('<c r="A1" t="zz"><v>3</v></c>', CellType.TEXT, "3"),
        ('<c r="A1" t="inlineStr"><is><t>甲</t></is></c>', CellType.TEXT, "甲"),
        (
            '<c r="A1" t="inlineStr"><is>\n<r><rPr/><t xml:space="preserve">甲 </t></r>\n'
            "<r><t>乙</t></r><rPh sb='0' eb='1'><t>jia</t></rPh></is></c>",
            CellType.TEXT,
            "甲 乙",
        ),
    ],
)
def test_value_is_read__as_the_file_spells_it(cell: str, kind: CellType, raw: str) -> None:
    """Only a finite xsd:double is a number; whatever else stands there is text."""
    read = read_cell(cell)
    assert (read.type, read.raw, read.formula) == (kind, raw, None)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"/>',
        '<c r="A1" s="0"/>',
        '<c r="A1"><v></v></c>',
        '<c r="A1" t="str"><v></v></c>',
        '<c r="A1" t="inlineStr"><is><t/></is></c>',
    ],
)
def test_blank_cell_is_not_kept__whatever_its_format(cell: str) -> None:
    """Whole columns may be formatted."""
    assert not read_rows(f'<row r="1">{cell}</row>').cells


def test_formula_without_value_stays__as_a_blank_with_formula() -> None:
    """It is unknown until it is computed, never zero."""
    cell = read_cell('<c r="A1"><f>SUM(B1:B3)</f></c>')
    assert (cell.type, cell.raw, cell.formula) == (CellType.BLANK, "", "SUM(B1:B3)")
    cell = read_cell('<c r="A1"><f>SUM(B1:B3)</f><v/></c>')
    assert cell.type is CellType.BLANK


def test_formula_that_gave_an_empty_text_is_a_text() -> None:
    """It has been computed."""
    cell = read_cell('<c r="A1" t="str"><f>IF(1,"")</f><v></v></c>')
    assert (cell.type, cell.raw) == (CellType.TEXT, "")


def test_formula_is_kept_beside_its_value() -> None:
    """Array formulas too; a leading equals sign is not part of it."""
    cell = read_cell('<c r="A1"><f t="array" ref="A1">=SUM(B1:B2*C1:C2)</f><v>8</v></c>')
    assert (cell.raw, cell.formula) == ("8", "SUM(B1:B2*C1:C2)")


def test_shared_formula_is_written_out__for_every_follower() -> None:
    """Relative references move with the cell."""
    rows = (
        '<row r="1"><c r="C1"><f t="shared" ref="C1:C3" si="0">A1*$B$1</f><v>2</v></c></row>'
        '<row r="2"><c r="C2"><f t="shared" si="0"/><v>4</v></c></row>'
        '<row r="3"><c r="C3"><f t="shared" si="0"/></c></row>'
    )
    cells = read_rows(rows).cells
    assert [cell.formula for cell in cells.values()] == ["A1*$B$1", "A2*$B$1", "A3*$B$1"]


def test_follower_without_master_keeps_its_value__or_is_refused() -> None:
    """A value is taken as it stands; with neither value nor formula something is lost."""
    cell = read_cell('<c r="A1"><f t="shared" si="4"/><v>3</v></c>')
    assert (cell.raw, cell.formula) == ("3", None)
    refused = refusal_of_rows('<row r="1"><c r="A1"><f t="shared" si="4"/></c></row>')
    assert (refused.code, refused.cell) == ("FL109", "A1")


def test_formulas_written_out_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """One long shared formula for a million cells is a bomb of its own."""
    monkeypatch.setattr(budget, "MAX_CHARACTERS", 10)
    rows = '<row r="1"><c r="A1"><f t="shared" si="0">B1+B1</f></c>'
    follower = '<c r="{}"><f t="shared" si="0"/></c>'
    read_rows(f"{rows}{follower.format('B1')}{follower.format('C1')}</row>")
    refused = refusal_of_rows(
        f"{rows}{''.join(follower.format(name) for name in ('B1', 'C1', 'D1'))}</row>"
    )
    assert refused.code == "FL110"


def test_positions_are_counted__where_references_are_left_out() -> None:
    """Both r attributes are optional."""
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>"
    sheet = read_rows(rows)
    assert {key: cell.raw for key, cell in sheet.cells.items()} == {
        (1, 1): "1",
        (1, 2): "2",
        (2, 2): "3",
    }


def test_last_cell_of_the_grid_is_read() -> None:
    """One cell, no grid."""
    rows = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    book = read_book(pack(parts(rows)))
    assert list(book.sheets[0].cells) == [(1_048_576, 16_384)]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A0"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="6"><c r="ZZZZ6"><v>1</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="1"><c r="A"><v>1</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="1"><c r=""><v>1</v></c></row>',
        '<row r="1"><c r="$A$1"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row>',
        '<row r="1"><c r="Ａ1"><v>1</v></c></row>',
        '<row r="1"><c r="A01"><v>1</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="11"><c r="A1"><v>1</v></c></row>',
        '<row r="0"/>',
        '<row r="-1"/>',
        '<row r="1048577"/>',
        '<row r="4294967297"><c r="A4294967297"><v>1</v></c></row>',
        '<row r="x"/>',
        '<row r="1"><c r="A1"><v>11</v></c><c r="A1"><v>99</v></c></row>',
        '<row r="1"><c r="A1"/><c r="A1"><v>99</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="2"/><row r="1"/>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>',
        '<c r="A1"><v>1</v></c>',
        '<row r="1"><c r="XFD1"><v>1</v></c><c><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>1.0</v></c></row>',
    ],
)
def test_impossible_cell_is_refused__naming_the_sheet(rows: str) -> None:
    """Programs disagree on what such a file holds, so nobody guesses here."""
    refused = refusal_of_rows(rows)
    assert (refused.code, refused.sheet) == ("FL109", "自评表")


def test_refusal_names_the_cell__given_twice() -> None:
    """The officer is led to the place."""
    refused = refusal_of_rows('<row r="7"><c r="H7"><v>3</v></c><c r="H7"><v>5</v></c></row>')
    assert (refused.cell, "H7" in refused.detail) == ("H7", True)


def test_wrong_reference_does_not_poison_the_next_file() -> None:
    """Letters are remembered from file to file, but only after a full check."""
    refusal_of_rows('<row r="1"><c r="AB12"><v>1</v></c></row>')
    refusal_of_rows('<row r="1"><c r="AB"><v>1</v></c></row>')
    assert list(read_rows('<row r="2"><c r="AB2"><v>1</v></c></row>').cells) == [(2, 28)]


def test_declared_dimension_is_not_believed() -> None:
    """Too small or too large, it says nothing."""
    for dimension in ("A1", "A1:XFD1048576", "rubbish"):
        sheet = read_rows(
            '<row r="3"><c r="C3"><v>1</v></c></row>', before=f'<dimension ref="{dimension}"/>'
        )
        assert list(sheet.cells) == [(3, 3)]


def test_odd_style_is_remarked__and_the_value_read() -> None:
    """A wrong format number must not hide a score."""
    book = read_book(pack(parts('<row r="2"><c r="B2" s="7"><v>4</v></c></row>')))
    assert (book.sheets[0].cells[2, 2].raw, book.sheets[0].cells[2, 2].style) == ("4", 0)
    assert "B2" in remarks(book, "FL208")[0]


def test_cells_are_limited__in_the_whole_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three cells pass where three are allowed."""
    rows = '<row r="1"><c r="A1"/><c r="B1"/></row><row r="2"><c r="A2"/></row>'
    monkeypatch.setattr(budget, "MAX_CELLS", 3)
    read_rows(rows)
    monkeypatch.setattr(budget, "MAX_CELLS", 2)
    assert refusal_of_rows(rows).code == "FL110"


def test_strings_join_their_runs__without_phonetics() -> None:
    """Rich text is text."""
    members = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    members["xl/sharedStrings.xml"] = members["xl/sharedStrings.xml"].replace(
        b"<si>",
        "<si> <r><t>履职</t></r>\n<r><t>效能</t></r><rPh><t>lv</t></rPh></si><si>".encode(),
        1,
    )
    assert read_book(pack(members)).sheets[0].cells[1, 1].raw == "履职效能"


def test_string_index_is_refused__without_a_strings_part() -> None:
    """There is nothing that it could point to."""
    members = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    members["xl/_rels/workbook.xml.rels"] = members["xl/_rels/workbook.xml.rels"].replace(
        b"/sharedStrings", b"/other"
    )
    assert refusal(pack(members)).code == "FL109"
