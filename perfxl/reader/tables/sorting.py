"""The rows under a heading, sorted by what they are: indicators, subtotals, total, grade."""

from dataclasses import dataclass, field
from decimal import Decimal

from perfxl.model.number import NumberKind
from perfxl.reader.tables.headings import Heading, repeats
from perfxl.reader.tables.rows import RowReading, read_row
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import Vocabulary

FULL_MARKS = Decimal(100)
_LABEL_CELLS = 3  # a closing row is labelled in one of its first cells


@dataclass(slots=True)
class TableRows:
    """The rows of a score table.

    `candidates` holds the readings of every row that may belong to the tree, `headings` the
    heading a row stands under; `total` and `subtotals` are (row, column of the label), `grade` is
    (row, the column right of which the grade stands). `after_total` are bonus and deduction rows
    below a total: they belong to the table if another total follows.
    """

    candidates: list[list[RowReading]] = field(default_factory=list)
    headings: dict[int, Heading] = field(default_factory=dict)
    total: tuple[int, int] | None = None
    grade: tuple[int, int] | None = None
    subtotals: list[tuple[int, int]] = field(default_factory=list)
    has_footer: bool = False  # notes or signatures have been met
    last: int = 0
    after_total: list[tuple[Heading, int]] = field(default_factory=list)
    beyond: int | None = None  # level of the label of bonuses or deductions that still holds

    @property
    def is_closed(self) -> bool:
        """Whether the total or the grade has been met: what follows are notes and signatures."""
        return self.total is not None or self.grade is not None or self.has_footer


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
            if rows.is_closed or not repeats(heading, headings[used]) or _is_full(view, rows):
                break
            heading, used = headings[used], used + 1
            if row <= heading.bottom:
                continue
        if _close(rows, view, row, vocabulary):
            continue
        if not rows.is_closed:
            _add_candidate(rows, view, heading, row, vocabulary)
        elif rows.grade is None and not rows.has_footer:
            _keep_for_later(rows, view, heading, row, vocabulary)
    return rows, used


def _is_full(view: SheetView, rows: TableRows) -> bool:
    """Whether the caps so far make full marks: what a header opens then is another table."""
    spots = [options[0].leaf_cap for options in rows.candidates]
    caps = [view.number(spot).value or Decimal(0) for spot in spots if spot]
    return sum(caps) >= FULL_MARKS


def _keep_for_later(
    rows: TableRows, view: SheetView, heading: Heading, row: int, vocabulary: Vocabulary
) -> None:
    """Note a bonus or deduction below the total, and what follows it."""
    texts = [view.text((row, column)) for column in view.rows[row][:_LABEL_CELLS]]
    if rows.after_total or any(vocabulary.adjustment_of(text) for text in texts):
        rows.after_total.append((heading, row))


def _add_candidate(
    rows: TableRows, view: SheetView, heading: Heading, row: int, vocabulary: Vocabulary
) -> None:
    own = [column for column in view.rows[row] if column >= heading.first_column]
    # A row prepared for an indicator of the unit's own, with formulas that say nothing yet.
    if all(view.number((row, column)).kind is NumberKind.BLANK for column in own):
        return
    if _is_filler(view, heading, row):
        return
    readings = read_row(view, heading, row)
    if _is_beyond(rows, view, heading, row, vocabulary):
        readings = readings[:1]  # no cap and often no score: that speaks for no other reading
    rows.candidates.append(readings)
    rows.headings[row] = heading
    if any(reading.leaf_level is not None for reading in readings):
        rows.last = row


def _is_beyond(
    rows: TableRows, view: SheetView, heading: Heading, row: int, vocabulary: Vocabulary
) -> bool:
    """Whether a row is a bonus or deduction, or stands below the label of such a group."""
    for index, level in enumerate(heading.levels):
        texts = [view.text((row, c)) for c in level.names if c in view.rows[row]]
        if any(vocabulary.adjustment_of(text) for text in texts):
            rows.beyond = index
            return True
        if texts and rows.beyond is not None and index <= rows.beyond:
            rows.beyond = None
    return rows.beyond is not None


def _is_filler(view: SheetView, heading: Heading, row: int) -> bool:
    """Whether a row shows nothing but zeros, names included: links to cells that are blank."""
    columns = [c for c in view.rows[row] if c >= heading.first_column]
    names = {column for level in heading.levels for column in level.names}
    return bool(names.intersection(columns)) and all(view.is_zero((row, c)) for c in columns)


def _close(rows: TableRows, view: SheetView, row: int, vocabulary: Vocabulary) -> bool:
    """Note a row that closes something; whether it did."""
    if _is_footer(view, row, vocabulary):
        rows.has_footer = True
        return True
    kind, column = _closing(view, row, vocabulary)
    if not kind:
        return False
    if kind == "subtotal":
        rows.subtotals.append((row, column))
    elif kind == "total":
        if rows.after_total:  # 合计, 加分项, 总分: the first one was the sum before the bonus
            for heading, line in rows.after_total:
                _add_candidate(rows, view, heading, line, vocabulary)
            rows.total, rows.after_total = (row, column), []
        rows.total = rows.total or (row, column)
        beside = grade_beside(view, row, vocabulary)
        rows.grade = rows.grade or beside
    else:
        rows.grade = rows.grade or (row, column)
    rows.last = row
    return True


def _closing(view: SheetView, row: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """What a row closes by its first texts, and the column of the label; "" for nothing."""
    for column in view.rows[row][:_LABEL_CELLS]:
        text = view.text((row, column))
        if vocabulary.is_total(text) or vocabulary.is_total(_label_of(text)):
            return "total", column
        if vocabulary.is_subtotal(text):
            return "subtotal", column
        if vocabulary.is_grade_label(text):
            return "grade", column
        if _is_grade_with_label(text, vocabulary):
            return "grade", column - 1
        if view.is_numeric((row, column)):
            break
    return "", 0


def _is_footer(view: SheetView, row: int, vocabulary: Vocabulary) -> bool:
    """Whether a row is of notes or signatures: 填报人, 附注, 日期 … with no score of its own."""
    text = view.text((row, view.rows[row][0]))
    return vocabulary.is_footer(text) or vocabulary.is_footer(_label_of(text))


def _label_of(text: str) -> str:
    """What stands before a colon in a cell that holds more after it; else ""."""
    label, colon, rest = text.replace(":", "：").partition("：")
    return label if colon and rest.strip() else ""


def grade_beside(view: SheetView, row: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """A grade further right in the total's row: its label, or the grade's own cell."""
    for column in view.rows[row][1:]:
        text = view.text((row, column))
        if vocabulary.is_grade_label(text):
            return row, column
        if vocabulary.grade_of(text) or _is_grade_with_label(text, vocabulary):
            return row, column - 1
    return None


def _is_grade_with_label(text: str, vocabulary: Vocabulary) -> bool:
    """Whether label and grade share a cell: 自评等级：优."""
    label, colon, rest = text.replace(":", "：").partition("：")
    return bool(colon and rest.strip()) and vocabulary.is_grade_label(label)
