"""The one door for untrusted files: what is let in is a sound zip of bounded size."""

import os
import stat
from pathlib import Path

from perfxl.errors import RefusedFile
from perfxl.reader.kinds import kind_of_foreign
from perfxl.reader.package import Package, open_package

MAX_FILE_BYTES = 100 * 1024 * 1024


def admit(source: Path | bytes) -> tuple[bytes, Package]:
    """The file's bytes and its parts, after every check that needs no inflating.

    Raises:
        RefusedFile: it cannot be read, is something else than a workbook, damaged or too large.
    """
    data = source if isinstance(source, bytes) else load(source)
    if len(data) > MAX_FILE_BYTES:
        raise _too_large(len(data))
    kind = kind_of_foreign(data)
    if kind:
        raise RefusedFile(kind.code, kind.detail)
    return data, open_package(data)


def load(path: Path) -> bytes:
    """The bytes of a regular file; links, folders, pipes and devices are not followed.

    Raises:
        RefusedFile: not a regular file, too large, or not readable.
    """
    try:
        _check_regular(os.lstat(path))
        # Opened without blocking and looked at again: the path may have been swapped meanwhile.
        flags = os.O_RDONLY
        for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"):
            flags |= getattr(os, name, 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            _check_regular(os.fstat(file.fileno()))
            return file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise RefusedFile("FL114", "文件不存在") from None
    except PermissionError:
        raise RefusedFile("FL114", "没有读取权限，或文件正被占用") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RefusedFile("FL114", f"读取出错（{reason}）") from None


def _check_regular(status: os.stat_result) -> None:
    mode = status.st_mode
    if stat.S_ISLNK(mode):
        raise RefusedFile("FL114", "是符号链接，不是文件本身")
    if stat.S_ISDIR(mode):
        raise RefusedFile("FL114", "是文件夹，不是文件")
    if not stat.S_ISREG(mode):
        raise RefusedFile("FL114", "是管道或设备，不是普通文件")
    if status.st_size > MAX_FILE_BYTES:
        raise _too_large(status.st_size)


def _too_large(size: int) -> RefusedFile:
    limit = MAX_FILE_BYTES // 2**20
    return RefusedFile("FL104", f"文件{size / 2**20:.0f}MB，上限{limit}MB")
