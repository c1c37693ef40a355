"""Measures a collection beside the same over openpyxl and pandas: files a second, peak memory.

    python -m benchmarks.collect --files 10000

Makes the returns, collects them with the summary workbook by as many processes as asked for, and
lets the peers do their part on a sample, the jobs taking turns. Prints a Markdown table.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import returns

_ROOT = Path(__file__).resolve().parent.parent
_EVERY = 0.05  # seconds between looks at the memory
_JOBS = {
    "perfxl": "perfxl: every file checked, chosen, summed up",
    "values": "openpyxl and pandas: totals of stored values, one load",
    "formulas": "openpyxl and pandas: values and formulas, two loads",
    "frames": "pandas alone: every sheet a frame",
}


@dataclass(frozen=True, slots=True)
class Spent:
    """What a job took.

    Attributes:
        files: how many.
        wall: seconds by the clock.
        processor: seconds of the processors.
        memory: bytes at most of all its processes together.
        first: bytes at most of the first.
        largest: bytes at most of the largest of the others.
    """

    files: int
    wall: float
    processor: float
    memory: int
    first: int
    largest: int


def run_perfxl(folder: Path, output: Path, count: int, workers: int) -> None:
    """A collection with everything but the writing of pages."""
    from benchmarks.round import collected
    from perfxl.batch.summary.workbook import summary_workbook

    collection = collected(folder, count, workers=workers)
    states = Counter(outcome.state.value for outcome in collection.outcomes)
    output.write_bytes(summary_workbook(collection))
    print(dict(states), file=sys.stderr)


def run_job(name: str, folder: Path, output: Path, count: int, workers: int) -> None:
    """What the measured process does."""
    if name == "perfxl":
        run_perfxl(folder, output, count, workers)
        return
    from benchmarks import collect_peer as peer

    reads: dict[str, Callable[[Path], peer.Row]] = {
        "values": peer.values_only,
        "formulas": peer.values_and_formulas,
        "frames": peer.frames,
    }
    print(peer.collect(folder, output, reads[name], workers), "read", file=sys.stderr)


def measure(name: str, folder: Path, count: int, workers: int) -> Spent:
    """Run a job in a process of its own and watch it."""
    with tempfile.TemporaryDirectory() as place:
        output = Path(place) / "汇总.xlsx"
        command = [sys.executable, "-m", "benchmarks.collect", "--job", name]
        command += ["--files", str(count), "--workers", str(workers)]
        command += ["--folder", str(folder), "--output", str(output)]
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=_ROOT)
        highest: Counter[int] = Counter()
        together = 0
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            now = _resident(process.pid)
            together = max(together, sum(now.values()))
            for one, size in now.items():
                highest[one] = max(highest[one], size)
            time.sleep(_EVERY)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode or not output.stat().st_size:
            raise SystemExit(f"{name} failed")
        others = [size for one, size in highest.items() if one != process.pid]
        return Spent(count, wall, used.ru_utime + used.ru_stime, together, highest[process.pid],
                     max(others, default=0))  # fmt: skip


def _resident(root: int) -> dict[int, int]:
    """Bytes in memory of a process and of all below it; what they share counts in each."""
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    page = os.sysconf("SC_PAGE_SIZE")
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)], sizes[int(entry.name)] = int(stat[1]), int(stat[21]) * page
    family, size = {root}, 0
    while len(family) != size:
        size = len(family)
        family |= {pid for pid, parent in parents.items() if parent in family}
    return {pid: sizes[pid] for pid in family if pid in sizes}


def compare(files: int, sample: int, rounds: int, workers: int) -> None:
    """Every job in turn, some rounds; print the medians."""
    with tempfile.TemporaryDirectory() as place:
        whole, part = Path(place) / "whole", Path(place) / "part"
        size = returns.write(whole, files)
        returns.write(part, sample)
        taken: dict[str, list[Spent]] = {name: [] for name in _JOBS}
        for _ in range(rounds):
            for name in _JOBS:
                job = (whole, files) if name == "perfxl" else (part, sample)
                taken[name].append(measure(name, *job, workers))
    each = f"{files} returns of {size / files / 1024:.0f} KB, {workers} processes"
    print(f"\n{each}; the peers on {sample}; medians of {rounds}\n")
    heads = ("files a second", "CPU ms a file", "beside ours", "peak MB", "first", "largest other")
    print(f"| | {' | '.join(heads)} |\n|---|{'---:|' * len(heads)}")
    ours = _median(taken["perfxl"], lambda one: one.processor / one.files)
    for name, runs in taken.items():
        cost = _median(runs, lambda one: one.processor / one.files)
        figures = (
            f"{_median(runs, lambda one: one.files / one.wall):.1f}",
            f"{cost * 1000:.1f}",
            f"{cost / ours:.2f}×",
            f"{_median(runs, lambda one: one.memory) / 2**20:.0f}",
            f"{_median(runs, lambda one: one.first) / 2**20:.0f}",
            f"{_median(runs, lambda one: one.largest) / 2**20:.0f}",
        )
        print(f"| {_JOBS[name]} | {' | '.join(figures)} |")


def _median(runs: list[Spent], get: Callable[[Spent], float]) -> float:
    return statistics.median(map(get, runs))


def main() -> None:
    """Compare, or do one job for the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--job", choices=list(_JOBS))
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--output", type=Path)
    told = parser.parse_args()
    if told.job:
        run_job(told.job, told.folder, told.output, told.files, told.workers)
    else:
        compare(told.files, told.sample, told.rounds, told.workers)


if __name__ == "__main__":
    main()
