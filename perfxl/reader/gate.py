"""The one door for untrusted files: what is let in is a sound zip of bounded size."""

import os
import stat
from pathlib import Path
from typing import BinaryIO

from perfxl.errors import RefusedFile
from perfxl.reader.kinds import kind_of_foreign
from perfxl.reader.package import Package, open_package

MAX_FILE_BYTES = 100 * 1024 * 1024


def fetch(source: Path | bytes) -> bytes:
    """The bytes of a file or of a member already in memory, never more than the limit.

    Raises:
        RefusedFile: it cannot be read, or is too large.
    """
    data = source if isinstance(source, bytes) else load(source)
    if len(data) > MAX_FILE_BYTES:
        raise _too_large(len(data), MAX_FILE_BYTES)
    return data


def admit(data: bytes) -> Package:
    """The parts of a workbook, after every check that needs no inflating.

    Raises:
        RefusedFile: something else than a workbook, damaged or too large.
    """
    kind = kind_of_foreign(data)
    if kind:
        raise RefusedFile(kind.code, kind.detail)
    return open_package(data)


def load(path: Path) -> bytes:
    """The bytes of a regular file; links, folders, pipes and devices are not followed.

    Raises:
        RefusedFile: not a regular file, too large, or not readable.
    """
    with open_regular(path, MAX_FILE_BYTES) as file:
        try:
            return file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise _unreadable(error) from None


def open_regular(path: Path, limit: int) -> BinaryIO:
    """A regular file opened for reading.

    Raises:
        RefusedFile: not a regular file, larger than the limit, or not readable.
    """
    try:
        _check_regular(os.lstat(path), limit)
        # Opened without blocking and looked at again: the path may have been swapped meanwhile.
        flags = os.O_RDONLY
        for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"):
            flags |= getattr(os, name, 0)
        file = os.fdopen(os.open(path, flags), "rb")
    except (OSError, ValueError) as error:
        raise _unreadable(error) from None
    try:
        _check_regular(os.fstat(file.fileno()), limit)
    except BaseException:
        file.close()
        raise
    return file


def _unreadable(error: Exception) -> RefusedFile:
    if isinstance(error, FileNotFoundError):
        return RefusedFile("FL114", "文件不存在")
    if isinstance(error, PermissionError):
        return RefusedFile("FL114", "没有读取权限，或文件正被占用")
    reason = getattr(error, "strerror", None) or str(error)
    return RefusedFile("FL114", f"读取出错（{reason}）")


def _check_regular(status: os.stat_result, limit: int) -> None:
    mode = status.st_mode
    if stat.S_ISLNK(mode):
        raise RefusedFile("FL114", "是符号链接，不是文件本身")
    if stat.S_ISDIR(mode):
        raise RefusedFile("FL114", "是文件夹，不是文件")
    if not stat.S_ISREG(mode):
        raise RefusedFile("FL114", "是管道或设备，不是普通文件")
    if status.st_size > limit:
        raise _too_large(status.st_size, limit)


def _too_large(size: int, limit: int) -> RefusedFile:
    return RefusedFile("FL104", f"文件{size / 2**20:.0f}MB，上限{limit // 2**20}MB")
