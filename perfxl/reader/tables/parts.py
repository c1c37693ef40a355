"""其中 rows: parts of the indicator above them, which must not be counted twice."""

from collections.abc import Sequence
from decimal import Decimal

from perfxl.model.form import Decision
from perfxl.reader.tables.rows import RowReading
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import fold

_MOST_PARTS = 8


def without_parts(
    view: SheetView, candidates: Sequence[list[RowReading]]
) -> tuple[list[list[RowReading]], list[Decision]]:
    """The rows that count, and what was left out.

    A row whose name begins with 其中 is a part of the indicator above; the rows below it are parts
    too as far as their caps and its own make up that indicator's cap.
    """
    kept: list[list[RowReading]] = []
    decisions: list[Decision] = []
    index = 0
    while index < len(candidates):
        whole = kept[-1][0] if kept else None
        if whole is None or whole.leaf_level is None or not _is_part(view, candidates[index][0]):
            kept.append(candidates[index])
            index += 1
            continue
        count = _count_parts(view, whole, [options[0] for options in candidates[index:]])
        decisions.append(_decision(view, whole, candidates[index : index + count]))
        index += count
    return kept, decisions


def _name(view: SheetView, reading: RowReading) -> str:
    level = reading.leaf_level
    spot = reading.names[level] if level is not None else None
    return view.text(spot) if spot else ""


def _is_part(view: SheetView, reading: RowReading) -> bool:
    return fold(_name(view, reading)).startswith("其中")


def _cap(view: SheetView, reading: RowReading) -> Decimal | None:
    return view.number(reading.leaf_cap).value if reading.leaf_cap else None


def _count_parts(view: SheetView, whole: RowReading, below: Sequence[RowReading]) -> int:
    """How many rows are parts: those that say so, and on as far as the whole's cap is made up."""
    said = next((i for i, row in enumerate(below) if not _is_part(view, row)), len(below))
    wanted, sum_ = _cap(view, whole), Decimal(0)
    for count, row in enumerate(below[:_MOST_PARTS], 1):
        opens_group = count > 1 and any(row.names[: (row.leaf_level or 0)])
        cap = _cap(view, row)
        if cap is None or opens_group:
            break
        sum_ += cap
        if sum_ == wanted:
            return max(count, said)
    return said


def _decision(view: SheetView, whole: RowReading, parts: Sequence[list[RowReading]]) -> Decision:
    first, last = parts[0][0].row, parts[-1][0].row
    rows = f"第{first}行" if first == last else f"第{first}至{last}行"
    level = parts[0][0].leaf_level or 0
    spot = parts[0][0].names[level] or (first, 1)
    message = f"{rows}是“{_name(view, whole)}”的其中项，不另计分"
    return Decision("part-row", view.place(spot), message)
