"""Returns checked by one process or several: the same results in the same order."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from perfxl.batch.cache import Cache
from perfxl.batch.sources import Source
from perfxl.batch.worker import Worker, WorkerDied, heard
from perfxl.engine.judge import CRASHED
from perfxl.errors import RefusedFile, SchemeError
from perfxl.model.finding import Failure
from perfxl.pipeline import Options
from perfxl.pipeline.returned import Returned, check_return
from perfxl.reader.gate import fetch

CHUNK = 32  # files given to a process at once
_CHUNKS_EACH = 4  # at least, where there are few files: so that no process waits for another
# Seconds a file may take. A return takes some hundredths of one, the largest that the gate lets in
# a few; the rest is for a slow network drive and a machine that has much else to do.
FILE_SECONDS = 60.0
DIED = "处理它的进程意外终止"
OVERDUE = "FL115"
_MOST_WORKERS = 60  # what Windows can wait for


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a source: its content's digest ("" if unread) and its check."""

    sha256: str
    returned: Returned
    is_cached: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with each source, and for how many seconds at most."""

    options: Options
    cache: Cache | None = None
    seconds: float = FILE_SECONDS

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

    def overdue(self, source: Source) -> Seen:
        """What is told of a file that took too long."""
        refusal = RefusedFile(OVERDUE, f"超过{self.seconds:g}秒没有读完，已停止，不影响其他文件")
        return Seen("", self._check(source, partial(_refuse, refusal)))


Watch = Callable[[Seen], None]
Look = Callable[[Sequence[Source], Job, Watch], list[Seen]]  # one way to get through them all


def look_at_all(
    sources: Sequence[Source], job: Job, *, workers: int = 1, watch: Watch = lambda _: None
) -> list[Seen]:
    """What became of each source, in their order.

    It is done in other processes even where one is enough: only a process can be ended when a
    file takes too long, and the result must not depend on how many there are. A script that calls
    this needs the usual `if __name__ == "__main__"`.

    Args:
        sources: what to look at.
        job: what to do with each.
        workers: processes to use.
        watch: is told of each as it is done, in any order.

    Raises:
        SchemeError: the scheme asked for does not exist or is broken.
        RuntimeError: no process can be started.
    """
    return _Run(sources, job, max(1, min(workers, _MOST_WORKERS, len(sources))), watch).whole()


_Worker = Worker[Source, Seen]


class _Run:
    """One pass over the sources."""

    def __init__(self, sources: Sequence[Source], job: Job, workers: int, watch: Watch) -> None:
        self.sources, self.job, self.workers, self.watch = sources, job, workers, watch
        size = max(1, min(CHUNK, len(sources) // (workers * _CHUNKS_EACH)))
        self.todo = deque(
            range(at, min(at + size, len(sources))) for at in range(0, len(sources), size)
        )
        self.again: set[int] = set()  # those that are on their second try
        self.results: dict[int, Seen] = {}
        self.crew: list[_Worker] = []

    def whole(self) -> list[Seen]:
        with self._dismissing():
            while self.todo or any(worker.at for worker in self.crew):
                self._hand_out()
                for worker in heard(self.crew, self._patience()):
                    self._hear(worker)
                self._end_overdue()
        return [self.results[at] for at in range(len(self.sources))]

    def _hand_out(self) -> None:
        for worker in [one for one in self.crew if one.is_free][: len(self.todo)]:
            span = self.todo.popleft()
            try:
                worker.give(span, [self.sources[at] for at in span])
            except WorkerDied:
                self._replace(worker, self._died)
        waiting = sum(not worker.at for worker in self.crew)
        for _ in range(min(self.workers - len(self.crew), len(self.todo) - waiting)):
            self.crew.append(Worker(self.job.look))

    def _hear(self, worker: _Worker) -> None:
        try:
            said = worker.hear()
        except WorkerDied:
            self._replace(worker, self._died)
            return
        if said is not None:
            self._done(*said)

    def _patience(self) -> float | None:
        """Seconds until the first worker is overdue."""
        left = [s for w in self.crew if (s := w.left(self.job.seconds)) is not None]
        return max(0.0, min(left)) if left else None

    def _end_overdue(self) -> None:
        for worker in list(self.crew):
            left = worker.left(self.job.seconds)
            if left is not None and left <= 0 and not heard([worker], 0):
                self._replace(worker, self.job.overdue)

    def _replace(self, worker: _Worker, told: Callable[[Source], Seen]) -> None:
        """Do without a worker; what it was at is tried once more, by itself and after the rest.

        Memory that others took, or a lid that was shut, may have been the cause: the second time
        it is the file's.
        """
        worker.end()
        self.crew.remove(worker)
        if not worker.at:
            return
        at = worker.at.popleft()
        if worker.at:
            self.todo.appendleft(range(worker.at[0], worker.at[-1] + 1))
        if at in self.again:
            self._done(at, told(self.sources[at]))
        else:
            self.again.add(at)
            self.todo.append(range(at, at + 1))

    def _died(self, source: Source) -> Seen:
        return self.job.crashed(source, DIED)

    def _done(self, at: int, seen: Seen) -> None:
        self.results[at] = seen
        self.watch(seen)

    @contextmanager
    def _dismissing(self) -> Iterator[None]:
        """Leave no process behind."""
        try:
            yield
        except BaseException:
            for worker in self.crew:
                worker.end()
            raise
        for worker in self.crew:
            worker.dismiss()


def _refuse(refusal: RefusedFile) -> bytes:
    raise refusal
