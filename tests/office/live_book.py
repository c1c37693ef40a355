"""A book open in LibreOffice while live mode works on it, and what it holds afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perfxl.addin.actions import Request
from perfxl.addin.changes import Action
from perfxl.addin.escapes import unescaped
from perfxl.addin.job import DONE_FILE
from perfxl.addin.live.attach import Attached, attach
from perfxl.addin.live.handover import WAITING_FILE
from perfxl.addin.live.read import read_open_book
from perfxl.addin.live.run import run_live
from perfxl.addin.live.steady import Patience
from perfxl.cli.options import options_beside
from perfxl.model.address import to_a1
from perfxl.model.annotation import is_our_format
from perfxl.model.cells import Book
from tests.office.session import Office
from tests.office.xlwings_engine import engine

IMPATIENT = Patience(attempts=2, sleep=lambda _seconds: None)


@dataclass(frozen=True, slots=True)
class Told:
    """What a button ended with: exit status, the line of `done.txt`, the message."""

    status: int
    line: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell that is not blank, as the program shows it; row and column from 1."""

    row: int
    column: int
    text: str
    formula: str


@dataclass(slots=True)
class LiveBook:
    """One open book."""

    path: Path
    document: Any
    office: Office
    jobs: list[Path] = field(default_factory=list)

    def press(self, action: Action, sheet: str = "", cell: str = "") -> Told:
        """Press a button and wait for its end."""
        folder = self.path.parent / f"作业 {len(self.jobs)}"
        awaited(folder)
        self.jobs.append(folder)
        request = Request(action, self.path, sheet, cell)
        status = run_live(
            request, folder, lambda: options_beside(self.path), window=engine.WINDOW,
            patience=IMPATIENT,
        )  # fmt: skip
        return told(folder, status)

    def attached(self) -> Attached:
        """The book as live mode holds it."""
        return attach(str(self.path), engine.WINDOW, IMPATIENT)

    def grid(self) -> Book:
        """The book as live mode reads it."""
        attached = self.attached()
        return read_open_book(attached.application, attached.workbook)

    def sheets(self) -> list[str]:
        """The sheets in tab order."""
        return list(self.document.Sheets.ElementNames)

    def cell(self, sheet: str, address: str) -> Any:
        """One cell."""
        return self.document.Sheets.getByName(sheet).getCellRangeByName(address)

    def shown(self, sheet: str) -> list[Shown]:
        """The cells of a sheet that are not blank, row by row."""
        held = self.document.Sheets.getByName(sheet)
        cursor = held.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        cells = [
            (row, column, held.getCellByPosition(column, row))
            for row in range(end.EndRow + 1)
            for column in range(end.EndColumn + 1)
        ]
        return [
            Shown(r + 1, c + 1, cell.String, cell.Formula) for r, c, cell in cells if cell.String
        ]

    def notes(self, sheet: str) -> dict[str, str]:
        """The notes of a sheet by their cells."""
        notes = self.document.Sheets.getByName(sheet).Annotations
        found = [notes.getByIndex(number) for number in range(notes.Count)]
        return {to_a1(n.Position.Row + 1, n.Position.Column + 1): str(n.String) for n in found}

    def our_fills(self, sheet: str) -> dict[str, str]:
        """The fill of each cell that a conditional format of ours colours, as RRGGBB."""
        held = self.document.Sheets.getByName(sheet).ConditionalFormats.getConditionalFormats()
        styles = self.document.StyleFamilies.getByName("CellStyles")
        fills: dict[str, str] = {}
        for one in held:
            entry = one.getByIndex(0)
            # Data bars and such have no formula.
            if entry.getType() or not is_our_format(entry.Formula1):
                continue
            color = f"{styles.getByName(entry.StyleName).CellBackColor:06X}"
            for a in one.Range.RangeAddresses:
                for row in range(a.StartRow, a.EndRow + 1):
                    for column in range(a.StartColumn, a.EndColumn + 1):
                        fills[to_a1(row + 1, column + 1)] = color
        return fills


@contextmanager
def live_book(office: Office, path: Path, *, read_only: bool = False) -> Iterator[LiveBook]:
    """The file open in the program, known to xlwings; closed unsaved."""
    engine.activate(office.desktop)
    document = office.open(path, read_only=read_only)
    book = LiveBook(path, document, office)
    try:
        yield book
    finally:
        book.document.close(True)
        engine.deactivate()


def awaited(folder: Path) -> Path:
    """A job's folder as the macro hands it over."""
    folder.mkdir(exist_ok=True)
    (folder / WAITING_FILE).touch()
    return folder


def told(folder: Path, status: int) -> Told:
    """What `done.txt` in a job's folder says."""
    line, text = (folder / DONE_FILE).read_text(encoding="ascii").splitlines()
    return Told(status, line, unescaped(text))
