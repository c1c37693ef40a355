"""Returns checked one after another or by several processes: the same results in the same order."""

import hashlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial

from perfxl.batch.cache import Cache
from perfxl.batch.sources import Source
from perfxl.engine.judge import CRASHED
from perfxl.errors import RefusedFile, SchemeError
from perfxl.model.finding import Failure
from perfxl.pipeline import Options
from perfxl.pipeline.returned import Returned, check_return
from perfxl.reader.gate import fetch

CHUNK = 32  # files given to a process at once
_CHUNKS_EACH = 4  # at least, where there are few files: so that no process waits for another
_MEMORY = 4 * 1024**3  # bytes a process may have
_MOST_WORKERS = 60  # what Windows can wait for


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a source: its content's digest ("" if unread) and its check."""

    sha256: str
    returned: Returned
    is_cached: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with each source."""

    options: Options
    cache: Cache | None = None

    def look(self, source: Source) -> Seen:
        """Check a source, or find its check in the cache; a crash is a failure of its own.

        Raises:
            SchemeError: the scheme asked for does not exist or is broken.
        """
        try:
            return self._look(source)
        except SchemeError:
            raise
        except Exception as error:  # one bad file never stops the rest
            return self.crashed(source, f"{type(error).__name__}: {error}")

    def _look(self, source: Source) -> Seen:
        try:
            data = fetch(source.path) if source.load is None else source.load()
        except RefusedFile as refusal:
            return Seen("", self._check(source, partial(_refuse, refusal)))
        sha256 = hashlib.sha256(data).hexdigest()
        known = self.cache.get(sha256, source) if self.cache else None
        if known is not None:
            return Seen(sha256, known, is_cached=True)
        returned = self._check(source, lambda: data)
        if self.cache:
            self.cache.put(sha256, source, returned)
        return Seen(sha256, returned)

    def _check(self, source: Source, load: Callable[[], bytes]) -> Returned:
        return check_return(source.path, source.member, load, self.options)

    def crashed(self, source: Source, detail: str) -> Seen:
        """What is told of a file that the tool itself could not bear."""
        refusal = RefusedFile("FL114", "校验这个文件时程序出错，请把它发给维护者")
        returned = self._check(source, partial(_refuse, refusal))
        shown = f"{source.path}!{source.member}" if source.member else str(source.path)
        failure = Failure(CRASHED, "", f"{shown}：{detail}")
        checked = replace(returned.checked, failures=(*returned.checked.failures, failure))
        return Seen("", replace(returned, checked=checked))


Watch = Callable[[Seen], None]
_Chunk = tuple[int, Sequence[Source]]  # where it begins among the sources


def look_at_all(
    sources: Sequence[Source], job: Job, *, workers: int = 1, watch: Watch = lambda _: None
) -> list[Seen]:
    """What became of each source, in their order.

    Args:
        sources: what to look at.
        job: what to do with each.
        workers: processes to use; with one it is done in this process.
        watch: is told of each as it is done, in any order.

    Raises:
        SchemeError: the scheme asked for does not exist or is broken.
    """
    workers = min(workers, _MOST_WORKERS, len(sources))
    if workers <= 1:
        found = []
        for source in sources:
            found.append(job.look(source))
            watch(found[-1])
        return found
    size = max(1, min(CHUNK, len(sources) // (workers * _CHUNKS_EACH)))
    todo = deque((at, sources[at : at + size]) for at in range(0, len(sources), size))
    results: dict[int, Seen] = {}

    def done(start: int, found: Sequence[Seen]) -> None:
        for offset, one in enumerate(found):
            results[start + offset] = one
            watch(one)

    while todo:
        for start, chunk in _together(todo, job, workers, done):
            for offset, source in enumerate(chunk):
                done(start + offset, [_alone(source, job)])
    return [results[at] for at in range(len(sources))]


def _together(
    todo: deque[_Chunk], job: Job, workers: int, done: Callable[[int, Sequence[Seen]], None]
) -> list[_Chunk]:
    """Work through the chunks; the ones in work when a process died, [] when none did."""
    running: dict[Future[list[Seen]], _Chunk] = {}
    with _pool(job, workers) as pool:
        try:
            while todo or running:
                while todo and len(running) < 2 * workers:
                    chunk = todo.popleft()
                    running[pool.submit(_look_at_chunk, chunk[1])] = chunk
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    found = future.result()
                    start, _ = running.pop(future)
                    done(start, found)
        except BrokenProcessPool:
            return sorted(running.values(), key=lambda chunk: chunk[0])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return []


def _alone(source: Source, job: Job) -> Seen:
    """A source in a process of its own, because one of its chunk may have killed the last."""
    with _pool(job, 1) as pool:
        try:
            return pool.submit(_look_at_chunk, [source]).result()[0]
        except BrokenProcessPool:
            return job.crashed(source, "处理它的进程意外终止")


def _pool(job: Job, workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, context, _begin, (job,))


_JOB: list[Job] = []  # of this process


def _begin(job: Job) -> None:
    """Make a process ready: it works for its parent and ends with it."""
    _JOB[:] = [job]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY or hard > _MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, hard))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _look_at_chunk(sources: Sequence[Source]) -> list[Seen]:
    return [_JOB[0].look(source) for source in sources]


def _refuse(refusal: RefusedFile) -> bytes:
    raise refusal
