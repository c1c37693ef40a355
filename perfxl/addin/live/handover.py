"""Whether the macro still waits: one file in the job's folder, moved on here, taken away there.

The macro puts `waiting.txt` there. It becomes `attached.txt` when the book is held and
`applying.txt` right before the first change. Whoever stops waiting deletes it; since a renaming and
a deletion of one file cannot both succeed, a late answer is never applied.
"""

import time
from pathlib import Path

from perfxl.addin.live.errors import LiveError

WAITING_FILE, ATTACHED_FILE, APPLYING_FILE = "waiting.txt", "attached.txt", "applying.txt"
_LATE = "按钮已经不再等待，什么都没有改"
_ATTEMPTS, _PAUSE = 20, 0.1  # a virus scanner may hold the file for a moment


def say_attached(folder: Path) -> None:
    """Tell the macro that the book is held.

    Raises:
        LiveError: the macro no longer waits.
    """
    _move(folder / WAITING_FILE, folder / ATTACHED_FILE)


def say_applying(folder: Path) -> None:
    """Tell the macro that the changes begin; it waits for their end now.

    Raises:
        LiveError: the macro no longer waits; nothing may be changed.
    """
    _move(folder / ATTACHED_FILE, folder / APPLYING_FILE)


def _move(before: Path, after: Path) -> None:
    for left in reversed(range(_ATTEMPTS)):
        try:
            before.rename(after)
            return
        except PermissionError as error:
            if not left:
                raise LiveError(_LATE) from error
            time.sleep(_PAUSE)
        except OSError as error:
            raise LiveError(_LATE) from error
