"""Files put in place whole or not at all; an original is never changed without a copy of it."""

import os
import tempfile
from pathlib import Path

from perfxl.errors import OutputError


def write_beside(path: Path, suffix: str, data: bytes) -> Path:
    """Write a result beside its original: `a.xlsx` → `a.annotated.xlsx`, or -2, -3 ….

    Args:
        path: the original, which is not touched.
        suffix: `annotated`, `clean`, `filled` ….
        data: the new file.

    Returns:
        Where the data stand.

    Raises:
        OutputError: nothing was written; names the path and the reason.
    """
    return write_new(path.with_name(f"{path.stem}.{suffix}{path.suffix}"), data)


def write_new(path: Path, data: bytes) -> Path:
    """Write a file that is not there yet; a different one of the name stays, ours gets -2, -3 ….

    An identical one is left as it is.

    Returns:
        Where the data stand.

    Raises:
        OutputError: nothing was written; names the path and the reason.
    """
    number = 1
    target = path
    while not _holds(target, data):
        if not os.path.lexists(target):
            if _place(target, data):
                break
            continue  # somebody else took the name meanwhile
        number += 1
        target = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return target


def write_file(path: Path, data: bytes) -> None:
    """Write a file that the user named; what stood there gives way, at once and as a whole.

    Raises:
        OutputError: the file is as it was; names the path and the reason.
    """
    temporary = _temporary(path, data)
    try:
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _failure(path, error) from None
    _sync_folder(path.parent)


def replace_in_place(path: Path, data: bytes) -> Path:
    """Replace a file, its former content beside it as `a.xlsx.bak` (-2, -3 …).

    Returns:
        The copy of the former content.

    Raises:
        OutputError: the file is as it was; names the path and the reason.
    """
    try:
        former = path.read_bytes()
    except OSError as error:
        raise _failure(path, error) from None
    backup = write_new(path.with_name(path.name + ".bak"), former)
    temporary = _temporary(path, data)
    try:
        temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _failure(path, error) from None
    _sync_folder(path.parent)
    return backup


def _place(target: Path, data: bytes) -> bool:
    """Put a new file in place; False when the name was taken in the meantime.

    A hard link fails where a file stands, a rename would replace it.
    """
    temporary = _temporary(target, data)
    try:
        _link(temporary, target)
    except FileExistsError:
        return False
    except OSError as error:
        raise _failure(target, error) from None
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return True


def _link(temporary: Path, target: Path) -> None:
    """Give the temporary file its name; file systems without hard links get a rename."""
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        temporary.replace(target)


def _temporary(target: Path, data: bytes) -> Path:
    """A complete file in the target's folder, on the disk for certain."""
    name = None
    try:
        handle, name = tempfile.mkstemp(prefix=".perfxl-", suffix=".tmp", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes it private; a result is as readable as any new file.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise _failure(target, error) from None
    return Path(name)


def _holds(path: Path, data: bytes | None) -> bool:
    try:
        return data is not None and path.is_file() and path.read_bytes() == data
    except OSError:
        return False


def _sync_folder(folder: Path) -> None:
    """Make the new name last; Windows cannot and need not."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def _failure(path: Path, error: OSError) -> OutputError:
    if isinstance(error, FileNotFoundError):
        reason = "文件夹不存在"
    elif isinstance(error, PermissionError):
        reason = "没有写入权限，或文件正被其他程序打开"
    elif error.errno == 28:
        reason = "磁盘空间不足"
    elif error.errno == 36:
        reason = "文件名过长"
    else:
        reason = error.strerror or "写入失败"
    return OutputError(f"无法写入 {path}：{reason}")
