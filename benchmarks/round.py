"""A round of made returns, collected: what the benchmarks of collections have in common."""

from pathlib import Path

from benchmarks import returns
from perfxl.batch.cache import Cache
from perfxl.batch.collect import Drive, collect
from perfxl.batch.model import Collection
from perfxl.batch.pool import Look
from perfxl.engine.selection import select_rules
from perfxl.pipeline import Options

OPTIONS = Options(select_rules())


def collected(
    folder: Path,
    count: int,
    *,
    workers: int = 1,
    look: Look | None = None,
    cache: Cache | None = None,
) -> Collection:
    """The returns that `benchmarks.returns` wrote, against the ledger of their units.

    Args:
        folder: where they lie.
        count: how many were written.
        workers: processes to use.
        look: another way to get through the files.
        cache: what is kept of the checks.
    """
    units = [returns.unit_of(number) for number in range(count)]
    drive = Drive(returns.DAY, units, issued=returns.issued(count))
    found = collect([folder], drive, OPTIONS, workers=workers, look=look, cache=cache)
    assert not found.failures
    return found
