"""What a worker of a cluster does about a file that takes too long: it ends itself.

A thread cannot be ended, and a worker of Dask must not start processes. So the interpreter's own
watchdog ends the worker, which it can even while other code holds the interpreter's lock. Dask
starts another and gives out the task again. What a worker is at stands in a mark in the folder of
results: whoever does the task again knows which file ended the one before.
"""

import faulthandler
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from perfxl.batch.pool import DIED, Job, Seen
from perfxl.batch.sources import Source
from perfxl.errors import OutputError

_TRIES = 2  # as in the pool: the first time it may have been the machine's fault
_LATE = "Timeout"  # the first word of what the watchdog leaves in the mark


def look_watched(
    job: Job, files: Sequence[tuple[int, Source]], marks: Path, part: int
) -> list[Seen]:
    """Look at files one after another; ends the process where one takes longer than it may.

    A file that ended a process before comes after the rest; one that did so twice is only told.

    Args:
        job: what is done with each.
        files: with their numbers in the run.
        marks: a folder that all workers see and that holds the marks of this run only.
        part: the number of the part that they are of.

    Returns:
        What became of each, in the order given.

    Raises:
        SchemeError: the scheme asked for does not exist or is broken.
        OutputError: a mark cannot be written.
    """
    past = _past(marks, part)
    found: dict[int, Seen] = {}
    with _mark(marks, part) as mark:
        for number, source in sorted(files, key=lambda file: len(past[file[0]])):
            ends = past[number]
            if len(ends) < _TRIES:
                with _watch(job.seconds, mark, number):
                    found[number] = job.look(source)
            else:
                found[number] = job.overdue(source) if ends[-1] else job.crashed(source, DIED)
    return [found[number] for number, _ in files]


def _past(marks: Path, part: int) -> defaultdict[int, list[bool]]:
    """By a file's number, for each process that ended at it, whether that took too long."""
    past: defaultdict[int, list[bool]] = defaultdict(list)
    for path in sorted(marks.glob(f"{part:06}-*")):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:  # done meanwhile
            continue
        numbers, late, _ = text.partition(_LATE)
        if numbers.split():
            past[int(numbers.split()[-1])].append(bool(late))
    return past


@contextmanager
def _mark(marks: Path, part: int) -> Iterator[int]:
    """A mark, open for writing; it stays where the process ends within."""
    for turn in count():
        path = marks / f"{part:06}-{turn:03}"
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o666)
        except FileExistsError:
            continue
        except OSError as error:
            raise OutputError(f"{path} 写不了：{error.strerror or error}") from None
        break
    try:
        yield file
    finally:
        os.close(file)
        with suppress(OSError):
            path.unlink()


@contextmanager
def _watch(seconds: float, mark: int, number: int) -> Iterator[None]:
    """End the process, with a word in the mark, unless what is within is done in time."""
    try:
        os.write(mark, f"{number}\n".encode())
    except OSError as error:
        raise OutputError(f"结果文件夹写不了：{error.strerror or error}") from None
    # There is one such watchdog a process: the caller lets one thread in at a time.
    faulthandler.dump_traceback_later(seconds, exit=True, file=mark)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
