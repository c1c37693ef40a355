"""Measures what a round costs by the number of returns: CPU, memory, disk, and what follows.

Run from the repository's root: `python -m benchmarks.scale [COUNT …]` (100 500 2000 by default).
Prints Markdown tables. Each figure is of a process of its own; a slope is the difference between
the largest and the smallest count, so that start-up costs cancel out. Needs the `dev` extra.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import returns
from benchmarks.round import OPTIONS, collected
from perfxl.batch.cache import cache_beside
from perfxl.batch.dashboard.page import dashboard_html
from perfxl.batch.summary.rollup import read_summary
from perfxl.batch.summary.workbook import summary_workbook

COUNTS = (100, 500, 2000)
WARM = 64
FORECAST = (10_000, 100_000, 1_000_000)
WORKERS = 2
WAYS = ("one process", f"pool of {WORKERS}", f"Dask, {WORKERS} workers")


# ---------------------------------------------------------------- in a process of its own


def measured(way: str, folder: Path, count: int, out: Path) -> dict[str, float]:
    """CPU seconds, bytes and the wall clock of one round, and of what is made of it."""
    told = dict[str, float]()
    began, before = time.perf_counter(), _cpu()
    cache = cache_beside(out / "a", OPTIONS)
    with _looking(way, out) as (look, of_workers):
        workers = WORKERS if way.startswith("pool") else 1
        found = collected(folder, count, workers=workers, look=look, cache=cache)
        told["collect wall"] = time.perf_counter() - began
        own, children = (after - was for after, was in zip(_cpu(), before, strict=True))
        if of_workers:
            children, told["scheduler"] = of_workers()
        told["parent"], told["workers"] = own, children
    told["memory"] = float(_peak())
    if way != WAYS[0]:
        return told
    told["cache bytes"] = float(sum(f.stat().st_size for f in cache.folder.rglob("*.json")))
    told["summary"] = _taken(lambda: (out / "汇总.xlsx").write_bytes(summary_workbook(found)))
    told["dashboard"] = _taken(lambda: (out / "看板.html").write_text(dashboard_html(found)))
    told["summary bytes"] = float((out / "汇总.xlsx").stat().st_size)
    told["dashboard bytes"] = float((out / "看板.html").stat().st_size)
    told["memory with outputs"] = float(_peak())
    told["roll-up"] = _taken(lambda: read_summary(out / "汇总.xlsx"))
    told["second run"] = _taken(lambda: collected(folder, count, cache=cache))
    return told


@contextmanager
def _looking(way: str, out: Path) -> Iterator[tuple[Any, Callable[[], tuple[float, float]] | None]]:
    """How files are looked at, and how to learn the CPU seconds of workers and scheduler."""
    if not way.startswith("Dask"):
        yield None, None
        return
    from distributed import get_client

    from perfxl.batch.cluster import dask_cluster

    with dask_cluster(sys.argv[5], out / "parts", is_kept=True) as look:
        client = get_client()

        def spent() -> tuple[float, float]:
            workers = client.run(time.process_time).values()
            return sum(workers), client.run_on_scheduler(time.process_time)

        before = spent()
        yield look, lambda: tuple(n - b for n, b in zip(spent(), before, strict=True))  # type: ignore[return-value]


def _cpu() -> tuple[float, float]:
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime, children.ru_utime + children.ru_stime


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _taken(work: Callable[[], object]) -> float:
    """CPU seconds, those of processes that it started included."""
    start = sum(_cpu())
    work()
    return sum(_cpu()) - start


# ---------------------------------------------------------------- all of them


@contextmanager
def local_cluster() -> Iterator[str]:
    """Scheduler and workers in processes of their own; the scheduler's address."""
    code = (
        "import sys\nfrom distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        f"    with LocalCluster(n_workers={WORKERS}, threads_per_worker=1, host='127.0.0.1',"
        " dashboard_address='127.0.0.1:0', silence_logs=50) as made:\n"
        "        print(made.scheduler_address, flush=True)\n"
        "        sys.stdin.read()\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "cluster.py"
        script.write_text(code)
        with subprocess.Popen(
            [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        ) as running:  # fmt: skip
            assert running.stdin is not None
            assert running.stdout is not None
            yield running.stdout.readline().strip()
            running.stdin.close()


def in_own_process(way: str, folder: Path, count: int, address: str) -> dict[str, float]:
    """The figures of one way over one folder, from a process that did nothing else."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as out:
        command = [sys.executable, "-m", "benchmarks.scale", "--one", way, str(folder), out]
        done = subprocess.run([*command, address, str(count)], stdout=subprocess.PIPE, check=True)
        told: dict[str, float] = json.loads(done.stdout)
        parts = sum(f.stat().st_size for f in Path(out, "parts").glob("*.parquet"))
        return told | ({"parts bytes": float(parts)} if parts else {})


def main(counts: Sequence[int]) -> None:
    """Measure every way at every count and print tables and slopes."""
    figures: dict[tuple[str, int], dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as root, local_cluster() as address:
        folder = Path(root) / "returns"
        returns.write(folder, WARM)
        in_own_process(WAYS[2], folder, WARM, address)  # the workers load their modules
        for count in counts:
            shutil.rmtree(folder)
            size = returns.write(folder, count)
            for way in WAYS:
                figures[way, count] = in_own_process(way, folder, count, address)
            figures[WAYS[0], count]["returns bytes"] = float(size)
    _print(figures, counts)


def _slope(figures: dict[tuple[str, int], dict[str, float]], way: str, name: str) -> float:
    counts = sorted(count for known, count in figures if known == way)
    low, high = (figures[way, count][name] for count in (counts[0], counts[-1]))
    return (high - low) / (counts[-1] - counts[0])


def _print(figures: dict[tuple[str, int], dict[str, float]], counts: Sequence[int]) -> None:
    print("\n### Collect, by returns\n")
    print("| way | returns | parent CPU s | workers CPU s | parent peak MB | wall s |")
    print("|---|---:|---:|---:|---:|---:|")
    for (way, count), told in figures.items():
        cells = (told["parent"], told["workers"], told["memory"] / 1e6, told["collect wall"])
        print(f"| {way} | {count} | " + " | ".join(f"{value:.1f}" for value in cells) + " |")
    print("\n### Slopes: for each further return\n")
    print("| | parent CPU ms | workers CPU ms | scheduler CPU ms | parent memory KB |")
    print("|---|---:|---:|---:|---:|")
    for way in WAYS:
        names = ["parent", "workers", "scheduler", "memory"]
        scales = dict.fromkeys(names, 1e3) | {"memory": 1e-3}
        cells = [
            f"{_slope(figures, way, name) * scales[name]:.2f}"
            if name in figures[way, counts[0]] else ""
            for name in names
        ]  # fmt: skip
        print(f"| {way} | " + " | ".join(cells) + " |")
    print("\n### What follows\n")
    heads = " | ".join(f"{count:,}" for count in FORECAST)
    print(f"| | a return | {heads} |\n|---|---:|" + "---:|" * len(FORECAST))
    for title, way, name, scale, unit, big, big_unit in _FOLLOWS:
        each = _slope(figures, way, name)
        cells = " | ".join(f"{each * count * big:.1f} {big_unit}" for count in FORECAST)
        print(f"| {title} | {each * scale:.2f} {unit} | {cells} |")


_MINUTES, _GB = 1 / 60, 1e-9
_FOLLOWS = (
    ("check, one process: CPU", WAYS[0], "workers", 1e3, "ms", _MINUTES, "min"),
    ("collect's memory", WAYS[0], "memory", 1e-3, "KB", _GB, "GB"),
    ("with summary and dashboard: memory", WAYS[0], "memory with outputs", 1e-3, "KB", _GB, "GB"),
    ("summary: CPU", WAYS[0], "summary", 1e3, "ms", _MINUTES, "min"),
    ("dashboard: CPU", WAYS[0], "dashboard", 1e3, "ms", _MINUTES, "min"),
    ("reading a summary (roll-up): CPU", WAYS[0], "roll-up", 1e3, "ms", _MINUTES, "min"),
    ("second run, all cached: CPU", WAYS[0], "second run", 1e3, "ms", _MINUTES, "min"),
    ("Dask, what the parent does: CPU", WAYS[2], "parent", 1e3, "ms", _MINUTES, "min"),
    ("returns on disk", WAYS[0], "returns bytes", 1e-3, "KB", _GB, "GB"),
    ("cache on disk", WAYS[0], "cache bytes", 1e-3, "KB", _GB, "GB"),
    ("Parquet parts on disk", WAYS[2], "parts bytes", 1e-3, "KB", _GB, "GB"),
    ("summary on disk", WAYS[0], "summary bytes", 1e-3, "KB", _GB, "GB"),
    ("dashboard on disk", WAYS[0], "dashboard bytes", 1e-3, "KB", _GB, "GB"),
)

if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        place, out = Path(sys.argv[3]), Path(sys.argv[4])
        json.dump(measured(sys.argv[2], place, int(sys.argv[6]), out), sys.stdout)
    else:
        main([int(word) for word in sys.argv[1:]] or COUNTS)
