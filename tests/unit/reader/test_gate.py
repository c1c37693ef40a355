"""The gate: what a file really is, and whether it may be read at all."""

import os
import zipfile
from pathlib import Path

import pytest

from perfxl.errors import RefusedFile
from perfxl.reader import gate
from perfxl.reader.workbook import read_book
from tests.unit.reader.packing import pack, parts, refusal

CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def compound(stream: str) -> bytes:
    """A compound file's beginning and one directory entry, enough to know it by."""
    return CFB + (stream + "\0").encode("utf-16-le").ljust(128, b"\0")


FOREIGN = {
    "html": (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "FL101", "网页"),
    "html_with_bom": (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>", "FL101", "网页"),
    "html_fragment": (b"<!-- export -->\n<TABLE border=1></TABLE>", "FL101", "网页"),
    "csv_utf8": ("指标,分值,得分\n完整性,3,3\n".encode(), "FL101", "文本"),
    "csv_gbk": ("指标,分值,得分\n完整性,3,3\n".encode("gb18030"), "FL101", "文本"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "FL101", "PDF"),
    "rar": (b"Rar!\x1a\x07\x01\x00" + bytes(40), "FL101", "RAR"),
    "seven_zip": (b"7z\xbc\xaf\x27\x1c" + bytes(40), "FL101", "7z"),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(40), "FL101", "JPEG"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(40), "FL101", "PNG"),
    "xml_2003": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "FL101",
        "2003",
    ),
    "mhtml": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "FL101", "MHTML"),
    "unknown": (bytes(range(1, 256)) * 4, "FL101", "认不出"),
    "xls": (compound("Workbook"), "FL103", "旧格式"),
    "xls_95": (compound("Book"), "FL103", "旧格式"),
    "bare_biff": (b"\x09\x08\x10\x00\x00\x06\x05\x00", "FL103", "旧格式"),
    "excel_4": (b"\x09\x04\x06\x00\x00\x04\x10\x00", "FL113", "4.0"),
    "encrypted_with_workbook": (
        compound("Workbook") + compound("EncryptedPackage"),
        "FL102",
        "密码",
    ),
    "doc": (compound("WordDocument"), "FL101", "Word"),
    "encrypted": (compound("EncryptedPackage"), "FL102", "密码"),
    "zeros": (bytes(4096), "FL103", "空字节"),
    "empty": (b"", "FL114", "0字节"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_file_is_named__by_its_first_bytes(name: str) -> None:
    """The refusal says what the file is, not merely that it is no workbook."""
    data, code, word = FOREIGN[name]
    refused = refusal(data)
    assert (refused.code, word in refused.detail) == (code, True), refused.detail


@pytest.mark.parametrize(
    ("member", "word"),
    [
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "演示"),
        ("xl/workbook.bin", "xlsb"),
        ("content.xml", "ODF"),
        ("OFD.xml", "OFD"),
        ("各单位/甲.xlsx", "解压"),
        ("readme.txt", "没有工作簿"),
    ],
)
def test_other_zip_formats_are_named__by_their_members(member: str, word: str) -> None:
    """A zip that holds no workbook is known by what it does hold."""
    refused = refusal(pack({member: b"x"}))
    assert refused.code == "FL101"
    assert word in refused.detail


def test_path_and_bytes_read_alike__regular_file(tmp_path: Path) -> None:
    """A member of a zip comes as bytes, a file as a path."""
    path = tmp_path / "自评表 1.xlsx"
    path.write_bytes(pack(parts()))
    assert read_book(path) == read_book(path.read_bytes())


def refused_path(path: Path) -> RefusedFile:
    """The refusal that a path meets."""
    with pytest.raises(RefusedFile) as caught:
        read_book(path)
    return caught.value


def test_folder_is_refused(tmp_path: Path) -> None:
    """A folder named like a workbook."""
    assert refused_path(tmp_path).code == "FL114"


def test_missing_path_is_refused(tmp_path: Path) -> None:
    """The file went away since it was listed."""
    assert "不存在" in refused_path(tmp_path / "a.xlsx").detail


def test_link_is_refused__even_to_a_good_file(tmp_path: Path) -> None:
    """What a link points to was not handed in."""
    (tmp_path / "a.xlsx").write_bytes(pack(parts()))
    (tmp_path / "b.xlsx").symlink_to(tmp_path / "a.xlsx")
    assert "链接" in refused_path(tmp_path / "b.xlsx").detail


def test_pipe_is_refused__without_waiting(tmp_path: Path) -> None:
    """Opening a pipe would wait for its other end for ever."""
    os.mkfifo(tmp_path / "a.xlsx")
    assert refused_path(tmp_path / "a.xlsx").code == "FL114"


def test_size_limit_holds__for_path_and_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of the limit passes, one byte more does not."""
    data = pack(parts())
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    monkeypatch.setattr(gate, "MAX_FILE_BYTES", len(data))
    read_book(path)
    monkeypatch.setattr(gate, "MAX_FILE_BYTES", len(data) - 1)
    assert refused_path(path).code == "FL104"
    assert refusal(data).code == "FL104"


def test_stored_parts_are_read__without_compression() -> None:
    """Stored is the other method that the format allows."""
    assert read_book(pack(parts(), zipfile.ZIP_STORED)).sheets[0].cells[1, 1].raw == "1"
