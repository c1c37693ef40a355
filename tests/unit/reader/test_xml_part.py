"""XML parts: what is not read, and the other spellings that are."""

import pytest

from perfxl.reader.workbook import read_book
from tests.unit.reader.packing import (
    MAIN,
    OFFICE,
    PACKAGE,
    SHEET,
    STRINGS,
    WORKBOOK,
    WORKBOOK_RELS,
    pack,
    parts,
    refusal,
)

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def with_part(part: str, content: bytes) -> bytes:
    """A good workbook with one part replaced."""
    return pack({**parts(), part: content})


@pytest.mark.parametrize("part", [SHEET, STRINGS, WORKBOOK, WORKBOOK_RELS, "_rels/.rels"])
@pytest.mark.parametrize("doctype", ["<!DOCTYPE worksheet>", LAUGHS])
def test_doctype_is_refused__in_every_part_read(part: str, doctype: str) -> None:
    """Entities, external or nested, are never looked at."""
    content = parts()[part].split(b"?>")[-1].decode()
    assert refusal(with_part(part, f"{doctype}{content}".encode())).code == "FL107"


def test_doctype_is_refused__in_utf_16() -> None:
    """Where the bytes do not show it, the parser does."""
    content = f'<!DOCTYPE worksheet><worksheet xmlns="{MAIN}"/>'
    assert refusal(with_part(SHEET, content.encode("utf-16"))).code == "FL107"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<worksheet>",
        b"<worksheet></sheet>",
        b"not xml",
        b"<worksheet>&nbsp;</worksheet>",
        b"<worksheet>\x08</worksheet>",
        b"<worksheet>\xff\xfe\xfa</worksheet>",
        '<?xml version="1.0" encoding="GB18030"?><worksheet>甲</worksheet>'.encode("gb18030"),
        b'<?xml version="1.0" encoding="no-such"?><worksheet/>',
    ],
)
def test_malformed_part_is_refused__naming_it(content: bytes) -> None:
    """Broken syntax, undeclared entities, control characters, foreign encodings."""
    refused = refusal(with_part(SHEET, content))
    assert (refused.code, refused.part) == ("FL108", SHEET)


def test_utf_16_part_is_read() -> None:
    """The other encoding that the format allows."""
    content = parts()[SHEET].decode().replace("UTF-8", "UTF-16")
    assert read_book(with_part(SHEET, content.encode("utf-16"))).sheets[0].cells[1, 1].raw == "1"


def test_prefixed_elements_are_read__as_some_programs_write_them() -> None:
    """<x:worksheet> with the main namespace bound to a prefix, in every part."""
    members = parts()
    members[SHEET] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v>'
        '</x:c><x:c r="B1"><x:f>A1&amp;"x"</x:f></x:c></x:row></x:sheetData></x:worksheet>'
    ).encode()
    members[STRINGS] = (
        f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>甲</x:t></x:si><x:si><x:t>乙</x:t></x:si></x:sst>'
    ).encode()
    members[WORKBOOK] = (
        f'<x:workbook xmlns:x="{MAIN}" xmlns:q="{OFFICE}"><x:sheets>'
        '<x:sheet name="表" sheetId="1" q:id="rId1"/></x:sheets></x:workbook>'
    ).encode()
    sheet = read_book(pack(members)).sheets[0]
    assert (sheet.name, sheet.cells[1, 1].raw, sheet.cells[1, 2].formula) == ("表", "乙", 'A1&"x"')


def test_strict_workbook_is_read() -> None:
    """ISO Strict files have namespaces and relationship types of their own."""
    strict = "http://purl.oclc.org/ooxml"
    members = {
        name: content.replace(MAIN.encode(), f"{strict}/spreadsheetml/main".encode()).replace(
            OFFICE.encode(), f"{strict}/officeDocument/relationships".encode()
        )
        for name, content in parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>').items()
    }
    assert PACKAGE.encode() in members[WORKBOOK_RELS]
    assert read_book(pack(members)).sheets[0].cells[1, 1].raw == "甲"


def test_foreign_elements_are_passed_over__though_named_alike() -> None:
    """A cell of another namespace is none of the sheet's."""
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<z:row xmlns:z="urn:z" r="1"><z:c r="A1"><z:v>9</z:v></z:c></z:row>'
    )
    cells = read_book(pack(parts(rows))).sheets[0].cells
    assert {key: cell.raw for key, cell in cells.items()} == {(1, 1): "1"}
