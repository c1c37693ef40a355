"""Files looked at by one process or several, and what is kept of them."""

import multiprocessing
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from perfxl.batch import collect as collecting
from perfxl.batch.cache import Cache, cache_beside
from perfxl.batch.collect import Drive
from perfxl.batch.model import ReturnState, Unit
from perfxl.batch.pool import Job, Seen, look_at_all
from perfxl.batch.sources import Gathered, Source, gather
from perfxl.batch.worker import Worker
from perfxl.engine.selection import select_rules
from perfxl.errors import RefusedFile, SchemeError
from perfxl.model.report import Outcome
from perfxl.pipeline import Options
from perfxl.pipeline.returned import check_return
from tests.forms.good import good_forms
from tests.unit.reader.packing import pack, parts

OPTIONS = Options(select_rules())
BOOK = pack(parts())


def die() -> bytes:
    os._exit(9)


def hang() -> bytes:
    time.sleep(600)
    return BOOK


def die_once(mark: Path) -> bytes:
    if not mark.exists():
        mark.touch()
        os._exit(9)
    return BOOK


def hang_once(mark: Path) -> bytes:
    if not mark.exists():
        mark.touch()
        time.sleep(600)
    return BOOK


def fail() -> bytes:
    raise ZeroDivisionError("of all things")


def books(folder: Path, count: int) -> list[Source]:
    made = []
    for number in range(count):
        made.append(Source(folder / f"{number}.xlsx"))
        made[-1].path.write_bytes(BOOK)
    return made


@pytest.mark.parametrize("workers", [1, 2])
def test_file_that_crashes_us__is_one_failure_and_no_end(tmp_path: Path, workers: int) -> None:
    sources = books(tmp_path, 5)
    sources[2] = Source(tmp_path / "坏.zip", "a.xlsx", fail)
    found = look_at_all(sources, Job(OPTIONS), workers=workers)
    assert [bool(one.sha256) for one in found] == [True, True, False, True, True]
    failures = found[2].returned.checked.failures
    assert [(f.code, "ZeroDivisionError" in f.detail) for f in failures] == [("PX000", True)]
    assert [e.outcome for e in found[2].returned.checked.entries] == [Outcome.UNREADABLE]


@pytest.mark.parametrize("workers", [1, 2])
def test_file_that_kills_its_process__others_are_looked_at(tmp_path: Path, workers: int) -> None:
    sources = books(tmp_path, 9)
    sources[4] = Source(tmp_path / "坏.zip", "a.xlsx", die)
    seen: list[Seen] = []
    found = look_at_all(sources, Job(OPTIONS), workers=workers, watch=seen.append)
    assert [at for at, one in enumerate(found) if not one.sha256] == [4]
    assert [f.code for f in found[4].returned.checked.failures] == ["PX000"]
    assert len(seen) == len(found)


def test_files_that_never_end__are_ended_and_told_the_same_by_any_number_of_processes(
    tmp_path: Path,
) -> None:
    sources = books(tmp_path, 9)
    for at in (0, 4):
        sources[at] = Source(tmp_path / "坏.zip", f"{at}.xlsx", hang)
    job = Job(OPTIONS, seconds=1)
    seen: list[Seen] = []
    one, three = (look_at_all(sources, job, workers=n, watch=seen.append) for n in (1, 3))
    assert one == three
    assert len(seen) == 2 * len(sources)
    assert [at for at, each in enumerate(one) if not each.sha256] == [0, 4]
    (entry,) = one[4].returned.checked.entries
    assert (entry.outcome, entry.member) == (Outcome.UNREADABLE, "4.xlsx")
    assert [(f.code, "超过1秒" in f.message) for f in entry.findings] == [("FL115", True)]
    assert [each.returned.checked.failures for each in one] == [()] * len(one)
    assert multiprocessing.active_children() == []


def test_unit_whose_file_never_ends__is_told_and_the_others_are_collected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [Source(tmp_path / "坏.zip", "101_甲局.xlsx", hang), *books(tmp_path, 2)]
    monkeypatch.setattr(collecting, "gather", lambda *_, **__: Gathered(sources))
    monkeypatch.setattr(collecting, "Job", partial(Job, seconds=1))
    drive = Drive(date(2025, 4, 10), [Unit("101", "甲局"), Unit("102", "乙局")])
    found = collecting.collect([tmp_path], drive, OPTIONS)
    assert [o.state for o in found.outcomes] == [ReturnState.UNREADABLE, ReturnState.MISSING]
    assert len(found.strangers) == 2
    assert found.failures == ()


@pytest.mark.parametrize("load", [die_once, hang_once])
def test_mishap_that_does_not_come_again__is_not_the_files_fault(
    tmp_path: Path, load: Callable[[Path], bytes]
) -> None:
    sources = books(tmp_path, 5)
    sources[1] = Source(tmp_path / "好.zip", "a.xlsx", partial(load, tmp_path / "mark"))
    found = look_at_all(sources, Job(OPTIONS, seconds=5), workers=2)
    assert all(one.sha256 for one in found)


@pytest.mark.parametrize("workers", [1, 2])
def test_broken_scheme__ends_the_run_and_leaves_no_process(tmp_path: Path, workers: int) -> None:
    job = Job(replace(OPTIONS, scheme_id="no-such-scheme"))
    with pytest.raises(SchemeError, match="no-such-scheme"):
        look_at_all(books(tmp_path, 5), job, workers=workers)
    assert multiprocessing.active_children() == []


def test_watcher_that_fails__leaves_no_process(tmp_path: Path) -> None:
    def interrupt(_: Seen) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look_at_all(books(tmp_path, 5), Job(OPTIONS), workers=2, watch=interrupt)
    assert multiprocessing.active_children() == []


def test_nothing_to_look_at__is_nothing() -> None:
    assert look_at_all([], Job(OPTIONS), workers=2) == []


def test_members_of_zips_travel__refusals_too(tmp_path: Path) -> None:
    inner = pack({"a.xlsx": BOOK, "b.xlsx": BOOK[:50]})
    (tmp_path / "甲.zip").write_bytes(
        pack({f"{n}.zip": inner for n in range(3)} | {"c.zip": b"PK"})
    )
    gathered = gather([tmp_path])
    one, two = (look_at_all(gathered.sources, Job(OPTIONS), workers=n) for n in (1, 2))
    gathered.close()
    assert one == two
    assert len(one) == 7
    refusal = RefusedFile("FL103", "坏", part="x", sheet="s", cell="A1")
    refusal.sha256 = "00"
    rebuilt, arguments = refusal.__reduce__()
    assert callable(rebuilt)
    assert isinstance(arguments, tuple)
    assert vars(rebuilt(*arguments)) == vars(refusal)


def test_cache_gives_back_what_it_got__every_kind_of_form(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c", "x")
    for number, draft in enumerate(good_forms(1)):
        path = draft.build(tmp_path / f"{number}.xlsx")
        fresh = check_return(path, None, None, OPTIONS)
        cache.put(str(number), Source(path), fresh)
        assert cache.get(str(number), Source(path)) == fresh
        moved = cache.get(str(number), Source(Path("别处.zip"), "a.xlsx"))
        assert moved is not None
        assert {(e.path, e.member) for e in moved.checked.entries} == {("别处.zip", "a.xlsx")}


def test_cache_is_of_no_use__for_other_content_or_other_rules(tmp_path: Path) -> None:
    source = books(tmp_path, 1)[0]
    rules = select_rules(["AR"])
    jobs = [Job(o, cache_beside(tmp_path / "o", o)) for o in (OPTIONS, Options(rules))]
    assert [job.look(source).is_cached for job in (jobs[0], jobs[0], jobs[1], jobs[1])] == [
        False, True, False, True,
    ]  # fmt: skip
    source.path.write_bytes(pack(parts(texts=("丙",))))
    assert not jobs[0].look(source).is_cached


def test_spoilt_cache__is_checked_anew(tmp_path: Path) -> None:
    source = books(tmp_path, 1)[0]
    job = Job(OPTIONS, cache_beside(tmp_path / "o", OPTIONS))
    first = job.look(source)
    (file,) = tmp_path.glob(".perfxl-cache/*/*.json")
    for spoilt in (b"", file.read_bytes()[:-20], b'{"checked": 1}'):
        file.write_bytes(spoilt)
        assert job.look(source) == first
    assert job.look(source).is_cached


def test_cache_that_cannot_be_written__costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / ".perfxl-cache").write_bytes(b"")
    job = Job(OPTIONS, cache_beside(tmp_path / "o", OPTIONS))
    source = Source(tmp_path / "z.zip", "a", partial(bytes, BOOK))
    assert job.look(source) == job.look(source)


def test_worker_that_is_let_go_before_it_is_ready__says_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    worker: Worker[str, str] = Worker(str.upper)
    worker.dismiss()
    assert capfd.readouterr().err == ""
