"""Files on which the workers of a cluster hang or die: told as the pool tells them."""
# ruff: noqa: F811  # the fixture

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from perfxl.batch import cluster as clusters
from perfxl.batch import cluster_run
from perfxl.batch.cluster import dask_cluster
from perfxl.batch.parts import read_part
from perfxl.batch.pool import Job, look_at_all
from perfxl.batch.sources import Source
from tests.chaos.run import OPTIONS
from tests.unit.batch.test_cluster import address, here_only, looked  # noqa: F401
from tests.unit.batch.test_pool import books, die_once, fail, hang, hang_once


def hang_here(here: int) -> bytes:
    """Not there for other machines; on this one it never ends."""
    here_only(here, b"")
    return hang()


def hang_alone() -> bytes:
    """Never end, and let no other thread of the process work."""
    re.match(r"(a+)+$", "a" * 64 + "b")
    return b""


@contextmanager
def forgiving(address: str, deaths: int) -> Iterator[None]:
    """Let a task of the cluster end so many workers before it is given up."""

    def allow(count: int, dask_scheduler: Any = None) -> int:
        before: int = dask_scheduler.allowed_failures
        dask_scheduler.allowed_failures = count
        return before

    def tell(count: int) -> int:  # Dask waits by the newest client: none is left open
        with clusters._connected(address) as client:
            before: int = client.run_on_scheduler(allow, count)
            return before

    before = tell(deaths)
    try:
        yield
    finally:
        tell(before)


@pytest.mark.parametrize("deaths", [0, 3])
def test_files_that_never_end__are_ended_and_told_as_by_one_machine(
    address: str, deaths: int, tmp_path: Path
) -> None:
    sources = books(tmp_path, cluster_run.FILES_A_TASK + 3)
    for at, load in {1: hang, 5: hang_alone, 7: fail}.items():
        sources[at] = Source(tmp_path / "坏.zip", f"{at}.xlsx", load)
    job = Job(OPTIONS, seconds=1.5)
    with forgiving(address, deaths), dask_cluster(address, tmp_path / "p", is_kept=True) as look:
        over = look(sources, job, lambda _: None)
    assert over == look_at_all(sources, job, workers=2)
    assert [at for at, one in enumerate(over) if not one.sha256] == [1, 5, 7]
    told = [f.code for at in (1, 5) for e in over[at].returned.checked.entries for f in e.findings]
    assert told == ["FL115", "FL115"]
    kept = sorted((tmp_path / "p").iterdir())
    assert [path.name for path in kept] == ["000000.parquet", "000001.parquet"]
    assert read_part(kept[0], sources[:-3]) == over[:-3]


@pytest.mark.parametrize("deaths", [0, 3])
@pytest.mark.parametrize("load", [die_once, hang_once])
def test_mishap_that_does_not_come_again__is_not_the_files_fault(
    address: str, deaths: int, load: Any, tmp_path: Path
) -> None:
    sources = books(tmp_path, 3)
    sources[1] = Source(tmp_path / "好.zip", "a.xlsx", partial(load, tmp_path / "mark"))
    with forgiving(address, deaths):
        found = looked(address, sources, tmp_path / "p", Job(OPTIONS, seconds=3))
    assert all(one.sha256 for one in found)
    assert list((tmp_path / "p").iterdir()) == []


def test_file_that_neither_a_worker_nor_we_can_open_in_time__ends(
    address: str, tmp_path: Path
) -> None:
    (book,) = books(tmp_path, 1)
    sources = [book, Source(book.path, "a", partial(hang_here, os.getpid()))]
    job = Job(OPTIONS, seconds=2)
    assert looked(address, sources, tmp_path, job) == [
        look_at_all([book], job)[0],
        job.overdue(sources[1]),
    ]
