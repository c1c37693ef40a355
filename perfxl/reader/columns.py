"""Column definitions: one element may speak for 16,384 columns, so only used ones are kept."""

from typing import NamedTuple

from perfxl.model.address import MAX_COLUMN
from perfxl.model.cells import Sheet
from perfxl.reader.budget import Budget
from perfxl.reader.xml_part import Attributes, is_true, whole


class ColumnSpan(NamedTuple):
    """Columns defined together, both ends included; `width` is None where none is set."""

    first: int
    last: int
    width: float | None
    is_hidden: bool


def column_span(attributes: Attributes) -> ColumnSpan | None:
    """The columns of a `col` element; None when it names none of the grid."""
    first, last = whole(attributes.get("min")), whole(attributes.get("max"))
    if not first or not last or first > last:
        return None
    try:
        width = float(attributes["width"])
    except (KeyError, ValueError):
        width = None
    if width is not None and not 0 <= width <= 255:
        width = None
    is_hidden = is_true(attributes.get("hidden")) or width == 0
    return ColumnSpan(first, min(last, MAX_COLUMN), width, is_hidden)


def apply_columns(sheet: Sheet, spans: list[ColumnSpan], budget: Budget) -> None:
    """Write widths and hidden columns into the sheet, up to its last used column.

    Definitions that overlap wildly are followed no further than the budget goes.
    """
    if not spans:
        return
    used = max((column for _, column in sheet.cells), default=0)
    used = max(used, max((area.right for area in sheet.merges), default=0))
    for span in spans:
        columns = range(span.first, min(span.last, used) + 1)
        budget.columns -= len(columns)
        if budget.columns < 0:
            return
        if span.width is not None:
            sheet.widths.update(dict.fromkeys(columns, span.width))
        if span.is_hidden:
            sheet.hidden_columns.update(columns)
