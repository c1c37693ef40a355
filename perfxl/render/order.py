"""The entries of a report in the order and under the names that people look for."""

from collections.abc import Sequence
from pathlib import PurePath

from perfxl.model.finding import Severity
from perfxl.model.report import Entry, Outcome

_RANKS = {Outcome.UNREADABLE: 0, Outcome.FAIL: 1, Outcome.PASS: 2}


def worst_first(entries: Sequence[Entry]) -> list[Entry]:
    """What could not be read, then most 必改, 请核实, 提示 and points lost; then by name."""
    return sorted(entries, key=_badness)


def _badness(entry: Entry) -> tuple[object, ...]:
    counts = [-entry.count(severity) for severity in Severity]
    lost = -sum(shortfall.lost for shortfall in entry.shortfalls)
    return (_RANKS[entry.outcome], *counts, lost, entry.path, entry.member or "", entry.sheet)


def files_of(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries of each file together, in the order given."""
    files: dict[tuple[str, str | None], list[Entry]] = {}
    for entry in entries:
        files.setdefault((entry.path, entry.member), []).append(entry)
    return list(files.values())


def file_name(entry: Entry) -> str:
    """The file's own name, inside a zip that of the member."""
    return PurePath(entry.member or entry.path).name


def file_path(entry: Entry) -> str:
    """The file as the user named it, and its path inside a zip."""
    return f"{entry.path}（压缩包内 {entry.member}）" if entry.member else entry.path


def entry_name(entry: Entry) -> str:
    """File and sheet: 送审/自评表.xlsx > 评分表."""
    return f"{file_path(entry)} > {entry.sheet}" if entry.sheet else file_path(entry)
