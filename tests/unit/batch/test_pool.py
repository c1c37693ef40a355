"""Files looked at by one process or several, and what is kept of them."""

import os
from functools import partial
from pathlib import Path

import pytest

from perfxl.batch.cache import Cache, cache_beside
from perfxl.batch.pool import Job, Seen, look_at_all
from perfxl.batch.sources import Source, gather
from perfxl.engine.selection import select_rules
from perfxl.errors import RefusedFile
from perfxl.model.report import Outcome
from perfxl.pipeline import Options
from perfxl.pipeline.returned import check_return
from tests.forms.good import good_forms
from tests.unit.reader.packing import pack, parts

OPTIONS = Options(select_rules())
BOOK = pack(parts())


def die() -> bytes:
    os._exit(9)


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


def test_file_that_kills_its_process__others_are_looked_at(tmp_path: Path) -> None:
    sources = books(tmp_path, 9)
    sources[4] = Source(tmp_path / "坏.zip", "a.xlsx", die)
    seen: list[Seen] = []
    found = look_at_all(sources, Job(OPTIONS), workers=2, watch=seen.append)
    assert [at for at, one in enumerate(found) if not one.sha256] == [4]
    assert [f.code for f in found[4].returned.checked.failures] == ["PX000"]
    assert len(seen) == len(found)


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
