"""How far a collection is: a bar with counts on stderr, on a terminal only."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from perfxl.batch.pool import Seen
from perfxl.model.report import Outcome
from perfxl.pipeline import Checked

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@dataclass
class Told:
    """What is known so far of the files looked at."""

    checked: list[Checked] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def started(self, total: int) -> None:
        """How many files there are."""

    def done(self, seen: Seen) -> None:
        """One more file."""
        checked = seen.returned.checked
        self.checked.append(checked)
        outcomes = {entry.outcome for entry in checked.entries}
        worst = next((o for o in _WORST_FIRST if o in outcomes), Outcome.PASS)
        self.counts[worst.label] += 1
        if seen.is_cached:
            self.counts["已查过"] += 1

    @property
    def line(self) -> str:
        """通过10 有必改3 and so on."""
        return " ".join(f"{label}{count}" for label, count in sorted(self.counts.items()))


_WORST_FIRST = (Outcome.UNREADABLE, Outcome.FAIL, Outcome.PASS)


@dataclass
class _Bar(Told):
    told: Told = field(default_factory=Told)
    progress: "Progress | None" = None
    task: "TaskID | None" = None

    def started(self, total: int) -> None:
        if self.progress and self.task is not None:
            self.progress.update(self.task, total=total)

    def done(self, seen: Seen) -> None:
        self.told.done(seen)
        if self.progress and self.task is not None:
            self.progress.update(self.task, advance=1, counts=self.told.line)


@contextmanager
def shown_progress(told: Told) -> Iterator[Told]:
    """What to tell of each file; with a bar where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield told
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("校验"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[counts]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(told=told, progress=progress, task=progress.add_task("", total=None, counts=""))
