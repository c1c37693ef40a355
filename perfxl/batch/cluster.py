"""Returns looked at by the workers of a Dask cluster, as the processes of one machine would.

The only place where a connection is opened, and only to the address that the user names. Files
and results go through a folder that all machines see; what travels is which files, and receipts.
"""

import logging
import re
import shutil
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from perfxl.batch.cache import judged_by
from perfxl.batch.cluster_fitness import check_fitness
from perfxl.batch.cluster_run import Run
from perfxl.batch.cluster_task import Task
from perfxl.batch.pool import Job, Look, Seen, Watch
from perfxl.batch.sources import Source
from perfxl.errors import OutputError, UsageError
from perfxl.reader.gate import fetch

_ANSWER = 10  # seconds in which a scheduler must answer
_PART = re.compile(r"(\d{6,})\.parquet")


@contextmanager
def dask_cluster(address: str, folder: Path, *, is_kept: bool = False) -> Iterator[Look]:
    """A way to look at files on the cluster of a scheduler.

    Args:
        address: of the scheduler, such as tcp://10.0.0.1:8786.
        folder: where results pass, seen by all machines under this path.
        is_kept: the results stay there; else they pass through a folder of their own in it,
            which is gone afterwards.

    Raises:
        UsageError: Dask is not installed, or nothing answers at the address.
    """
    client = _connected(address)
    try:
        yield _Cluster(client, folder.absolute(), is_kept).look
    finally:
        client.close(timeout=_ANSWER)  # tasks that nobody waits for any more are dropped


def _connected(address: str) -> Any:
    try:
        import distributed
        import pyarrow  # noqa: F401  # the results pass as Parquet
    except ImportError:
        raise UsageError('用 --dask 要先安装：pip install "perfxl[cluster]"') from None
    if not address.strip():  # which Dask takes for a wish to start a cluster here
        raise UsageError("--dask 后面要写调度器的地址，如 tcp://10.0.0.1:8786")
    _silence_logs()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return distributed.Client(address, timeout=_ANSWER)
    except Exception as error:  # by transport: OSError, TimeoutError, ValueError, KeyError …
        detail = str(error).partition("\n")[0] or type(error).__name__
        raise UsageError(
            f"Dask调度器没有应答：{address}（等了{_ANSWER}秒）。"
            f"请核对地址，看调度器是否在运行（{detail}）"
        ) from None


def _silence_logs() -> None:
    """Keep tracebacks off the terminal: what matters is said in Chinese."""
    families = ("distributed", "tornado", "asyncio")
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in families]
    for name in {*names, *families}:  # Dask gives several a handler and a level of their own
        logger = logging.getLogger(name)
        logger.handlers[:] = [logging.NullHandler()]
        logger.propagate = False


@dataclass(frozen=True, slots=True)
class _Cluster:
    """The cluster that a client is connected to."""

    client: Any
    folder: Path
    is_kept: bool

    def look(self, sources: Sequence[Source], job: Job, watch: Watch) -> list[Seen]:
        """What became of each source, in their order.

        Raises:
            UsageError: a worker lacks the files, or judges otherwise than this machine.
            ClusterError: the cluster is gone; what was checked is in the cache.
            OutputError: the results cannot be written.
        """
        if not sources:
            return []
        place = self.folder if self.is_kept else self.folder / f"parts-{uuid4().hex[:8]}"
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{place} 建不了：{error.strerror or error}") from None
        try:
            return self._looked(sources, job, watch, place)
        finally:
            if not self.is_kept:
                shutil.rmtree(place, ignore_errors=True)

    def _looked(self, sources: Sequence[Source], job: Job, watch: Watch, place: Path) -> list[Seen]:
        abroad = [_loaded(source) for source in sources]
        travelling = _travelling(job)
        check_fitness(self.client, travelling, [s.path.absolute() for s in sources], place)
        with _marks(place) as marks:
            task = Task(0, (), travelling, judged_by(job.options), place, marks)
            run = Run(self.client, sources, abroad, job, task, watch)
            found = run.whole()
        for path in place.iterdir():  # of an earlier run over more files
            name = _PART.fullmatch(path.name)
            if name and int(name[1]) >= run.parts:
                path.unlink()
        return found


@contextmanager
def _marks(place: Path) -> Iterator[Path]:
    """A folder of this run for what the workers note."""
    marks = place / f"marks-{uuid4().hex[:8]}"
    try:
        marks.mkdir()
    except OSError as error:
        raise OutputError(f"{marks} 建不了：{error.strerror or error}") from None
    try:
        yield marks
    finally:
        shutil.rmtree(marks, ignore_errors=True)


def _loaded(source: Source) -> Source:
    """A source that loads from where it lies and is reported as it was named."""
    if source.load is not None:
        return source
    return replace(source, load=partial(fetch, source.path.absolute()))


def _travelling(job: Job) -> Job:
    """A job with the places it speaks of made absolute: workers stand in folders of their own."""
    options, cache = job.options, job.cache
    if options.schemes_folder:
        options = replace(options, schemes_folder=options.schemes_folder.absolute())
    cache = cache and replace(cache, folder=cache.folder.absolute())
    return replace(job, options=options, cache=cache)
