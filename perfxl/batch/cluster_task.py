"""What a worker of a cluster does: tell what it has, and look at some files.

Imported by the workers, by name: they have perfxl installed. Nothing here knows Dask.
"""

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

from perfxl import __version__
from perfxl.batch.cache import judged_by
from perfxl.batch.cluster_watch import look_watched
from perfxl.batch.parts import part_file, write_part
from perfxl.batch.pool import Job, Seen
from perfxl.batch.sources import Source
from perfxl.engine.summary import rule_set_version
from perfxl.errors import PerfxlError, RefusedFile, UsageError
from perfxl.reader.gate import fetch

# A worker may have several threads: what is kept open is for one at a time, as is the watchdog,
# and they gain nothing.
_ONE_AT_A_TIME = threading.Lock()
_FIT: set[str] = set()  # digests that came out the same here


@dataclass(frozen=True, slots=True)
class About:
    """What a machine has.

    Attributes:
        version: of perfxl and of its rules.
        judged_by: the digest of what checks there depend on; the reason in Chinese where there
            is none.
        samples: digests of the files asked for, "" where one cannot be read.
        left: the file that it left in the folder of results, "" where it could not.
        has_parquet: pyarrow is installed.
    """

    version: str
    judged_by: str
    samples: tuple[str, ...]
    left: str
    has_parquet: bool


def version() -> str:
    """Of perfxl and of its rules."""
    return f"{__version__}（规则{rule_set_version()}）"


def about(job: Job, samples: Sequence[Path], folder: Path) -> About:
    """What this machine has of what the job needs."""
    try:
        judged = judged_by(job.options)
    except PerfxlError as error:
        judged = str(error)
    return About(
        version(), judged, digests(samples), _left_in(folder), find_spec("pyarrow") is not None
    )


def digests(paths: Sequence[Path]) -> tuple[str, ...]:
    """Digests of files, "" where one cannot be read."""
    return tuple(_digest(path) for path in paths)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(fetch(path)).hexdigest()
    except RefusedFile:
        return ""


def _left_in(folder: Path) -> str:
    name = f".{uuid4().hex}.probe"
    try:
        (folder / name).touch()
    except OSError:
        return ""
    return name


@dataclass(frozen=True, slots=True)
class Task:
    """Some files to look at.

    Attributes:
        number: of the part.
        files: the files with their numbers in the run, by absolute paths where they are loaded.
        job: what is done with each.
        judged_by: the digest of what checks depend on where they were asked for.
        folder: where the part is written.
        marks: the folder of the run where workers note what they are at.
    """

    number: int
    files: tuple[tuple[int, Source], ...]
    job: Job
    judged_by: str
    folder: Path
    marks: Path


@dataclass(frozen=True, slots=True)
class Receipt:
    """What comes back of a task beside its part: which were cached, and what the part lacks."""

    cached: tuple[bool, ...]
    others: dict[int, Seen]


def look_at_part(task: Task) -> Receipt:
    """Look at the files of a task and write the part.

    Raises:
        SchemeError: the scheme asked for does not exist here or is broken.
        UsageError: checks come out otherwise here than where they were asked for.
        OutputError: the part or a mark cannot be written.
    """
    found = look_at_each(task)
    sources = [source for _, source in task.files]
    others = write_part(part_file(task.folder, task.number), sources, found)
    return Receipt(tuple(one.is_cached for one in found), others)


def look_at_each(task: Task) -> list[Seen]:
    """Look at the files of a task and give back the results themselves.

    The process ends where a file takes too long: the task is then to be done again.

    Raises:
        SchemeError: the scheme asked for does not exist here or is broken.
        UsageError: checks come out otherwise here than where they were asked for.
        OutputError: a mark cannot be written.
    """
    with _ONE_AT_A_TIME:
        # A worker that came later was not asked.
        if task.judged_by not in _FIT:
            if judged_by(task.job.options) != task.judged_by:
                raise UsageError(f"有的工作进程的程序、规则或方案与本机不同；本机是{version()}")
            _FIT.add(task.judged_by)
        return look_watched(task.job, task.files, task.marks, task.number)
