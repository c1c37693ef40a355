"""A zip package whose untouched members are copied as they lie, compressed bytes and all."""

import struct
import zlib
from dataclasses import dataclass
from itertools import pairwise

from perfxl.errors import RefusedEdit

_END = b"PK\x05\x06"
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_STORED, _DEFLATED = 0, 8
_EPOCH_DATE = 0x21  # 1980-01-01: new members carry no clock
_LARGEST_PART = 256 * 1024 * 1024
# Level 4 writes a sheet in half the time of level 6 for 2–3 % more bytes.
_LEVEL = 4


@dataclass(frozen=True, slots=True)
class _Member:
    """A central directory record and the stretch of the file that its local entry covers."""

    record: bytes
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    attributes: int
    offset: int
    end: int


class Package:
    """The parts of an xlsx or xlsm by name, changed in memory, written by `to_bytes`.

    Names are looked up without regard to case, as the packaging standard asks.

    Raises:
        RefusedEdit: no zip, or one that cannot be rewritten faithfully.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._members = _read_directory(data)
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        self._cache: dict[str, bytes] = {}
        self._by_key = {_key(name): name for name in self._members}
        if len(self._by_key) != len(self._members):
            raise RefusedEdit("压缩包内有重名部件，无法确定以哪一个为准")

    def names(self) -> list[str]:
        """All part names, old ones in file order, then new ones."""
        old = [name for name in self._members if name not in self._dropped]
        return old + [name for name in self._changed if name not in self._members]

    def find(self, name: str) -> str | None:
        """The part's name as the package spells it, or None when there is no such part."""
        known = self._by_key.get(_key(name))
        return None if known is None or known in self._dropped else known

    def read(self, name: str) -> bytes:
        """A part's bytes."""
        known = self.find(name)
        if known is None:
            raise RefusedEdit(f"文件缺少部件 {name}，可能已损坏")
        if known in self._changed:
            return self._changed[known]
        if known not in self._cache:
            self._cache[known] = self._inflate(known)
        return self._cache[known]

    def put(self, name: str, data: bytes) -> None:
        """Replace a part or add a new one."""
        known = self._by_key.setdefault(_key(name), name)
        self._dropped.discard(known)
        self._changed[known] = data

    def drop(self, name: str) -> None:
        """Take a part out."""
        known = self.find(name)
        if known is not None:
            self._changed.pop(known, None)
            self._dropped.add(known)

    def to_bytes(self) -> bytes:
        """The package; members neither replaced nor dropped keep their stored bytes."""
        out = _ZipOut()
        for name, member in self._members.items():
            if name in self._changed:
                out.pack(name, self._changed[name], member)
            elif name not in self._dropped:
                out.copy(self._data[member.offset : member.end], member)
        for name, data in self._changed.items():
            if name not in self._members:
                out.pack(name, data, None)
        return out.finish()

    def _inflate(self, name: str) -> bytes:
        member = self._members[name]
        if member.size > _LARGEST_PART:
            raise RefusedEdit(f"部件 {name} 过大，无法标注")
        name_size, extra_size = struct.unpack_from("<HH", self._data, member.offset + 26)
        start = member.offset + _LOCAL.size + name_size + extra_size
        data = self._data[start : start + member.packed]
        if member.method == _DEFLATED:
            try:
                data = zlib.decompressobj(-15).decompress(data, member.size + 1)
            except zlib.error:
                raise RefusedEdit(f"部件 {name} 已损坏，无法标注") from None
        if len(data) != member.size or zlib.crc32(data) != member.crc:
            raise RefusedEdit(f"部件 {name} 已损坏，无法标注")
        return data


class _ZipOut:
    """Members and directory records as they are laid down one after another."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._records: list[bytes] = []
        self._size = 0

    def copy(self, stretch: bytes, member: _Member) -> None:
        """Lay down a local entry as it was, with only its offset renewed."""
        record = member.record
        self._records.append(record[:42] + struct.pack("<I", self._size) + record[46:])
        self._add(stretch)

    def pack(self, name: str, data: bytes, old: _Member | None) -> None:
        """Lay down a compressed member; it keeps the time and attributes of the one it replaces."""
        if old is None:
            spelled, flags = name.encode(), 0 if name.isascii() else _UTF8_NAME
            time, date, attributes = 0, _EPOCH_DATE, 0
        else:
            name_size = struct.unpack_from("<H", old.record, 28)[0]
            spelled, flags = old.record[46 : 46 + name_size], old.flags & _UTF8_NAME
            time, date, attributes = old.time, old.date, old.attributes
        deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
        packed = deflate.compress(data) + deflate.flush()
        common = (20, flags, _DEFLATED, time, date, zlib.crc32(data), len(packed), len(data))
        self._records.append(
            _CENTRAL.pack(0x02014B50, 20, *common, len(spelled), 0, 0, 0, 0, attributes, self._size)
            + spelled
        )
        self._add(_LOCAL.pack(0x04034B50, *common, len(spelled), 0) + spelled)
        self._add(packed)

    def finish(self) -> bytes:
        """Everything with the directory behind it."""
        directory = b"".join(self._records)
        count = len(self._records)
        end = struct.pack(
            "<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), self._size, 0
        )
        return b"".join((*self._chunks, directory, end))

    def _add(self, chunk: bytes) -> None:
        self._chunks.append(chunk)
        self._size += len(chunk)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _read_directory(data: bytes) -> dict[str, _Member]:
    """All members by name in the order of the central directory."""
    _refuse_foreign(data)
    end = data.rfind(_END, max(0, len(data) - 65_557))
    if end < 0 or len(data) < end + 22:
        raise RefusedEdit("不是完整的 Excel 文件（压缩包目录缺失），请重新取得该文件")
    count, _, at = struct.unpack_from("<HII", data, end + 10)
    if count == 0xFFFF or at == 0xFFFFFFFF:
        raise RefusedEdit("文件使用 zip64 格式，不支持标注")
    records = _records(data, at, count)
    starts = [*sorted(_CENTRAL.unpack_from(record)[16] for record in records), at]
    following = dict(pairwise(starts))
    members: dict[str, _Member] = {}
    for record in records:
        name, member = _member(record, data, following)
        if name in members:
            raise RefusedEdit("压缩包内有重名部件，无法确定以哪一个为准")
        members[name] = member
    return members


def _refuse_foreign(data: bytes) -> None:
    if data.startswith(_CFB):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise RefusedEdit("文件设有打开密码，请先取消密码再标注")
        raise RefusedEdit("这是旧版 .xls 格式，不能直接改动，请先另存为 .xlsx")
    if not data.startswith(b"PK"):
        raise RefusedEdit("不是 .xlsx 或 .xlsm 文件，不能标注")


def _records(data: bytes, at: int, count: int) -> list[bytes]:
    records = []
    for _ in range(count):
        if len(data) < at + _CENTRAL.size or data[at : at + 4] != b"PK\x01\x02":
            raise RefusedEdit("压缩包目录已损坏，请重新取得该文件")
        size = _CENTRAL.size + sum(struct.unpack_from("<HHH", data, at + 28))
        records.append(data[at : at + size])
        at += size
    return records


def _member(record: bytes, data: bytes, following: dict[int, int]) -> tuple[str, _Member]:
    """One member; refuses what cannot be copied or read for certain."""
    fields = _CENTRAL.unpack_from(record)
    flags, method, time, date, crc, packed, size, name_size = fields[3:11]
    offset = fields[16]
    if flags & _ENCRYPTED:
        raise RefusedEdit("压缩包内有加密部件，无法标注")
    if method not in (_STORED, _DEFLATED):
        raise RefusedEdit("压缩包使用了少见的压缩方法，请用 Excel 或 WPS 另存后再标注")
    if 0xFFFFFFFF in (packed, size, offset):
        raise RefusedEdit("文件使用 zip64 格式，不支持标注")
    if data[offset : offset + 4] != b"PK\x03\x04":
        raise RefusedEdit("压缩包目录与内容不符，请重新取得该文件")
    name = record[46 : 46 + name_size].decode("utf-8" if flags & _UTF8_NAME else "cp437")
    end = following[offset]
    if offset + _LOCAL.size + packed > end:
        raise RefusedEdit("压缩包部件互相重叠，无法标注")
    return name, _Member(
        record, flags, method, time, date, crc, packed, size, fields[15], offset, end
    )
