"""The parts of a workbook: a zip whose directory is checked before anything is inflated."""

import io
import zipfile
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from perfxl.errors import RefusedFile
from perfxl.reader.kinds import kind_of_zip

MAX_MEMBERS = 2_000
MAX_INFLATED = 150 * 1024 * 1024
MAX_RATIO = 200
RATIO_GRACE = 2 * 1024 * 1024  # small parts may compress as well as they like
_LOCAL_HEADER = 30
_ENCRYPTED_FLAGS = 0x2041  # password, strong encryption, masked directory


class _Member(NamedTuple):
    name: str
    start: int  # of the compressed bytes
    packed: int
    size: int
    is_deflated: bool
    crc: int


class Package:
    """Parts by name. OPC compares names without case, so does this; `names` are lower case."""

    def __init__(self, data: bytes, members: dict[str, _Member]) -> None:
        """Take a zip whose directory has been checked; see `open_package`."""
        self._data = data
        self._members = members

    @property
    def names(self) -> Iterable[str]:
        """Every member's name in lower case, with forward slashes."""
        return self._members.keys()

    def has(self, part: str) -> bool:
        """Whether the part is there."""
        return part.lower() in self._members

    def read(self, part: str) -> bytes:
        """The part's bytes, never more than the directory declared.

        Raises:
            RefusedFile: no such part (FL111), or it is damaged (FL103).
        """
        member = self._members.get(part.lower())
        if member is None:
            raise RefusedFile("FL111", f"缺少部件{part}", part=part)
        packed = self._data[member.start : member.start + member.packed]
        content = _inflate(packed, member) if member.is_deflated else packed
        if len(content) != member.size:
            raise RefusedFile("FL103", f"部件{part}的长度与目录所记不符", part=part)
        if zlib.crc32(content) != member.crc:
            raise RefusedFile("FL103", f"部件{part}的校验码不符，内容已损坏", part=part)
        return content


def _inflate(packed: bytes, member: _Member) -> bytes:
    inflater = zlib.decompressobj(-15)
    try:
        return inflater.decompress(packed, member.size + 1)
    except zlib.error:
        detail = f"部件{member.name}解压出错，内容已损坏"
        raise RefusedFile("FL103", detail, part=member.name) from None


def open_package(data: bytes) -> Package:
    """Check a zip's directory and give access to its parts.

    Raises:
        RefusedFile: damaged, too large, encrypted, with unsafe names, or no workbook at all.
    """
    # Counted before the directory is read, which would make an object of each.
    if data.count(b"PK\x01\x02") > 10 * MAX_MEMBERS:
        raise RefusedFile("FL104", f"内含部件远超上限{MAX_MEMBERS}个")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            directory = archive.start_dir
    # The directory is untrusted and zipfile lets several unrelated errors through.
    except Exception:
        raise RefusedFile("FL103", "压缩结构不完整，文件没有收全或已损坏") from None
    _check_sizes(entries)
    members: dict[str, _Member] = {}
    for entry in entries:
        name = _safe_name(entry.filename)
        if name in members:
            raise RefusedFile("FL105", f"部件{entry.filename}出现了两次", part=entry.filename)
        _check_entry(entry)
        members[name] = _locate(data, entry, directory)
    _check_overlap(members.values())
    kind = kind_of_zip(list(members))
    if kind:
        raise RefusedFile(kind.code, kind.detail)
    return Package(data, members)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_MEMBERS:
        raise RefusedFile("FL104", f"内含{len(entries)}个部件，上限{MAX_MEMBERS}个")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_INFLATED:
        limit = MAX_INFLATED // 2**20
        raise RefusedFile("FL104", f"解压后{total / 2**20:.0f}MB，上限{limit}MB")
    for entry in entries:
        size, packed = entry.file_size, entry.compress_size
        if size > RATIO_GRACE and size > packed * MAX_RATIO:
            detail = f"部件{entry.filename}的压缩比超过{MAX_RATIO}倍，疑似压缩炸弹"
            raise RefusedFile("FL104", detail, part=entry.filename)


def _safe_name(name: str) -> str:
    folded = name.replace("\\", "/").lower()
    is_absolute = folded.startswith("/") or folded[1:2] == ":"
    if is_absolute or ".." in folded.split("/") or "\0" in folded or not folded:
        raise RefusedFile("FL105", f"部件名{name[:80]!r}指向文件之外", part=name[:80])
    return folded


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED_FLAGS:
        raise RefusedFile("FL102", "压缩包设了密码", part=entry.filename)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        detail = f"部件{entry.filename}用了第{entry.compress_type}号压缩方法"
        raise RefusedFile("FL106", detail, part=entry.filename)


def _locate(data: bytes, entry: zipfile.ZipInfo, directory: int) -> _Member:
    header = entry.header_offset
    local = data[header : header + _LOCAL_HEADER] if header >= 0 else b""
    if len(local) < _LOCAL_HEADER or not local.startswith(b"PK\x03\x04"):
        detail = f"部件{entry.filename}不在目录所记的位置"
        raise RefusedFile("FL103", detail, part=entry.filename)
    name_length = int.from_bytes(local[26:28], "little")
    start = header + _LOCAL_HEADER + name_length + int.from_bytes(local[28:30], "little")
    encoding = "utf-8" if int.from_bytes(local[6:8], "little") & 0x800 else "cp437"
    raw_name = data[header + _LOCAL_HEADER : header + _LOCAL_HEADER + name_length]
    if raw_name.decode(encoding, errors="replace") != entry.orig_filename:
        detail = f"部件{entry.filename}在目录和正文里名称不同"
        raise RefusedFile("FL103", detail, part=entry.filename)
    if start + entry.compress_size > directory:
        detail = f"部件{entry.filename}超出了文件范围，文件没有收全"
        raise RefusedFile("FL103", detail, part=entry.filename)
    is_deflated = entry.compress_type == zipfile.ZIP_DEFLATED
    return _Member(
        entry.filename, start, entry.compress_size, entry.file_size, is_deflated, entry.CRC
    )


def _check_overlap(members: Iterable[_Member]) -> None:
    end = 0
    for member in sorted(members, key=lambda member: member.start):
        if member.start < end:
            detail = f"部件{member.name}与另一个部件重叠"
            raise RefusedFile("FL103", detail, part=member.name)
        end = member.start + member.packed
