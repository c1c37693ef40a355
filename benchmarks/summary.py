"""Measures the summary workbook beside the same tables written cell by cell: CPU seconds.

Run from the repository's root: `python -m benchmarks.summary`. Prints Markdown tables.
"""

import io
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import xlsxwriter

from perfxl.batch.dashboard.page import dashboard_html
from perfxl.batch.model import Collection
from perfxl.batch.summary.rollup import read_summary
from perfxl.batch.summary.table import Table
from perfxl.batch.summary.workbook import summary_tables, summary_workbook
from tests.unit.batch.summary import rounds

SIZES = (1_000, 5_000)
_ROUNDS = 3
_DISTRICTS = 12


def collection(count: int) -> Collection:
    """A round of so many returns: checked forms of eleven kinds, each with reasons of its own."""
    kinds = [rounds.entry(number) for number in range(8)]
    kinds += [
        rounds.entry(1, rounds.half_in_words),
        rounds.entry(2, rounds.zero),
        rounds.entry(3, rounds.blank),
    ]
    outcomes = []
    for number in range(count):
        entry = kinds[number % len(kinds)]
        told = tuple(replace(s, reason=f"{s.reason}第{number}份") for s in entry.shortfalls)
        path = f"回收/{number}_自评表.xlsx"
        district = f"第{number % _DISTRICTS}区"
        filed = replace(entry, path=path, shortfalls=told)
        outcomes.append(rounds.filed(str(100_000 + number), filed, district=district))
    return rounds.collection(*outcomes)


def by_xlsxwriter(tables: Sequence[Table]) -> bytes:
    """The tables cell by cell in constant memory, one format a column, links left out."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True, "strings_to_formulas": False})
    look = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    for table in tables:
        sheet = book.add_worksheet(table.name)
        for row, values in enumerate(table.rows[: table.most]):
            sheet.set_row(row, 18)
            for column, value in enumerate(values):
                if value is None:
                    sheet.write_blank(row, column, None, look)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value, look)
                else:
                    sheet.write(row, column, value, look)
    book.close()
    return buffer.getvalue()


def by_openpyxl(tables: Sequence[Table]) -> bytes:
    """The tables row by row, write-only and without any format."""
    book = openpyxl.Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.name)
        for values in table.rows[: table.most]:
            sheet.append(values)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _taken(jobs: dict[str, Callable[[], object]]) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(_ROUNDS):
        for name, job in jobs.items():
            start = time.process_time()
            job()
            taken[name].append(time.process_time() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def measure(count: int) -> None:
    """One round."""
    whole = collection(count)
    tables = summary_tables(whole)
    cells = sum(len(table.columns) * min(len(table.rows), table.most) for table in tables)
    page = len(dashboard_html(whole).encode()) / 1e6
    ours = "perfxl: tables made, formats, links, charts, data sheet"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "汇总.xlsx"
        path.write_bytes(summary_workbook(whole, folder=Path("汇总").absolute()))
        figures = _taken(
            {
                ours: lambda: summary_workbook(whole, folder=Path("汇总").absolute()),
                "XlsxWriter, tables given": lambda: by_xlsxwriter(tables),
                "openpyxl write-only, tables given": lambda: by_openpyxl(tables),
                "dashboard": lambda: dashboard_html(whole),
                "perfxl: read back, visible sheets compared": lambda: read_summary(path),
            }
        )
    print(f"\n### Summary of {count:,} returns, {cells:,} cells; dashboard {page:.1f} MB\n")
    print("| | CPU s | beside ours |\n|---|---:|---:|")
    for name, value in figures.items():
        print(f"| {name} | {value:.2f} | {value / figures[ours]:.2f}× |")


if __name__ == "__main__":
    for size in SIZES:
        measure(size)
