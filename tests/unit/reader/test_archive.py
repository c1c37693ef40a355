"""A zip of returns: names in any encoding, and nothing inflated that is not safe."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from perfxl.errors import RefusedFile
from perfxl.reader import archive as module
from perfxl.reader.archive import Archive
from tests.unit.reader.packing import pack


def opened(data: bytes) -> Archive:
    return Archive(io.BytesIO(data))


def old_windows_zip(members: Mapping[str, bytes], encoding: str, system: int = 0) -> bytes:
    """A zip whose names are in another encoding, which nothing in it says."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            info = zipfile.ZipInfo(name.encode(encoding).decode("cp437"), (2024, 1, 1, 0, 0, 0))
            info.create_system = system
            target.writestr(info, content, zipfile.ZIP_DEFLATED)
    # zipfile writes such names as UTF-8 and says so: undo both.
    data = stream.getvalue()
    for name in members:
        raw = name.encode(encoding)
        spelled = raw.decode("cp437").encode()
        data = _renamed(data, spelled, raw)
    return data


def _renamed(data: bytes, before: bytes, after: bytes) -> bytes:
    """Put a shorter name into both headers of a member and clear the flag for UTF-8."""
    for mark, flags, length, name_at in ((b"PK\x03\x04", 6, 26, 30), (b"PK\x01\x02", 8, 28, 46)):
        at = data.index(mark)
        while data[at + name_at : at + name_at + len(before)] != before:
            at = data.index(mark, at + 4)
        head = bytearray(data[at : at + name_at])
        head[flags + 1] &= ~0x08
        head[length : length + 2] = len(after).to_bytes(2, "little")
        data = data[:at] + bytes(head) + after + data[at + name_at + len(before) :]
        lost = len(before) - len(after)
        if mark == b"PK\x03\x04":
            data = _moved(data, at, lost)
        else:
            end = data.rindex(b"PK\x05\x06")
            size = int.from_bytes(data[end + 12 : end + 16], "little") - lost
            data = data[: end + 12] + size.to_bytes(4, "little") + data[end + 16 :]
    return data


def _moved(data: bytes, after: int, lost: int) -> bytes:
    """Correct every offset of what lay behind a place by the bytes lost there."""
    changed = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        offset = int.from_bytes(data[at + 42 : at + 46], "little")
        if offset > after:
            changed[at + 42 : at + 46] = (offset - lost).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    end = data.rindex(b"PK\x05\x06")
    start = int.from_bytes(data[end + 16 : end + 20], "little") - lost
    changed[end + 16 : end + 20] = start.to_bytes(4, "little")
    return bytes(changed)


@pytest.mark.parametrize("name", ["某局/自评表 1.xlsx", "湮狀/乙.xls", "联通.xlsx", "誠信.xlsx"])
@pytest.mark.parametrize(("encoding", "system"), [("gbk", 0), ("utf-8", 3), ("gbk", 3)])
def test_chinese_names_are_read__though_nothing_says_their_encoding(
    name: str, encoding: str, system: int
) -> None:
    archive = opened(old_windows_zip({"a.txt": b"1", name: b"2"}, encoding, system))
    assert [item.name for item in archive.items] == ["a.txt", name]
    assert [archive.read(item) for item in archive.items] == [b"1", b"2"]


def test_names_marked_as_utf8_are_taken_so() -> None:
    archive = opened(pack({"各单位\\甲.xlsx": b"1", "各单位/": b""}))
    assert [item.name for item in archive.items] == ["各单位/甲.xlsx"]


def refusal_of(archive: Archive) -> RefusedFile:
    with pytest.raises(RefusedFile) as caught:
        archive.read(archive.items[0])
    return caught.value


@pytest.mark.parametrize("name", ["../甲.xlsx", "/etc/甲.xlsx", "C:\\甲.xlsx", "a/../../b.xlsx"])
def test_name_that_leads_outside_is_refused(name: str) -> None:
    assert refusal_of(opened(pack({name: b"1"}))).code == "FL105"


def test_bomb_is_refused__by_its_declared_ratio() -> None:
    assert refusal_of(opened(pack({"a.xlsx": bytes(3 * 1024 * 1024)}))).code == "FL104"


def test_member_that_declares_less_than_it_holds_is_refused() -> None:
    data = pack({"a.xlsx": b"x" * 1000})
    lied = data.replace((1000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert refusal_of(opened(lied)).code == "FL103"


def test_changed_byte_is_noticed() -> None:
    data = bytearray(pack({"a.xlsx": b"x" * 50}, zipfile.ZIP_STORED))
    data[60] ^= 1
    assert refusal_of(opened(bytes(data))).code == "FL103"


def test_password_is_refused__for_each_and_for_all() -> None:
    data = bytearray(pack({"a.xlsx": b"1"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    archive = opened(bytes(data))
    assert archive.is_encrypted
    assert refusal_of(archive).code == "FL102"
    assert not opened(pack({"a.xlsx": b"1"})).is_encrypted


def test_other_method_is_refused() -> None:
    assert refusal_of(opened(pack({"a.xlsx": b"1" * 99}, zipfile.ZIP_LZMA))).code == "FL106"


def test_truncated_archive_is_refused() -> None:
    with pytest.raises(RefusedFile) as caught:
        opened(pack({"a.xlsx": b"1"})[:-30])
    assert caught.value.code == "FL103"


def test_too_many_entries_are_refused__before_the_directory_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = pack({f"{number}.txt": b"" for number in range(9)})
    monkeypatch.setattr(module, "MAX_ENTRIES", 4)
    with pytest.raises(RefusedFile) as caught:
        opened(data)
    assert caught.value.code == "FL104"


def test_archive_that_changed_meanwhile_is_refused() -> None:
    (item,) = opened(pack({"a.xlsx": b"1"})).items
    with pytest.raises(RefusedFile) as caught:
        opened(pack({"b.xlsx": b"1"})).read(item)
    assert caught.value.code == "FL114"
