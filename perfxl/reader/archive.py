"""A zip of returned files: its directory is checked before anything in it is inflated.

Not a workbook's own zip; that one is `perfxl.reader.package`. Nothing is ever written to disk.
"""

import zipfile
import zlib
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, NoReturn

from perfxl.errors import RefusedFile
from perfxl.reader.gate import MAX_FILE_BYTES
from perfxl.reader.package import MAX_RATIO, RATIO_GRACE

MAX_ARCHIVE_BYTES = 1024 * 1024 * 1024
MAX_ENTRIES = 20_000
_ENTRY_MARK = b"PK\x01\x02"
_CHUNK = 1024 * 1024
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAGS = 0x2041  # password, strong encryption, masked directory
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Item:
    """A file in an archive: its place in the directory, its path there and its declared size.

    `modified` is the day the directory gives, None where it gives none.
    """

    index: int
    name: str
    size: int
    modified: date | None = None


class Archive:
    """An open zip of files.

    Raises:
        RefusedFile: damaged (FL103), or with too many entries (FL104).
    """

    def __init__(self, file: BinaryIO) -> None:
        """Take a file opened for reading; `close` closes it."""
        self._file = file
        _check_entry_count(file)
        try:
            self._zip = zipfile.ZipFile(file)
            self._entries = self._zip.infolist()
        # The directory is untrusted and zipfile lets several unrelated errors through.
        except Exception:
            raise RefusedFile("FL103", "压缩包不完整，没有收全或已损坏") from None

    @property
    def items(self) -> list[Item]:
        """The files in it, folders aside, by name."""
        named = ((index, _name(entry), entry) for index, entry in enumerate(self._entries))
        items = [
            Item(i, name, e.file_size, _day(e)) for i, name, e in named if not name.endswith("/")
        ]
        return sorted(items, key=lambda item: (item.name, item.index))

    @property
    def is_encrypted(self) -> bool:
        """Whether no file in it can be read without a password."""
        sized = [entry for entry in self._entries if entry.file_size]
        return bool(sized) and all(entry.flag_bits & _ENCRYPTED_FLAGS for entry in sized)

    def check(self, item: Item) -> None:
        """See whether the file may be inflated.

        Raises:
            RefusedFile: a password, another method, an unsafe name, or it would grow too large.
        """
        entry = self._entry(item)
        if item.name.startswith("/") or item.name[1:2] == ":" or ".." in item.name.split("/"):
            raise RefusedFile("FL105", "文件名指向压缩包之外")
        if entry.flag_bits & _ENCRYPTED_FLAGS:
            raise RefusedFile("FL102", "压缩包设了密码")
        if entry.compress_type not in _METHODS:
            raise RefusedFile("FL106", f"在压缩包里用了第{entry.compress_type}号压缩方法")
        if item.size > MAX_FILE_BYTES:
            limit = MAX_FILE_BYTES // 2**20
            raise RefusedFile("FL104", f"文件{item.size / 2**20:.0f}MB，上限{limit}MB")
        if item.size > RATIO_GRACE and item.size > entry.compress_size * MAX_RATIO:
            raise RefusedFile("FL104", f"压缩比超过{MAX_RATIO}倍，疑似压缩炸弹")

    def read(self, item: Item) -> bytes:
        """The file's bytes, never more than the directory declares.

        Raises:
            RefusedFile: what `check` refuses, or it is damaged.
        """
        self.check(item)
        try:
            with self._zip.open(self._entry(item)) as stream:
                content = stream.read(item.size + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
            _damaged()
        except NotImplementedError:
            raise RefusedFile("FL106", "压缩方法不支持") from None
        if len(content) != item.size:
            _damaged()
        return content

    def _entry(self, item: Item) -> zipfile.ZipInfo:
        entry = self._entries[item.index] if item.index < len(self._entries) else None
        if entry is None or (_name(entry), entry.file_size) != (item.name, item.size):
            raise RefusedFile("FL114", "压缩包在读取期间变了，请重试")
        return entry

    def close(self) -> None:
        """Close the file."""
        self._zip.close()
        self._file.close()


def _damaged() -> NoReturn:
    raise RefusedFile("FL103", "在压缩包里的内容已损坏") from None


def _check_entry_count(file: BinaryIO) -> None:
    """Refuse before zipfile makes an object of each entry; the marks are counted by chunks."""
    count, kept = 0, b""
    file.seek(0)
    while chunk := file.read(_CHUNK):
        count += (kept + chunk).count(_ENTRY_MARK)
        kept = chunk[-len(_ENTRY_MARK) + 1 :]
        if count > 2 * MAX_ENTRIES:
            raise RefusedFile("FL104", f"压缩包里的文件远超上限{MAX_ENTRIES}个")
    file.seek(0)


def _name(entry: zipfile.ZipInfo) -> str:
    """The path in the archive. Chinese Windows writes names in GBK and does not say so.

    Archives made on other systems hold UTF-8, some without saying so either.
    """
    spelled = entry.orig_filename
    if not entry.flag_bits & _UTF8_FLAG:
        raw = spelled.encode("cp437", errors="replace")
        encodings = ["gb18030", "utf-8"]
        if entry.create_system == 3:  # Unix and macOS
            encodings.reverse()
        spelled = next(filter(None, (_decoded(raw, one) for one in encodings)), spelled)
    return spelled.split("\0")[0].replace("\\", "/")


def _day(entry: zipfile.ZipInfo) -> date | None:
    """The day of an entry; programs that know none write the first day of 1980."""
    try:
        day = date(*entry.date_time[:3])
    except ValueError:
        return None
    return day if day > date(1980, 1, 1) else None


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
