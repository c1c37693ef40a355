"""Collect a chaos folder and stop for good after some files, to be killed there.

python -m tests.chaos.run ROOT WORKERS FILES
"""

import sys
import threading
from pathlib import Path

from perfxl.batch.cache import cache_beside
from perfxl.batch.collect import Drive, collect
from perfxl.batch.dates import read_register
from perfxl.batch.model import Collection
from perfxl.batch.pool import Seen
from perfxl.engine.selection import select_rules
from perfxl.pipeline import Options
from tests.chaos.folder import Chaos, make_chaos
from tests.chaos.making import AS_OF, ROUND

OPTIONS = Options(select_rules())


def drive_of(chaos: Chaos) -> Drive:
    """What the folder is held against."""
    return Drive(
        AS_OF,
        chaos.units,
        issued=chaos.issued,
        round=ROUND,
        register=read_register(chaos.register),
    )


def collected(
    chaos: Chaos, *, workers: int = 1, caches: bool = False, seen: list[Seen] | None = None
) -> Collection:
    """The folder collected, with or without the cache beside it."""
    return collect(
        [chaos.root],
        drive_of(chaos),
        OPTIONS,
        workers=workers,
        cache=cache_beside(chaos.register, OPTIONS) if caches else None,
        watch=(lambda _: None) if seen is None else seen.append,
    )


class _Stopping(list[Seen]):
    """Says so and waits once it has seen enough."""

    def append(self, one: Seen) -> None:
        super().append(one)
        if len(self) == int(sys.argv[3]):
            print("stopped", flush=True)
            threading.Event().wait()


if __name__ == "__main__":
    folder = make_chaos(Path(sys.argv[1]))
    collected(folder, workers=int(sys.argv[2]), caches=True, seen=_Stopping())
