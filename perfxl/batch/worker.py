"""A process that does one thing after another for its parent and can be ended at any of them.

Threads cannot be ended, and the executors of the standard library do not tell which item a process
is at: here each answer comes by itself, so that the item at hand is the first without one.
"""

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_MEMORY = 4 * 1024**3  # bytes a process may have
_FAREWELL = 5.0  # seconds a process that is no longer needed has to end by itself
_READY = "ready"
# Files leave thousands of objects each and next to no cycles: to look for them less often saves a
# twentieth of the time.
_COLLECT_AFTER = (20_000, 20, 50)


class WorkerDied(Exception):
    """The process ended before it answered."""


class Worker(Generic[Item, Answer]):
    """A process of one parent.

    Scripts that start one need the usual `if __name__ == "__main__"`.

    Args:
        work: what it does with each item; can be sent to another process, as can what it gives.

    Attributes:
        at: the numbers of the items it was given and has not answered, the one at hand first.
    """

    def __init__(self, work: Callable[[Item], Answer]) -> None:
        context = multiprocessing.get_context("spawn")
        # Two pipes of one way each: one of both ways is a socket.
        items, self._items = context.Pipe(duplex=False)
        self._answers, answers = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(items, answers, work), daemon=False)
        self._process.start()
        items.close()
        answers.close()
        self._is_ready = False
        self._since = 0.0
        self.at: deque[int] = deque()

    @property
    def is_free(self) -> bool:
        """Whether it can be given something."""
        return self._is_ready and not self.at

    @property
    def answers(self) -> Connection:
        """What `heard` waits for."""
        return self._answers

    def give(self, numbers: Iterable[int], items: Sequence[Item]) -> None:
        """Give a free worker items, which are numbered for `at`.

        Raises:
            WorkerDied: it ended.
        """
        self.at.extend(numbers)
        self._since = time.monotonic()
        try:
            self._items.send(items)
        except OSError:
            raise WorkerDied from None

    def hear(self) -> tuple[int, Answer] | None:
        """What it says next: an answer with the item's number; None when it is merely ready.

        Raises:
            WorkerDied: it ended.
            RuntimeError: it ended before it was ready: processes cannot be started here.
            Exception: what the work raised.
        """
        try:
            said = self._answers.recv()
        except (EOFError, OSError):
            if not self._is_ready:
                raise RuntimeError("a process ended before it began to work") from None
            raise WorkerDied from None
        self._since = time.monotonic()
        if not self._is_ready:
            self._is_ready = True
            return None
        if isinstance(said, Exception):
            raise said
        return self.at.popleft(), said

    def left(self, seconds: float) -> float | None:
        """Seconds left of those an item may take; None when there is no item at hand."""
        return self._since + seconds - time.monotonic() if self.at else None

    def end(self) -> None:
        """End it at once, whatever it is at."""
        self._close()
        self._process.kill()
        self._process.join()

    def dismiss(self) -> None:
        """Let a free worker go."""
        self._close()
        self._process.join(_FAREWELL)
        if self._process.is_alive():
            self.end()

    def _close(self) -> None:
        self._items.close()
        self._answers.close()


def heard(workers: Sequence[Worker[Item, Answer]], seconds: float | None) -> list[
    Worker[Item, Answer]
]:  # fmt: skip
    """The workers that have something to say, [] when none does within some seconds."""
    speaking = wait_for([worker.answers for worker in workers], seconds)
    return [worker for worker in workers if worker.answers in speaking]


def _run(given: Connection, answers: Connection, work: Callable[[Item], Answer]) -> None:
    """What the process does, until its parent is done or gone."""
    _limit()
    gc.set_threshold(*_COLLECT_AFTER)
    try:
        answers.send(_READY)
    except OSError:  # the parent needs it no more
        return
    while True:
        try:
            items = given.recv()
        except (EOFError, OSError):
            return
        for item in items:
            said: Answer | Exception
            try:
                said = work(item)
            except Exception as error:
                said = error
            try:
                answers.send(said)
            except OSError:  # the parent closed the pipe
                return
            except Exception as error:  # it cannot travel
                answers.send(error)


def _limit() -> None:
    """It ends with its parent, which also decides about an interrupt; memory is bounded."""
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
