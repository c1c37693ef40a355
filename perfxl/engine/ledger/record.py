"""What `why` tells of one workbook."""

from dataclasses import dataclass

from perfxl.engine.ledger.entry import Entry
from perfxl.model.report import SchemeRef


@dataclass(frozen=True, slots=True)
class TracedTable:
    """The ledgers of one score table: from its total down, and of its grade where it has one."""

    sheet: str
    scheme: SchemeRef | None
    total: Entry
    grade: Entry | None = None


@dataclass(frozen=True, slots=True)
class TracedFile:
    """The ledgers of a workbook, one for each score table; none where it has no such table."""

    path: str
    sha256: str
    unit: str
    year: str
    tables: tuple[TracedTable, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that was asked for, with the table it belongs to."""

    table: TracedTable
    entry: Entry
