import io
import struct
import zipfile
from pathlib import Path

import pytest

from perfxl.errors import RefusedEdit
from perfxl.writer.annotate import annotate
from tests.forms.guangzhou import form
from tests.roundtrip.samples import MARKS, page, rebuilt, replaced

CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def plain(tmp_path: Path) -> bytes:
    return form().build(tmp_path / "a.xlsx").read_bytes()


def _refusal(data: bytes) -> str:
    with pytest.raises(RefusedEdit) as caught:
        annotate(data, MARKS, page())
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "不是 .xlsx"),
        (b"<html>", "不是 .xlsx"),
        (CFB + bytes(600), "旧版 .xls"),
        (CFB + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (b"PK\x03\x04" + bytes(40), "目录缺失"),
    ],
)
def test_refuses__what_is_no_package(data: bytes, reason: str) -> None:
    assert reason in _refusal(data)


def test_refuses__truncated(plain: bytes) -> None:
    assert "重新取得" in _refusal(plain[:-30])


def test_refuses__zip64(plain: bytes) -> None:
    end = plain.rindex(b"PK\x05\x06")
    data = plain[: end + 10] + struct.pack("<H", 0xFFFF) + plain[end + 12 :]
    assert "zip64" in _refusal(data)


def test_refuses__encrypted_member(plain: bytes) -> None:
    at = plain.index(b"PK\x01\x02")
    data = plain[: at + 8] + struct.pack("<H", 1) + plain[at + 10 :]
    assert "加密" in _refusal(data)


def test_refuses__damaged_member(plain: bytes) -> None:
    at = plain.index(SHEET.encode()) + len(SHEET) + 50
    data = plain[:at] + bytes(8) + plain[at + 8 :]
    assert "已损坏" in _refusal(data)


def test_refuses__two_members_of_a_name(plain: bytes) -> None:
    out = io.BytesIO(plain)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("XL/workbook.xml", "<workbook/>")
    assert "重名" in _refusal(out.getvalue())


def test_refuses__signed(plain: bytes) -> None:
    out = io.BytesIO(plain)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    assert "数字签名" in _refusal(out.getvalue())


def test_refuses__strict_open_xml(plain: bytes) -> None:
    old = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = replaced(plain, "xl/workbook.xml", old, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert "Strict" in _refusal(data)


def test_refuses__binary_workbook(plain: bytes) -> None:
    out = io.BytesIO(replaced(plain, "_rels/.rels", "xl/workbook.xml", "xl/workbook.bin"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/workbook.bin", b"\0")
    assert ".xlsb" in _refusal(out.getvalue())


def test_refuses__no_workbook(plain: bytes) -> None:
    data = replaced(plain, "_rels/.rels", "xl/workbook.xml", "xl/missing.xml")
    assert "找不到工作簿" in _refusal(data)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.encode("utf-16"), "UTF-8"),
        (lambda text: text.replace('"UTF-8"', '"GB18030"').encode("gb18030"), "UTF-8"),
        (lambda text: text.replace("<worksheet", "<!DOCTYPE a><worksheet", 1).encode(), "DOCTYPE"),
        (lambda text: text.replace("</worksheet>", "").encode(), "XML 有误"),
    ],
)
def test_refuses__a_sheet_that_cannot_be_spliced(plain: bytes, change, reason) -> None:  # type: ignore[no-untyped-def]
    data = rebuilt(plain, lambda n, part: change(part.decode()) if n == SHEET else part)
    assert reason in _refusal(data)
