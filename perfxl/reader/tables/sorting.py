"""The rows under a heading, sorted by what they are: indicators, subtotals, total, grade."""

from dataclasses import dataclass, field

from perfxl.reader.tables.headings import Heading, repeats
from perfxl.reader.tables.rows import RowReading, read_row
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import Vocabulary

_LABEL_CELLS = 3  # a closing row is labelled in one of its first cells


@dataclass(slots=True)
class TableRows:
    """The rows of a score table.

    `candidates` holds the readings of every row that may belong to the tree, `headings` the
    heading a row stands under; `total`, `grade` and `subtotals` are (row, column of the label).
    """

    candidates: list[list[RowReading]] = field(default_factory=list)
    headings: dict[int, Heading] = field(default_factory=dict)
    total: tuple[int, int] | None = None
    grade: tuple[int, int] | None = None
    subtotals: list[tuple[int, int]] = field(default_factory=list)
    last: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether the total or the grade has been met: what follows are notes and signatures."""
        return self.total is not None or self.grade is not None


def sort_rows(
    view: SheetView, headings: list[Heading], vocabulary: Vocabulary
) -> tuple[TableRows, int]:
    """Sort the rows of the table that the first heading opens.

    Returns:
        The rows, and how many of the headings were used: one printed again on a new page carries
        the table on, any other one ends it.
    """
    rows, used, heading = TableRows(last=headings[0].bottom), 1, headings[0]
    for row in view.rows:
        if row <= heading.bottom:
            continue
        if used < len(headings) and row >= headings[used].top:
            if rows.is_closed or not repeats(heading, headings[used]):
                break
            heading, used = headings[used], used + 1
            if row <= heading.bottom:
                continue
        if not _close(rows, view, row, vocabulary) and not rows.is_closed:
            _add_candidate(rows, view, heading, row)
    return rows, used


def _add_candidate(rows: TableRows, view: SheetView, heading: Heading, row: int) -> None:
    if view.rows[row][-1] < heading.first_column:
        return
    readings = read_row(view, heading, row)
    rows.candidates.append(readings)
    rows.headings[row] = heading
    if any(reading.leaf_level is not None for reading in readings):
        rows.last = row


def _close(rows: TableRows, view: SheetView, row: int, vocabulary: Vocabulary) -> bool:
    """Note a row that closes something; whether it did."""
    kind, column = _closing(view, row, vocabulary)
    if not kind:
        return False
    if kind == "subtotal":
        rows.subtotals.append((row, column))
    elif kind == "total":
        rows.total = rows.total or (row, column)
        beside = _grade_beside(view, row, vocabulary)
        rows.grade = rows.grade or beside
    else:
        rows.grade = rows.grade or (row, column)
    rows.last = row
    return True


def _closing(view: SheetView, row: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """What a row closes by its first texts, and the column of the label; "" for nothing."""
    for column in view.rows[row][:_LABEL_CELLS]:
        text = view.text((row, column))
        if vocabulary.is_total(text):
            return "total", column
        if vocabulary.is_subtotal(text):
            return "subtotal", column
        if vocabulary.is_grade_label(text):
            return "grade", column
        if view.is_numeric((row, column)):
            break
    return "", 0


def _grade_beside(view: SheetView, row: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """The label of a grade further right in the total's row."""
    columns = (c for c in view.rows[row] if vocabulary.is_grade_label(view.text((row, c))))
    column = next(columns, None)
    return None if column is None else (row, column)
