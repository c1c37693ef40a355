"""Small workbooks made part by part, so that a test can spoil exactly one thing."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from perfxl.errors import RefusedFile
from perfxl.model.cells import Book, Cell, Sheet
from perfxl.reader.workbook import read_book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
WORKBOOK_RELS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"

Parts = dict[str, bytes]


def relationships(*items: tuple[str, str, str], mode: str = "") -> bytes:
    """A rels part of (id, kind, target)."""
    tags = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        for name, kind, target in items
    )
    return f'<Relationships xmlns="{PACKAGE}">{tags}</Relationships>'.encode()


def worksheet(rows: str, *, before: str = "", after: str = "") -> bytes:
    """A worksheet part around its rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    ).encode()


def workbook(*sheets: str, inside: str = "") -> bytes:
    """A workbook part whose sheets are rId1, rId2, …"""
    tags = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{tags}</sheets>{inside}</workbook>'
    ).encode()


def strings(*texts: str) -> bytes:
    """A shared-strings part with a count that lies."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<sst xmlns="{MAIN}" count="1" uniqueCount="4294967295">{items}</sst>'.encode()


def parts(
    rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>',
    *,
    before: str = "",
    after: str = "",
    texts: tuple[str, ...] = ("甲", "乙"),
) -> Parts:
    """The parts of a workbook of one sheet named 自评表."""
    return {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/'
        b'package/2006/content-types"/>',
        "_rels/.rels": relationships(("rId1", "officeDocument", WORKBOOK)),
        WORKBOOK: workbook("自评表"),
        WORKBOOK_RELS: relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId8", "sharedStrings", "sharedStrings.xml"),
            ("rId9", "styles", "styles.xml"),
        ),
        STRINGS: strings(*texts),
        SHEET: worksheet(rows, before=before, after=after),
    }


def pack(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Zip the parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, method)
    return stream.getvalue()


def read_rows(rows: str, *, before: str = "", after: str = "") -> Sheet:
    """The only sheet of a workbook with these rows."""
    return read_book(pack(parts(rows, before=before, after=after))).sheets[0]


def read_cell(cell: str) -> Cell:
    """The cell A1, given as XML."""
    return read_rows(f'<row r="1">{cell}</row>').cells[1, 1]


def remarks(book: Book, code: str) -> list[str]:
    """The details of a code's remarks."""
    return [remark.detail for remark in book.remarks if remark.code == code]


def refusal(data: bytes) -> RefusedFile:
    """The refusal that a file meets."""
    with pytest.raises(RefusedFile) as caught:
        read_book(data)
    assert caught.value.detail
    return caught.value


def refusal_of_rows(rows: str, *, before: str = "", after: str = "") -> RefusedFile:
    """The refusal that a sheet's content meets."""
    return refusal(pack(parts(rows, before=before, after=after)))
