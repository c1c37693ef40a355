"""Texts of a sheet that tell figures, for rules that compare what is said with what is filled."""

import re
from collections.abc import Iterator

from perfxl.model.cells import CellType
from perfxl.model.form import Text
from perfxl.reader.tables.view import SheetView

_FIGURE = re.compile(
    r"\d\s*[百千万亿]?元|\d\s*[%％分]|其中|[合共总]计|分别|[个项条点类件起处][^，。]{0,12}[:：]"
)
_DIGIT = re.compile(r"\d")
MOST_TEXTS = 5_000  # a return holds some hundred; more is a list of another kind


def read_texts(view: SheetView) -> Iterator[Text]:
    """A visible sheet's texts that hold a figure in a unit, a list or a count, in order."""
    if view.sheet.state != "visible":
        return
    for row, columns in view.rows.items():
        for column in columns:
            cell = view.cell((row, column))
            if cell is None or cell.type is not CellType.TEXT:
                continue
            if _DIGIT.search(cell.raw) and _FIGURE.search(cell.raw):
                yield view.field((row, column))
