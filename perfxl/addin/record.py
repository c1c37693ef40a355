"""The record of what the installer put where, so that exactly that can be taken out again."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from perfxl import __version__
from perfxl.errors import OutputError

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Installed:
    """A file that was installed.

    Attributes:
        path: where it stands, a full path.
        sha256: what it held when it was installed.
        backup: where the user's own file of that name was set aside; "" when there was none.
    """

    path: str
    sha256: str
    backup: str = ""


def digest(data: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_record(path: Path) -> tuple[Installed, ...]:
    """What was installed; nothing where there is no record.

    Raises:
        OutputError: the record is there and cannot be read: nobody knows what is ours.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
        return tuple(
            Installed(str(one["path"]), str(one["sha256"]), str(one["backup"]))
            for one in said["files"]
        )
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError):
        raise OutputError(
            f"安装记录读不了：{path}。请把它改名，再安装一次；原来装的文件要手工删除"
        ) from None


def record_text(files: tuple[Installed, ...]) -> bytes:
    """The record as it is written."""
    said = {
        "format": _FORMAT,
        "perfxl": __version__,
        "files": [asdict(one) for one in sorted(files, key=lambda one: one.path)],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode(errors="surrogatepass")
