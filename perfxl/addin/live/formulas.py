"""Formulas written into an open book in blocks, with what stood there kept for taking back."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from perfxl.addin.changes import PutFormula
from perfxl.addin.live.blocks import rows_of
from perfxl.model.address import Area, from_a1

_TEXT = "@"
_GENERAL = "General"


@dataclass(frozen=True, slots=True)
class Former:
    """What stood in a run of cells: formulas, or values where there was no formula."""

    cells: Any
    contents: tuple[tuple[Any], ...]

    def restore(self) -> None:
        """Put it back."""
        self.cells.Value2 = self.contents


def put_formulas(
    workbook: Any, formulas: Sequence[PutFormula], former: list[Former]
) -> list[PutFormula]:
    """Write formulas, each run of cells below one another in one call.

    What stood in a run is appended to `former` before the run is written. Cells that hold
    something else than when they were read are left alone and given back.
    """
    standing, typed = _parted(workbook, formulas)
    for run in _runs(standing):
        cells = run.cells(workbook)
        contents = tuple((_content(value, formula),) for value, formula in _held(cells, run.area))
        former.append(Former(cells, contents))
        _write(cells, run.area, tuple((one.formula,) for one in run.formulas))
    return typed


def _parted(
    workbook: Any, formulas: Sequence[PutFormula]
) -> tuple[list[PutFormula], list[PutFormula]]:
    """The formulas whose cells are as they were read, and the others."""
    standing, typed = list[PutFormula](), list[PutFormula]()
    for run in _runs(formulas):
        held = _held(run.cells(workbook), run.area)
        for one, (value, formula) in zip(run.formulas, held, strict=True):
            (standing if _still_stands(one.stood, value, formula) else typed).append(one)
    return standing, typed


def _held(cells: Any, area: Area) -> Iterator[tuple[Any, Any]]:
    """Value and formula of each cell of a run."""
    values, formulas = rows_of(cells.Value2, area), rows_of(cells.Formula, area)
    return ((v[0], f[0]) for v, f in zip(values, formulas, strict=True))


def _still_stands(stood: str, value: Any, formula: Any) -> bool:
    if isinstance(formula, str) and formula.startswith("="):
        return False
    if value is None or isinstance(value, str):
        return (value or "").strip() == stood
    try:
        return math.isclose(float(value), float(stood), rel_tol=1e-9, abs_tol=1e-9)
    except ValueError:
        return False


def _write(cells: Any, area: Area, block: tuple[tuple[str], ...]) -> None:
    code = cells.NumberFormat
    if code == _TEXT or code is None:
        # In a cell formatted as text Excel would keep the formula as a text.
        for at, (text,) in enumerate(block, 1):
            cell = cells.Cells.Item(at, 1)
            own = cell.NumberFormat
            if own == _TEXT:
                cell.NumberFormat = _GENERAL
            cell.Formula = text
            if own == _TEXT:
                cell.NumberFormat = own
        return
    cells.Formula = block if area.top < area.bottom else block[0][0]


def _content(value: Any, formula: Any) -> Any:
    if isinstance(formula, str) and formula.startswith("="):
        return formula
    if value is None:
        return ""  # None within a block is not surely a blank
    # A text that looks like a number must stay one.
    return f"'{value}" if isinstance(value, str) and value else value


@dataclass(frozen=True, slots=True)
class _Run:
    """Formulas for cells of a column that follow one another."""

    sheet: str
    area: Area
    formulas: tuple[PutFormula, ...]

    def cells(self, workbook: Any) -> Any:
        return workbook.Worksheets.Item(self.sheet).Range(self.area.a1)


def _runs(formulas: Sequence[PutFormula]) -> Iterator[_Run]:
    """The formulas in runs."""
    run: _Run | None = None
    for one in sorted(formulas, key=_by_column):
        row, column = from_a1(one.cell)
        if run and (one.sheet, column) == (run.sheet, run.area.left) and row == run.area.bottom + 1:
            run = _Run(run.sheet, run.area._replace(bottom=row), (*run.formulas, one))
            continue
        if run:
            yield run
        run = _Run(one.sheet, Area(row, column, row, column), (one,))
    if run:
        yield run


def _by_column(one: PutFormula) -> tuple[str, int, int]:
    row, column = from_a1(one.cell)
    return one.sheet, column, row
