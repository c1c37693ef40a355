"""Remarks on what a workbook carries beside its cells, and on annotation of ours."""

import pytest

from perfxl.model.annotation import NOTE_MARK, RESULT_MARK, RESULT_SHEET
from perfxl.model.cells import Book
from perfxl.reader.workbook import read_book
from tests.unit.reader.packing import (
    MAIN,
    SHEET,
    WORKBOOK,
    WORKBOOK_RELS,
    Parts,
    pack,
    parts,
    relationships,
    remarks,
    workbook,
    worksheet,
)

OUR_FORMAT = (
    '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="9">'
    "<formula>LEN({quote}perfxl:error{quote})&gt;0</formula></cfRule></conditionalFormatting>"
)


def codes(book: Book) -> set[str]:
    """The codes of a book's remarks."""
    return {remark.code for remark in book.remarks}


def with_members(**members: bytes) -> Book:
    """A workbook that carries more parts under xl/."""
    extra = {f"xl/{name}": content for name, content in members.items()}
    return read_book(pack({**parts(), **extra}))


def test_plain_workbook_has_no_remarks() -> None:
    """Silence where there is nothing to say."""
    assert read_book(pack(parts())).remarks == []


def test_macros_are_remarked__whatever_the_extension() -> None:
    """They may hide in an .xlsx."""
    assert codes(with_members(**{"vbaProject.bin": b"x"})) == {"FL201"}


def test_external_link_is_remarked__with_the_file_it_names() -> None:
    """The server's path is nobody's business."""
    book = with_members(
        **{
            "externalLinks/externalLink1.xml": b"<externalLink/>",
            "externalLinks/_rels/externalLink1.xml.rels": relationships(
                ("rId1", "externalLinkPath", "file:///\\\\server\\share\\%E5%86%B3%E7%AE%97.xlsx"),
                mode=' TargetMode="External"',
            ),
        }
    )
    assert remarks(book, "FL202") == ["公式引用了别的文件：决算.xlsx"]


def test_dde_link_is_remarked() -> None:
    """It may start a program."""
    book = with_members(**{"externalLinks/externalLink1.xml": b"<x><ddeLink/></x>"})
    assert "DDE" in remarks(book, "FL202")[0]


def test_damaged_link_is_no_reason_to_refuse() -> None:
    """It is not needed for reading."""
    book = with_members(
        **{
            "externalLinks/externalLink1.xml": b"<x/>",
            "externalLinks/_rels/externalLink1.xml.rels": b"<broken",
        }
    )
    assert "损坏" in remarks(book, "FL202")[0]


def test_connection_is_remarked() -> None:
    """A web query, say."""
    assert codes(with_members(**{"connections.xml": b"<connections/>"})) == {"FL202"}


def test_objects_are_counted() -> None:
    """Two embedded files, one relationships part."""
    book = with_members(
        **{"embeddings/a.docx": b"x", "embeddings/b.bin": b"x", "activeX/_rels/c.rels": b"x"}
    )
    assert "2个" in remarks(book, "FL203")[0]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("A1001", set()), ("A1002", {"FL204"}), ("CW1", set()), ("CX1", {"FL204"})],
)
def test_stray_cell_is_remarked__beyond_a_wide_gap(cell: str, expected: set[str]) -> None:
    """A thousand empty rows or a hundred empty columns."""
    row = cell.lstrip("ACWX")
    first = '<row r="1"><c r="A1"><v>1</v></c>'
    last = f'<c r="{cell}"><v>2</v></c></row>'
    rows = first + (last if row == "1" else f'</row><row r="{row}">{last}')
    book = read_book(pack(parts(rows)))
    assert codes(book) == expected
    assert [remark.place.cell for remark in book.remarks] == ([cell] if expected else [])


def test_long_sheet_without_gap_has_no_stray_cell() -> None:
    """A list of two thousand units."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 2001))
    assert codes(read_book(pack(parts(rows)))) == set()


def annotated(name: str, first_text: str, *, after: str = "", note: str = "") -> Parts:
    """A return with a second sheet, and perhaps a note and conditional formats."""
    text = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{first_text}</t></is></c></row>'
    members = {
        **parts(after=after),
        WORKBOOK: workbook("自评表", name),
        WORKBOOK_RELS: relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "worksheets/sheet2.xml"),
        ),
        "xl/worksheets/sheet2.xml": worksheet(text),
    }
    if note:
        members["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(
            ("rId1", "comments", "../comments1.xml")
        )
        members["xl/comments1.xml"] = (
            f'<comments xmlns="{MAIN}"><commentList><comment ref="A1"><text><t>{note}</t></text>'
            "</comment></commentList></comments>"
        ).encode()
    return members


@pytest.mark.parametrize("name", [RESULT_SHEET, "改过名", f"{RESULT_SHEET}(2)"])
def test_our_sheet_is_left_out__by_its_mark(name: str) -> None:
    """Whatever it is called by now."""
    book = read_book(pack(annotated(name, f"结果 {RESULT_MARK};tab=0")))
    assert [sheet.name for sheet in book.sheets] == ["自评表"]
    assert (book.is_annotated, codes(book)) == (True, {"FL206"})


def test_sheet_of_that_name_is_kept__without_any_trace_of_ours() -> None:
    """A unit may call its own sheet so."""
    book = read_book(pack(annotated(RESULT_SHEET, "单位自己的校验")))
    assert [sheet.name for sheet in book.sheets] == ["自评表", RESULT_SHEET]
    assert (book.is_annotated, codes(book)) == (False, set())


@pytest.mark.parametrize("quote", ['"', "&quot;"])
def test_sheet_that_lost_its_mark_is_left_out__beside_our_formats(quote: str) -> None:
    """Someone cleared its first row."""
    book = read_book(pack(annotated(RESULT_SHEET, "", after=OUR_FORMAT.format(quote=quote))))
    assert [sheet.name for sheet in book.sheets] == ["自评表"]
    assert book.is_annotated


def test_foreign_sheet_of_that_name_is_kept__beside_ours() -> None:
    """Ours then carries a number, and the mark tells them apart."""
    members = annotated(RESULT_SHEET, "单位自己的校验")
    members[WORKBOOK] = workbook("自评表", RESULT_SHEET, f"{RESULT_SHEET}(2)")
    members[WORKBOOK_RELS] = members[WORKBOOK_RELS].replace(
        b"</Relationships>",
        relationships(("rId3", "worksheet", "worksheets/sheet3.xml")).split(b">", 1)[1],
    )
    members["xl/worksheets/sheet3.xml"] = members["xl/worksheets/sheet2.xml"].replace(
        "单位自己的校验".encode(), RESULT_MARK.encode()
    )
    book = read_book(pack(members))
    assert [sheet.name for sheet in book.sheets] == ["自评表", RESULT_SHEET]


def test_notes_are_read_without_ours() -> None:
    """An older note above ours stays; a note of ours alone goes."""
    ours = f"{NOTE_MARK}必改 得5分，超过分值3分"
    book = read_book(pack(annotated("乙", "", note=f"单位的话\n{ours}")))
    assert (book.sheets[0].comments, book.is_annotated) == ({(1, 1): "单位的话"}, True)
    book = read_book(pack(annotated("乙", "", note=ours)))
    assert (book.sheets[0].comments, book.is_annotated) == ({}, True)


def test_annotated_copy_reads_like_the_original__but_for_the_remark() -> None:
    """Cells, sheets and notes are the same."""
    plain = read_book(pack(parts(after="<phoneticPr/>")))
    marked = read_book(
        pack(annotated(RESULT_SHEET, RESULT_MARK, after=OUR_FORMAT.format(quote='"')))
    )
    assert marked.sheets == plain.sheets
    assert marked.sheets[0].part == SHEET
