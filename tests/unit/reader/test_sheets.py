"""What surrounds the cells: tabs, merges, hidden rows and columns, names, notes, properties."""

import pytest

from perfxl.model.address import Area
from perfxl.model.cells import Sheet
from perfxl.reader import sheet_xml
from perfxl.reader.budget import full_budget
from perfxl.reader.columns import ColumnSpan, apply_columns
from perfxl.reader.workbook import read_book
from tests.unit.reader.packing import (
    MAIN,
    OFFICE,
    SHEET,
    WORKBOOK,
    WORKBOOK_RELS,
    Parts,
    pack,
    parts,
    read_rows,
    refusal,
    refusal_of_rows,
    relationships,
    remarks,
    workbook,
    worksheet,
)

ROWS = '<row r="1"><c r="A1"><v>1</v></c><c r="D1"><v>4</v></c></row>'


def two_sheets(first: str, second: str, *, kind: str = "worksheet", target: str = "2") -> Parts:
    """A workbook with two tabs."""
    return {
        **parts(),
        WORKBOOK: workbook(first, second),
        WORKBOOK_RELS: relationships(
            ("rId1", "worksheet", "/xl/worksheets/sheet1.xml"),
            ("rId2", kind, f"worksheets/sheet{target}.xml"),
        ),
        "xl/worksheets/sheet2.xml": worksheet(ROWS),
    }


def test_merges_are_read__corners_in_any_order() -> None:
    """Areas, one cell among them."""
    merges = '<mergeCells count="9"><mergeCell ref="A1:B3"/><mergeCell ref="D9:C8"/></mergeCells>'
    assert read_rows(ROWS, after=merges).merges == [Area(1, 1, 3, 2), Area(8, 3, 9, 4)]


@pytest.mark.parametrize("reference", ["", ":A1", "A0:B2", "A:B", "A1:XFE2", "A1:B2:C3"])
def test_merge_is_refused__that_names_no_area(reference: str) -> None:
    """The label columns are read by their merges."""
    assert refusal_of_rows(ROWS, after=f'<mergeCell ref="{reference}"/>').code == "FL109"


def test_merges_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pass where two are allowed, three do not."""
    monkeypatch.setattr(sheet_xml, "MAX_MERGES", 2)
    merge = '<mergeCell ref="A1:B2"/>'
    assert len(read_rows(ROWS, after=merge * 2).merges) == 2
    assert refusal_of_rows(ROWS, after=merge * 3).code == "FL110"


def test_hidden_rows_and_columns_are_known__also_by_zero_size() -> None:
    """A row of no height is as hidden as a hidden one."""
    rows = (
        '<row r="1"><c r="D1"><v>1</v></c></row><row r="2" hidden="1"/><row r="3" ht="0"/>'
        '<row r="4" ht="15"/>'
    )
    columns = (
        '<cols><col min="1" max="1" width="8.5"/><col min="2" max="2" width="9" hidden="1"/>'
        '<col min="3" max="3" width="0"/><col min="4" max="16384" width="10"/></cols>'
    )
    sheet = read_rows(rows, before=columns)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2, 3}, {2, 3})
    assert sheet.widths == {1: 8.5, 2: 9.0, 3: 0.0, 4: 10.0}


def test_columns_beyond_the_last_cell_are_left_out__hidden_ones_too() -> None:
    """Programs define all 16,384; nothing stands there."""
    sheet = read_rows(ROWS, before='<cols><col min="3" max="16384" hidden="1"/></cols>')
    assert sheet.hidden_columns == {3, 4}


def test_overlapping_columns_are_followed__only_as_far_as_the_budget() -> None:
    """Thousands of definitions for all columns would take a minute."""
    sheet = Sheet("表", merges=[Area(1, 1, 1, 16_384)])
    left = full_budget()
    apply_columns(sheet, [ColumnSpan(1, 16_384, 9.0, is_hidden=False)] * 20_000, left)
    assert sheet.widths[16_384] == 9.0
    assert -16_384 <= left.columns < 0


@pytest.mark.parametrize("attributes", ['min="0" max="3"', 'min="5" max="2"', 'min="x"', ""])
def test_odd_column_definition_is_passed_over(attributes: str) -> None:
    """A width is no reason to refuse a return."""
    assert not read_rows(ROWS, before=f'<col {attributes} width="nan"/>').widths


def test_sheets_keep_their_order_and_state() -> None:
    """Hidden tabs are read like the others."""
    members = two_sheets("甲", "乙")
    members[WORKBOOK] = members[WORKBOOK].replace(b'sheetId="2"', b'sheetId="2" state="veryHidden"')
    book = read_book(pack(members))
    assert [(sheet.name, sheet.state) for sheet in book.sheets] == [
        ("甲", "visible"),
        ("乙", "veryHidden"),
    ]
    assert [sheet.part for sheet in book.sheets] == [SHEET, "xl/worksheets/sheet2.xml"]


@pytest.mark.parametrize("second", ["Sheet", "SHEET"])
def test_sheets_of_one_name_are_refused(second: str) -> None:
    """A formula could mean either."""
    assert refusal(pack(two_sheets("Sheet", second))).code == "FL112"


def test_sheets_of_one_part_are_refused() -> None:
    """A thousand tabs showing one big sheet would be a bomb."""
    assert refusal(pack(two_sheets("甲", "乙", target="1"))).code == "FL112"


def test_sheet_without_content_is_refused() -> None:
    """The relationship leads nowhere, or out of the file."""
    members = parts()
    members[WORKBOOK] = workbook("甲").replace(b"rId1", b"rId77")
    assert refusal(pack(members)).code == "FL111"
    members = parts()
    members[WORKBOOK_RELS] = relationships(
        ("rId1", "worksheet", "file:///a/sheet.xml"), mode=' TargetMode="External"'
    )
    assert refusal(pack(members)).code == "FL111"


@pytest.mark.parametrize(
    ("kind", "code"), [("chartsheet", "FL205"), ("dialogsheet", "FL205"), ("xlMacrosheet", "FL201")]
)
def test_other_sheets_are_skipped__with_a_remark(kind: str, code: str) -> None:
    """A chart has no cells; a macro sheet is never read."""
    book = read_book(pack(two_sheets("甲", "图", kind=kind)))
    assert [sheet.name for sheet in book.sheets] == ["甲"]
    assert "图" in remarks(book, code)[0]


def test_workbook_without_any_sheet_is_refused() -> None:
    """Nothing can be read from a chart alone."""
    members = {**parts(), WORKBOOK: workbook()}
    assert refusal(pack(members)).code == "FL111"


def test_names_of_the_book_are_read__not_those_of_a_sheet() -> None:
    """Print areas belong to their sheets."""
    inside = (
        '<workbookPr date1904="1"/><definedNames>'
        '<definedName name="总分">自评表!$H$40</definedName>'
        '<definedName name="_xlnm.Print_Area" localSheetId="0">自评表!$A$1</definedName>'
        '<definedName name="版本">"甲&amp;乙"</definedName></definedNames>'
    )
    book = read_book(pack({**parts(), WORKBOOK: workbook("自评表", inside=inside)}))
    assert book.names == {"总分": "自评表!$H$40", "版本": '"甲&乙"'}
    assert book.is_date_1904


def test_custom_properties_are_read__as_texts() -> None:
    """One of the homes of our stamp."""
    variant = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'custom-properties" xmlns:vt="{variant}">'
        '<property pid="2" name="方案"><vt:lpwstr>a-2022</vt:lpwstr></property>\n'
        '<property pid="3" name="期"><vt:i4> 7</vt:i4></property>'
        '<property pid="4" name="空"><vt:lpwstr/></property></Properties>'
    )
    members = {
        **parts(),
        "docProps/custom.xml": custom.encode(),
        "_rels/.rels": relationships(
            ("rId1", "officeDocument", WORKBOOK),
            ("rId2", "custom-properties", "docProps/custom.xml"),
        ),
    }
    assert read_book(pack(members)).properties == {"方案": "a-2022", "期": " 7", "空": ""}


def test_notes_are_read__by_cell() -> None:
    """Runs joined; a note of no cell is left out."""
    comments = (
        f'<comments xmlns="{MAIN}"><authors><author>x</author></authors><commentList>'
        '<comment ref="B2" authorId="0"><text><r><t>甲：</t></r><r><t>请核</t></r></text></comment>'
        '<comment ref="?" authorId="0"><text><t>无处</t></text></comment></commentList></comments>'
    )
    members = {
        **parts(),
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(("rId1", "comments", "../c.xml")),
        "xl/c.xml": comments.encode(),
    }
    assert read_book(pack(members)).sheets[0].comments == {(2, 2): "甲：请核"}


def test_part_is_found__by_an_escaped_target() -> None:
    """Targets are URIs."""
    members = parts()
    members["xl/工作 表.xml"] = members.pop(SHEET)
    members[WORKBOOK_RELS] = f"""
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Type="{OFFICE}/worksheet"
            Target="%E5%B7%A5%E4%BD%9C%20%E8%A1%A8.xml"/></Relationships>""".encode()
    assert read_book(pack(members)).sheets[0].cells


def test_workbook_is_found__without_package_relationships() -> None:
    """Its usual place is tried."""
    members = parts()
    del members["_rels/.rels"]
    assert read_book(pack(members)).sheets
