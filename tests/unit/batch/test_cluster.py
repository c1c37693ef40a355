"""Files looked at by a cluster on this machine: what one process finds, to the last byte."""

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dask
import distributed
import pandas
import pytest
from distributed import LocalCluster

from perfxl.batch import cluster as clusters
from perfxl.batch import cluster_run
from perfxl.batch.cache import cache_beside, judged_by
from perfxl.batch.cluster import dask_cluster
from perfxl.batch.cluster_fitness import check_fitness
from perfxl.batch.cluster_run import Run
from perfxl.batch.cluster_task import About, Task, look_at_part, version
from perfxl.batch.collect import collect
from perfxl.batch.collection_json import collection_json
from perfxl.batch.model import Collection
from perfxl.batch.parts import read_part, write_part
from perfxl.batch.pool import DIED, Job, Seen, look_at_all
from perfxl.batch.sources import Source
from perfxl.batch.summary.workbook import summary_tables
from perfxl.cli.main import run as run_command
from perfxl.errors import ClusterError, OutputError, RefusedFile, UsageError
from perfxl.scheme.find import scheme_folder
from tests.chaos.folder import Chaos, make_chaos
from tests.chaos.run import OPTIONS, collected, drive_of
from tests.forms import shenzhen
from tests.unit.batch.test_pool import books, die, fail
from tests.unit.cli.test_waivers import WAIVER


def here_only(here: int, data: bytes) -> bytes:
    """Read by this process and its own, as from a share that only this machine has."""
    if here not in (os.getpid(), os.getppid()):
        raise RefusedFile("FL114", "文件不存在")
    return data


def sleep(seconds: float) -> bytes:
    time.sleep(seconds)
    return b""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A cluster of two processes with two threads each; a task that kills one is not repeated."""
    settings = {"distributed.scheduler.allowed-failures": 0}
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=2, threads_per_worker=2, host="127.0.0.1", dashboard_address="127.0.0.1:0",
            silence_logs=50,
        ) as cluster,
    ):  # fmt: skip
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def chaos(tmp_path_factory: pytest.TempPathFactory) -> Chaos:
    return make_chaos(tmp_path_factory.mktemp("乱 堆"))


@pytest.fixture(scope="module")
def found(chaos: Chaos) -> Collection:
    return collected(chaos)


def looked(address: str, sources: list[Source], folder: Path, job: Job | None = None) -> list[Seen]:
    with dask_cluster(address, folder) as look:
        return look(sources, job or Job(OPTIONS), lambda _: None)


def test_cluster_finds_the_same__to_the_last_byte(
    address: str, chaos: Chaos, found: Collection, tmp_path: Path
) -> None:
    seen: list[Seen] = []
    with dask_cluster(address, tmp_path / "果", is_kept=True) as look:
        over = collect([chaos.root], drive_of(chaos), OPTIONS, look=look, watch=seen.append)
    assert collection_json(over) == collection_json(found)
    assert summary_tables(over) == summary_tables(found)
    parts = sorted((tmp_path / "果").iterdir())
    assert [path.name for path in parts] == [f"{n:06}.parquet" for n in range(5)]
    rows = pandas.concat([pandas.read_parquet(path) for path in parts])
    assert len(rows) == len(seen) > 4 * cluster_run.FILES_A_TASK
    assert sorted(rows["sha256"]) == sorted(one.sha256 for one in seen)


def test_command_with_dask__writes_what_it_writes_without(
    address: str, chaos: Chaos, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    told = []
    monkeypatch.chdir(chaos.root.parent)  # relative paths: workers stand elsewhere
    ways = {"alone": [], "dask": ["--dask", address], "pool": ["--jobs", "2"]}
    for name, more in ways.items():
        out = tmp_path / name
        out.mkdir()
        words = [chaos.root.name, "--as-of", "2025-04-10", "--format", "json"]
        words += ["-o", str(out / "汇总.xlsx"), "--parquet", str(out / "表")]
        assert run_command(["collect", *words, *more]) == 1
        told.append(capsys.readouterr().out)
    assert told[0] == told[1] == told[2]
    tables = [
        {path.name: path.read_bytes() for path in (tmp_path / name / "表").glob("*.parquet")}
        for name in ways
    ]
    assert tables[0] == tables[1] == tables[2] != {}
    summaries = [(tmp_path / name / "汇总.xlsx").read_bytes() for name in ways]
    assert summaries[0] == summaries[1] == summaries[2]
    kept = {name: len(list((tmp_path / name).glob("表/逐份结果/*"))) for name in ways}
    assert kept == {"alone": 0, "dask": 5, "pool": 0}


def test_waivers_settings_and_own_schemes__count_as_without(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    shenzhen.build("as_meant", Path("坏表.xlsx"))
    shutil.copytree(scheme_folder("shenzhen-2023"), "方案/shenzhen-2023")
    Path("perfxl.toml").write_text('[profile."shenzhen-2023"]\nignore = ["NR"]', encoding="utf-8")
    words = ["--as-of", "2024-06-30", "--schemes", "方案", "--format", "json"]
    run_command(["check", "坏表.xlsx", *words])
    findings = json.loads(capsys.readouterr().out)["files"][0]["findings"]
    (error,) = [one for one in findings if one["severity"] == "error"]
    waivers = WAIVER.format_map(error) + WAIVER.format_map(error | {"cell": "A1"})
    Path("waivers.toml").write_text(waivers, encoding="utf-8")
    told = []
    for more in ([], ["--dask", address]):
        status = run_command(["collect", "坏表.xlsx", "--fail-on", "error", *words, *more])
        told.append((status, *capsys.readouterr()))
        shutil.rmtree(".perfxl-cache")
    assert told[0] == told[1]
    status, _, err = told[0]
    assert status == 0  # the only error is let pass
    assert "豁免：waivers.toml（2条）" in err
    assert "!A1" in err  # the one that was of no use


def test_jobs_beside_dask__is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["collect", str(tmp_path), "--dask", "tcp://x", "--jobs", "2"]) == 2
    assert "--jobs" in capsys.readouterr().err


def test_second_run__takes_what_the_workers_kept(address: str, tmp_path: Path) -> None:
    sources = books(tmp_path, 3)
    job = Job(OPTIONS, cache_beside(tmp_path / "o", OPTIONS))
    first, again = (looked(address, sources, tmp_path / "p", job) for _ in range(2))
    assert [one.is_cached for one in first] == [False, True, True]  # the same book three times
    assert [one.is_cached for one in again] == [True] * 3
    assert [one.returned for one in first] == [one.returned for one in again]
    assert list((tmp_path / "p").iterdir()) == []


def test_fewer_files_than_before__leave_no_old_part(address: str, tmp_path: Path) -> None:
    old, other = tmp_path / "p" / "000001.parquet", tmp_path / "p" / "得分.parquet"
    old.parent.mkdir()
    for path in (old, other):
        path.write_bytes(b"")
    with dask_cluster(address, tmp_path / "p", is_kept=True) as look:
        look(books(tmp_path, 1), Job(OPTIONS), lambda _: None)
    assert not old.exists()
    assert other.exists()


def test_file_that_kills_its_worker__others_are_looked_at(address: str, tmp_path: Path) -> None:
    sources = books(tmp_path, cluster_run.FILES_A_TASK + 3)
    sources[2] = Source(tmp_path / "坏.zip", "a.xlsx", die)
    sources[3] = Source(tmp_path / "坏.zip", "b.xlsx", fail)
    with dask_cluster(address, tmp_path / "p", is_kept=True) as look:
        got = look(sources, Job(OPTIONS), lambda _: None)
    assert [at for at, one in enumerate(got) if not one.sha256] == [2, 3]
    assert got == look_at_all([*sources[:2]], Job(OPTIONS)) + got[2:4] + look_at_all(
        sources[4:], Job(OPTIONS)
    )
    details = [f.detail for one in got for f in one.returned.checked.failures]
    assert [detail.partition("：")[2] for detail in details] == [
        DIED, "ZeroDivisionError: of all things",
    ]  # fmt: skip
    kept = read_part(tmp_path / "p" / "000000.parquet", sources[: cluster_run.FILES_A_TASK])
    assert kept == got[: cluster_run.FILES_A_TASK]


def test_file_that_only_this_machine_can_read__is_read_here(address: str, tmp_path: Path) -> None:
    (book,) = books(tmp_path, 1)
    load = partial(here_only, os.getpid(), book.path.read_bytes())
    sources = [book, Source(book.path, "a", load)]
    found = looked(address, sources, tmp_path)
    assert found == look_at_all(sources, Job(OPTIONS))
    assert all(one.sha256 for one in found)


def test_file_that_nobody_can_read__is_what_it_is(address: str, tmp_path: Path) -> None:
    sources = [*books(tmp_path, 1), Source(tmp_path / "没有.xlsx")]
    book, name = sources[0], tmp_path / "\udce4.xlsx"  # no letter of any encoding
    sources.append(replace(book, path=name, load=book.path.read_bytes))
    assert looked(address, sources, tmp_path) == look_at_all(sources, Job(OPTIONS))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "没有这种://x", "127.0.0.1:不是数"])
def test_address_where_nobody_answers__is_said(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "_ANSWER", 0.5)
    with pytest.raises(UsageError, match="没有应答"), dask_cluster(address, tmp_path):
        pass


def test_no_address__starts_no_cluster(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="调度器的地址"), dask_cluster(" ", tmp_path):
        pass


@pytest.mark.parametrize("name", ["distributed", "pyarrow"])
def test_without_the_extra__what_to_install_is_said(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    (tmp_path / "a").mkdir()
    assert run_command(["collect", str(tmp_path / "a"), "--dask", "tcp://127.0.0.1:9"]) == 2
    assert 'pip install "perfxl[cluster]"' in capsys.readouterr().err


def test_folder_that_workers_cannot_write__is_said(address: str, tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes(b"")
    with pytest.raises(OutputError, match="建不了"):
        looked(address, books(tmp_path, 1), tmp_path / "p")


class Fake:
    """A client of a cluster whose machines answer as told."""

    def __init__(self, answer: object, scheduler: object = None) -> None:
        self.answer, self.scheduler = answer, scheduler or version()

    def wait_for_workers(self, _count: int, timeout: float) -> None:
        if self.answer is None:
            raise TimeoutError

    def run(self, *_: object, **__: object) -> dict[str, object]:
        return {"tcp://b": self.answer}

    def run_on_scheduler(self, _: object) -> object:
        if isinstance(self.scheduler, Exception):
            raise self.scheduler
        return self.scheduler


OTHER = "0.0.1（规则x）"
LACKS = {
    "没有工作进程": None,
    "没有安装perfxl": ModuleNotFoundError("No module named 'perfxl'", name="perfxl"),
    "缺perfxl": Exception("ModuleNotFoundError(\"No module named 'perfxl'\")"),
    "没有答出它的版本": AttributeError("x"),
    "请装成同一版本": {"version": OTHER},
    "没有装pyarrow": {"has_parquet": False},
    "读不到": {"samples": ("",)},
    "内容与本机不同": {"samples": ("00",)},
    "写不了": {"left": ""},
    "读写的共享文件夹": {"left": "written elsewhere"},
    "评分方案与本机不同": {"judged_by": "x"},
}


@pytest.mark.parametrize(("says", "lacks"), LACKS.items())
def test_machine_that_lacks_something__is_named_with_it(
    says: str, lacks: Any, tmp_path: Path
) -> None:
    job, (source,) = Job(OPTIONS), books(tmp_path, 1)
    digest = look_at_all([source], job)[0].sha256
    (tmp_path / "left").touch()
    whole = About(version(), judged_by(OPTIONS), (digest,), "left", True)
    check_fitness(Fake(whole), job, [source.path], tmp_path)
    (tmp_path / "left").touch()
    answer = replace(whole, **lacks) if isinstance(lacks, dict) else lacks
    with pytest.raises(UsageError, match=says) as told:
        check_fitness(Fake(answer), job, [source.path], tmp_path)
    assert lacks is None or "工作进程tcp://b：" in str(told.value)


def test_refused_cluster__leaves_nothing_in_the_folder_of_results(tmp_path: Path) -> None:
    names = ("left by a", "left by b")
    for name in names:
        (tmp_path / name).touch()
    a, b = (About(OTHER, "", (), name, True) for name in names)
    client = Fake(a)
    client.run = lambda *_, **__: {"tcp://a": a, "tcp://b": b}  # type: ignore[method-assign]
    with pytest.raises(UsageError, match="tcp://a"):
        check_fitness(client, Job(OPTIONS), [tmp_path], tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", [OTHER, ModuleNotFoundError("x", name="perfxl")])
def test_scheduler_of_another_version__is_said(there: object, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^调度器：.*perfxl"):
        check_fitness(Fake(0, there), Job(OPTIONS), [tmp_path], tmp_path)


def test_worker_that_came_later_and_judges_otherwise__does_nothing(tmp_path: Path) -> None:
    files = tuple(enumerate(books(tmp_path, 1)))
    task = Task(0, files, Job(OPTIONS), "another", tmp_path, tmp_path)
    with pytest.raises(UsageError, match="与本机不同"):
        look_at_part(task)
    assert not list(tmp_path.glob("*.parquet"))


def test_cluster_without_workers_left__ends_and_says_how_to_go_on(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_run, "_PATIENCE", 0.05)
    with clusters._connected(address) as client:
        monkeypatch.setattr(client, "nthreads", dict)
        sources = books(tmp_path, 1)
        slow = [replace(sources[0], load=partial(sleep, 1))]
        task = Task(0, (), Job(OPTIONS), judged_by(OPTIONS), tmp_path, tmp_path)
        run = Run(client, sources, slow, Job(OPTIONS), task, lambda _: None)
        with pytest.raises(ClusterError, match=r"没有工作进程了.*接着做"):
            run.whole()


def test_scheduler_that_is_gone__ends_and_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object, **__: object) -> None:
        raise CancelledError

    monkeypatch.setattr(distributed, "wait", cut)
    client = SimpleNamespace(submit=lambda *_, **__: object())
    task = Task(0, (), Job(OPTIONS), judged_by(OPTIONS), tmp_path, tmp_path)
    sources = books(tmp_path, 1)
    run = Run(client, sources, sources, Job(OPTIONS), task, lambda _: None)
    with pytest.raises(ClusterError, match=r"连接断了.*接着做"):
        run.whole()


def test_spoilt_part__is_no_result(tmp_path: Path) -> None:
    sources, target = books(tmp_path, 2), tmp_path / "0.parquet"
    found = look_at_all(sources, Job(OPTIONS))
    assert write_part(target, sources, found) == {}
    whole = target.read_bytes()
    assert read_part(target, sources) == found
    write_part(target, sources, found)
    assert target.read_bytes() == whole
    for data in (b"", whole[:-9]):
        target.write_bytes(data)
        with pytest.raises(ValueError, match=r"."):
            read_part(target, sources)
    write_part(target, sources[:1], found[:1])
    with pytest.raises(ValueError, match="2 files"):
        read_part(target, sources)
