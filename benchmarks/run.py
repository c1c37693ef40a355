"""Measures perfxl beside its peers: CPU time, interleaved in one run, medians and ratios.

Run from the repository's root: `python -m benchmarks.run`. Prints a Markdown table.
"""

import gc
import os
import re
import resource
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

from perfxl.render.page import marks, result_page

from benchmarks import peers
from perfxl.engine.selection import select_rules
from perfxl.pipeline import Options, check_file
from perfxl.reader.workbook import read_book
from perfxl.scheme.find import example_files
from perfxl.writer.annotate import annotate

ROUNDS = 25
COLD_ROUNDS = 9
_PARTS = re.compile(
    r"xl/(workbook|sharedStrings|styles|worksheets/sheet\d+)\.xml|xl/_rels/workbook\.xml\.rels"
)
_ROOT = Path(__file__).resolve().parent.parent


def expat_floor(path: Path) -> None:
    """The least any reader pays: inflate the parts and run expat without handlers."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if _PARTS.fullmatch(name):
                expat.ParserCreate().Parse(package.read(name), True)


def interleaved(jobs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median CPU milliseconds of each job, the jobs taking turns."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            gc.collect()
            start = time.process_time()
            job()
            taken[name].append((time.process_time() - start) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def cold(commands: dict[str, list[str]]) -> dict[str, float]:
    """Median CPU milliseconds of whole processes, taking turns."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    environment = dict(os.environ, PYTHONPATH=str(_ROOT))
    for _ in range(COLD_ROUNDS):
        for name, command in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            taken[name].append(spent * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def table(title: str, figures: dict[str, float], ours: str) -> None:
    """Print the medians and each one's ratio to ours."""
    print(f"\n### {title}\n\n| | CPU ms | ours is |\n|---|---:|---:|")
    for name, value in figures.items():
        ratio = "" if name == ours else f"{value / figures[ours]:.2f}× of it"
        if name != ours:
            ratio = f"{value / figures[ours]:.1f}× faster" if value > figures[ours] else (
                f"{figures[ours] / value:.1f}× slower")  # fmt: skip
        print(f"| {name} | {value:.2f} | {ratio} |")


def main() -> None:
    """Run every comparison on the examples that come with the schemes."""
    options = Options(select_rules((), ()))
    for path in example_files():
        data = path.read_bytes()
        checked = check_file(path, options)
        page = result_page(checked.entries)
        found = [mark for entry in checked.entries for mark in marks(entry)]
        print(f"\n## {path.parent.parent.name} ({len(data) / 1024:.0f} KB)")
        table(
            "Read one workbook",
            interleaved(
                {
                    "expat floor": lambda path=path: expat_floor(path),
                    "perfxl": lambda path=path: read_book(path),
                    "pandas + openpyxl (values only)": lambda path=path: peers.read_frames(path),
                    "openpyxl, two loads": lambda path=path: peers.read_twice(path),
                }
            ),
            "perfxl",
        )
        table(
            "Check one workbook, warm",
            interleaved(
                {
                    "perfxl": lambda path=path: check_file(path, options),
                    "openpyxl, two loads, before any check": lambda path=path: peers.read_twice(
                        path
                    ),
                }
            ),
            "perfxl",
        )
        table(
            "Annotate",
            interleaved(
                {
                    "perfxl": lambda data=data, found=found, page=page: annotate(data, found, page),
                    "openpyxl load and save": lambda data=data, found=found: peers.annotate(
                        data, found
                    ),
                }
            ),
            "perfxl",
        )
        table(
            "Cold start: one check in a fresh process",
            cold(
                {
                    "bare Python": [sys.executable, "-c", "pass"],
                    "perfxl check": [sys.executable, "-m", "perfxl", "check", str(path)],
                    "the same over openpyxl": [
                        sys.executable, "-m", "benchmarks.cold_peer", str(path),
                    ],
                }
            ),
            "perfxl check",
        )  # fmt: skip


if __name__ == "__main__":
    main()
