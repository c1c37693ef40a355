"""One run over a cluster: tasks handed in, parts taken in, what a dead worker left made up for."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field, replace
from typing import Any

from perfxl.batch.cluster_task import Receipt, Task, look_at_each, look_at_part
from perfxl.batch.parts import part_file, read_part, write_part
from perfxl.batch.pool import DIED, OVERDUE, Job, Seen, Watch, look_at_all
from perfxl.batch.sources import Source
from perfxl.errors import ClusterError, PerfxlError

FILES_A_TASK = 64  # a task costs Dask some milliseconds, a file several
_AHEAD = 256  # tasks handed in at once: enough for a hundred workers
_TRIES = 3  # of a file by itself: after two dead workers a third tells
_PATIENCE = 30  # seconds without a result before the cluster is asked whether it lives
_GONE = "已经校验的留在缓存里，再运行一次会接着做"
_CUT = f"与Dask调度器的连接断了；{_GONE}"


@dataclass(slots=True)
class Run:
    """The sources of a run and what became of them.

    Attributes:
        client: a `distributed.Client`.
        sources: what to look at, as it is reported.
        abroad: the same, as other machines load it.
        job: what is done with each, here.
        task: what all tasks have in common.
        watch: is told of each as it is done.
    """

    client: Any
    sources: Sequence[Source]
    abroad: Sequence[Source]
    job: Job
    task: Task
    watch: Watch
    results: dict[int, Seen] = field(default_factory=dict)

    @property
    def parts(self) -> int:
        """How many there are."""
        return -(-len(self.sources) // FILES_A_TASK)

    def whole(self) -> list[Seen]:
        """What became of each source, in their order; every part is written.

        Raises:
            UsageError: a worker that came later judges otherwise.
            ClusterError: the cluster is gone.
            OutputError: a part cannot be written.
        """
        for number in sorted(self._together()):
            self._one_by_one(number)
        return [self.results[at] for at in range(len(self.sources))]

    def _together(self) -> list[int]:
        """Hand in all parts and take them in; those whose worker died or that did not arrive."""
        todo = deque(range(self.parts))
        running: dict[Any, int] = {}
        lost = []
        while todo or running:
            while todo and len(running) < _AHEAD:
                number = todo.popleft()
                running[self._submit(look_at_part, number, self._span(number))] = number
            for future in self._some(list(running)):
                number = running.pop(future)
                if not self._take_in(future, number):
                    lost.append(number)
        return lost

    def _span(self, number: int) -> range:
        first = number * FILES_A_TASK
        return range(first, min(first + FILES_A_TASK, len(self.sources)))

    def _submit(self, work: Any, number: int, span: Sequence[int]) -> Any:
        files = tuple((at, self.abroad[at]) for at in span)
        return self.client.submit(work, replace(self.task, number=number, files=files), pure=False)

    def _take_in(self, future: Any, number: int) -> bool:
        """Take in a part; False where there is none."""
        span = self._span(number)
        sources = [self.sources[at] for at in span]
        target = part_file(self.task.folder, number)
        receipt = self._result(future)
        if not isinstance(receipt, Receipt):
            return False
        try:
            found = read_part(target, sources, receipt.others)
        except (OSError, ValueError):
            return False
        own = self._own_words(sources, found)
        if own != found:
            write_part(target, sources, own)
        cached = zip(own, receipt.cached, strict=True)
        self._done(span, [replace(one, is_cached=was) for one, was in cached])
        return True

    def _own_words(self, sources: Sequence[Source], found: Sequence[Seen]) -> list[Seen]:
        """Files that could not be read there are tried here: a missing share is not their fault."""
        unread = [at for at, one in enumerate(found) if _is_unread(one)]
        here = look_at_all([sources[at] for at in unread], self.job)
        own = dict(zip(unread, here, strict=True))
        return [own.get(at, one) for at, one in enumerate(found)]

    def _one_by_one(self, number: int) -> None:
        """The files of a part each by itself, because one of them may have killed the worker."""
        span = self._span(number)
        sources = [self.sources[at] for at in span]
        found = self._own_words(sources, [self._by_itself(number, at) for at in span])
        write_part(part_file(self.task.folder, number), sources, found)
        self._done(span, found)

    def _by_itself(self, number: int, at: int) -> Seen:
        for _ in range(_TRIES):
            answer = self._result(self._settled(self._submit(look_at_each, number, [at])))
            if isinstance(answer, list):
                return answer[0]
        return self.job.crashed(self.sources[at], DIED)

    def _done(self, span: Sequence[int], found: Sequence[Seen]) -> None:
        for at, one in zip(span, found, strict=True):
            self.results[at] = one
            self.watch(one)

    def _result(self, future: Any) -> Receipt | list[Seen] | None:
        """What a task gave back; None when it killed its workers.

        Raises:
            PerfxlError: what the task could not do; ClusterError where the cluster could not.
        """
        from distributed import KilledWorker

        try:
            result: Receipt | list[Seen] = future.result()
        except KilledWorker:
            return None
        except PerfxlError:
            raise
        except CancelledError:
            raise ClusterError(_CUT) from None
        except Exception as error:
            detail = f"{type(error).__name__}: {error}".partition("\n")[0]
            raise ClusterError(f"集群没有完成（{detail}）；{_GONE}") from None
        return result

    def _settled(self, future: Any) -> Any:
        return next(iter(self._some([future])))

    def _some(self, futures: list[Any]) -> Iterator[Any]:
        """Those that are done, as soon as there are any.

        Raises:
            ClusterError: there is no worker left to do them, or the scheduler is gone.
        """
        from distributed import wait

        was_empty = False
        while True:
            try:
                done = wait(futures, timeout=_PATIENCE, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                is_empty = self._is_empty()
                if is_empty and was_empty:
                    raise ClusterError(f"集群上没有工作进程了；{_GONE}") from None
                was_empty = is_empty
                continue
            except CancelledError:
                raise ClusterError(_CUT) from None
            return iter(done)

    def _is_empty(self) -> bool:
        try:
            return not self.client.nthreads()
        except (OSError, TimeoutError):
            raise ClusterError(_CUT) from None


def _is_unread(seen: Seen) -> bool:
    """Whether a worker could not open the file, and not for the time it took or a crash."""
    checked = seen.returned.checked
    codes = {finding.code for entry in checked.entries for finding in entry.findings}
    return not (seen.sha256 or checked.failures or OVERDUE in codes)
