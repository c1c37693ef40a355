"""Paper on which a sheet with charts fits whole, so that no chart falls between two pages.

Page breaks will not do: Excel pays them no heed where a sheet is fitted to pages, and how wide a
column comes out depends on the fonts of the machine.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from perfxl.batch.summary.rows import row_height
from perfxl.batch.summary.table import Column, Table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TITLE, SECTION, HEAD, ROW = 43.0, 24.0, 33.75, 15.0  # points of what stands on a sheet
PIXEL = 0.75
_LETTER, _GAP = 5.25, 3.75  # points of a column's letter, and beside its letters
_SMALLEST = 0.7  # of the size on the screen; text of 10.5 pt is then still read with ease
_A4, _A3 = 9, 8
# Number, on its side or upright, points across and down within the margins.
_PAPERS = ((_A4, True, 750, 500), (_A4, False, 505, 740), (_A3, False, 750, 1080))


def table_height(table: Table) -> float:
    """Points of a table with its heads."""
    return HEAD + sum(row_height(values, table.columns) for values in table.rows)


def fit_on_one_page(sheet: "Worksheet", columns: Sequence[Column], height: float) -> None:
    """The smallest paper on which all of a sheet is still easily read.

    Where none will do, pages of the largest follow one another: what comes first is on the first.
    """
    width = sum(column.width * _LETTER + _GAP for column in columns)

    def scale(across: int, down: int) -> float:
        return min(across / width, down / height)

    fitting = (paper for paper in _PAPERS if scale(*paper[2:]) >= _SMALLEST)
    paper, is_landscape, across, down = next(fitting, _PAPERS[-1])
    sheet.set_paper(paper)
    if is_landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.fit_to_pages(1, int(scale(across, down) >= _SMALLEST))
