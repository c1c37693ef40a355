"""The zip directory: hostile and damaged packages, refused before they do harm."""

import io
import struct
import warnings
import zipfile

import pytest

from perfxl.reader import package
from perfxl.reader.workbook import read_book
from tests.unit.reader.packing import SHEET, WORKBOOK, pack, parts, refusal


def with_extra(name: str, content: bytes = b"x") -> bytes:
    """A good workbook with one more member."""
    return pack({**parts(), name: content})


def central(data: bytes, name: str) -> int:
    """Where a member's entry of the directory begins."""
    return data.rindex(name.encode()) - 46


def patched(data: bytes, offset: int, layout: str, value: int) -> bytes:
    """The bytes with a number overwritten."""
    return data[:offset] + struct.pack(layout, value) + data[offset + struct.calcsize(layout) :]


def test_bomb_is_refused__by_its_ratio() -> None:
    """Zeros shrink a thousandfold; nothing is inflated to find out."""
    refused = refusal(with_extra("xl/media/a.bin", bytes(3 * 2**20)))
    assert (refused.code, refused.part) == ("FL104", "xl/media/a.bin")


def test_small_part_may_shrink_as_it_likes__below_the_grace() -> None:
    """A part of many equal rows is no bomb."""
    assert read_book(with_extra("xl/media/a.bin", bytes(2 * 2**20))).sheets


def test_total_size_is_refused__beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sum of the declared sizes counts."""
    total = sum(map(len, parts().values()))
    monkeypatch.setattr(package, "MAX_INFLATED", total)
    read_book(pack(parts()))
    monkeypatch.setattr(package, "MAX_INFLATED", total - 1)
    assert refusal(pack(parts())).code == "FL104"


def test_member_count_is_refused__beyond_the_limit() -> None:
    """Two thousand and one members."""
    many = {f"xl/media/{number}": b"" for number in range(2_001 - len(parts()))}
    assert refusal(pack({**parts(), **many})).code == "FL104"
    many.popitem()
    assert read_book(pack({**parts(), **many})).sheets


@pytest.mark.parametrize(
    "name", ["../a.xml", "xl/../../a.xml", "/etc/a", "C:/a", "..\\a.xml", "xl\\..\\..\\a"]
)
def test_name_is_refused__outside_the_package(name: str) -> None:
    """Names that would leave the folder they are unpacked into."""
    assert refusal(with_extra(name)).code == "FL105"


@pytest.mark.parametrize("name", [SHEET, SHEET.upper(), SHEET.replace("/", "\\")])
def test_second_member_of_a_name_is_refused__whatever_its_case(name: str) -> None:
    """Two programs would read two different sheets."""
    stream = io.BytesIO(pack(parts()))
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, b"x")
    refused = refusal(stream.getvalue())
    assert (refused.code, "两次" in refused.detail) == ("FL105", True)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_method_is_refused__other_than_stored_and_deflate(method: int) -> None:
    """Office itself cannot open such a file."""
    assert refusal(pack(parts(), method)).code == "FL106"


def test_password_is_refused__by_the_flag() -> None:
    """A zip with a password, made by a packing program."""
    data = pack(parts())
    assert refusal(patched(data, central(data, SHEET) + 8, "<H", 1)).code == "FL102"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_truncated_file_is_refused(share: float) -> None:
    """The end of the file, where the directory stands, is missing."""
    data = pack(parts())
    assert refusal(data[: int(len(data) * share)]).code == "FL103"


def test_changed_content_is_refused__by_its_checksum() -> None:
    """One bit of a stored part."""
    data = pack(parts(), zipfile.ZIP_STORED)
    refused = refusal(data.replace(b"<v>1</v>", b"<v>9</v>"))
    assert (refused.code, refused.part) == ("FL103", SHEET)


@pytest.mark.parametrize("difference", [-1, 1, 1000])
def test_lying_size_is_refused(difference: int) -> None:
    """The directory declares another length than the part has."""
    data = pack(parts())
    size = len(parts()[SHEET]) + difference
    assert refusal(patched(data, central(data, SHEET) + 24, "<I", size)).code == "FL103"


def test_overlapping_members_are_refused() -> None:
    """Two entries of the directory that share the same bytes."""
    data = pack({**parts(), "xl/worksheets/sheet2.xml": b"x" * 40}, zipfile.ZIP_STORED)
    entry = central(data, SHEET)
    packed = struct.unpack_from("<I", data, entry + 20)[0] + 60
    lying = patched(patched(data, entry + 20, "<I", packed), entry + 24, "<I", packed)
    refused = refusal(lying)
    assert (refused.code, "重叠" in refused.detail) == ("FL103", True)


def test_other_name_in_the_local_header_is_refused() -> None:
    """A scanner that goes by local headers would have seen another part."""
    data = pack(parts())
    first = data.index(SHEET.encode())
    assert refusal(data[:first] + SHEET.upper().encode() + data[first + len(SHEET) :]).code == (
        "FL103"
    )


def test_part_is_found__under_a_name_of_other_case() -> None:
    """Part names are compared without case."""
    members = parts()
    members["XL/Worksheets/Sheet1.XML"] = members.pop(SHEET)
    assert read_book(pack(members)).sheets[0].cells


@pytest.mark.parametrize("part", [WORKBOOK, SHEET, "xl/sharedStrings.xml"])
def test_missing_part_is_refused__by_name(part: str) -> None:
    """Whatever the workbook points to must be there."""
    members = parts()
    del members[part]
    refused = refusal(pack(members))
    assert (refused.code, refused.part) == ("FL111", part)
