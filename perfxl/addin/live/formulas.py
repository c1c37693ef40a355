"""Formulas written into an open book in blocks, with what stood there kept for taking back."""

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


def put_formulas(workbook: Any, formulas: Sequence[PutFormula], former: list[Former]) -> None:
    """Write formulas, each run of cells below one another in one call.

    What stood in a run is appended to `former` before the run is written.
    """
    for sheet_name, area, texts in _runs(formulas):
        cells = workbook.Worksheets.Item(sheet_name).Range(area.a1)
        values, before = rows_of(cells.Value2, area), rows_of(cells.Formula, area)
        contents = tuple((_content(v[0], f[0]),) for v, f in zip(values, before, strict=True))
        former.append(Former(cells, contents))
        _write(cells, area, tuple((text,) for text in texts))


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


def _runs(formulas: Sequence[PutFormula]) -> Iterator[tuple[str, Area, list[str]]]:
    """The formulas in runs of cells of a column that follow one another."""
    sheet, area, texts = "", Area(0, 0, 0, 0), list[str]()
    for one in sorted(formulas, key=_by_column):
        row, column = from_a1(one.cell)
        if one.sheet == sheet and column == area.left and row == area.bottom + 1:
            area = area._replace(bottom=row)
            texts.append(one.formula)
            continue
        if texts:
            yield sheet, area, texts
        sheet, area, texts = one.sheet, Area(row, column, row, column), [one.formula]
    if texts:
        yield sheet, area, texts


def _by_column(one: PutFormula) -> tuple[str, int, int]:
    row, column = from_a1(one.cell)
    return one.sheet, column, row
