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
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from benchmarks import peers
from perfxl.batch.distribute import Printer
from perfxl.batch.model import Round, Unit
from perfxl.engine.selection import select_rules
from perfxl.pipeline import Options, check_file
from perfxl.reader.workbook import read_book
from perfxl.render.page import marks, result_page
from perfxl.scheme.find import example_files, scheme_folder
from perfxl.writer.annotate import annotate
from tests.forms.rich import write_rich

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
    with tempfile.TemporaryDirectory() as cache:
        # Modules compiled beforehand, as on any machine where the program ran once.
        environment = dict(os.environ, PYTHONPATH=str(_ROOT), PYTHONPYCACHEPREFIX=cache)
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for command in commands.values():
            subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=False)
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
    print(f"\n### {title}\n\n| | CPU ms | beside ours |\n|---|---:|---:|")
    for name, value in figures.items():
        print(f"| {name} | {value:.2f} | {value / figures[ours]:.2f}× |")


def samples(folder: Path) -> Iterator[tuple[str, Path]]:
    """The examples that come with the schemes, and a return laden with everything Excel keeps."""
    for path in example_files():
        yield path.parent.parent.name, path
    rich = folder / "rich.xlsx"
    write_rich(rich)
    yield "laden return", rich


def measure(path: Path) -> None:
    """Every comparison on one workbook."""
    options = Options(select_rules())
    data = path.read_bytes()
    checked = check_file(path, options)
    page = result_page(checked.entries)
    found = [mark for entry in checked.entries for mark in marks(entry)]
    table(
        "Read one workbook",
        interleaved(
            {
                "perfxl, gate included": lambda: read_book(path),
                "expat without handlers, the floor": lambda: expat_floor(path),
                "pandas over openpyxl, values only": lambda: peers.read_frames(path),
                "openpyxl, two loads": lambda: peers.read_twice(path),
            }
        ),
        "perfxl, gate included",
    )
    table(
        "Check one workbook, warm",
        interleaved(
            {
                "perfxl, read and judged": lambda: check_file(path, options),
                "openpyxl, only read": lambda: peers.read_twice(path),
            }
        ),
        "perfxl, read and judged",
    )
    table(
        "Annotate",
        interleaved(
            {
                "perfxl": lambda: annotate(data, found, page),
                "openpyxl, load and save": lambda: peers.annotate(data, found),
            }
        ),
        "perfxl",
    )
    table(
        "One check in a fresh process",
        cold(
            {
                "perfxl check": [sys.executable, "-m", "perfxl", "check", str(path)],
                "bare Python": [sys.executable, "-c", "pass"],
                "the same over openpyxl": [
                    sys.executable,
                    "-m",
                    "benchmarks.cold_peer",
                    str(path),
                ],
            }
        ),
        "perfxl check",
    )


def measure_copies() -> None:
    """One copy of a scheme's form for a unit, the form at hand."""
    printer = Printer(scheme_folder("guangzhou-2022"), Round(2024))
    unit = Unit("101", "某区应急管理局")
    peer = peers.LoadedOnce(printer.print(unit, "0"))
    table(
        "Copy of a form for one unit",
        interleaved(
            {
                "perfxl, stamped": lambda: printer.print(unit, "0123456789ABCDEF"),
                "openpyxl, loaded once": lambda: peer.print(unit.name),
            }
        ),
        "perfxl, stamped",
    )


def main() -> None:
    """Measure every sample and print Markdown."""
    measure_copies()
    with tempfile.TemporaryDirectory() as folder:
        for name, path in samples(Path(folder)):
            print(f"\n## {name} ({path.stat().st_size / 1024:.0f} KB)")
            measure(path)


if __name__ == "__main__":
    main()
