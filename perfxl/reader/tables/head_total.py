"""A total that is printed above its table: 自评总分：94.5, or label and number side by side."""

import re
from typing import NamedTuple

from perfxl.model.form import Text, Total
from perfxl.model.number import Number, NumberKind, parse_typed
from perfxl.reader.tables.sorting import grade_beside
from perfxl.reader.tables.view import SheetView, Spot
from perfxl.scheme.vocabulary import Vocabulary

# The number behind the label, up to the next thing in the same cell.
_FIRST_WORD = re.compile(r"\s*([^\s，,；;（(]+)")


class HeadTotal(NamedTuple):
    """The total, and where a grade stands in its row (as `TableRows.grade`), if any."""

    total: Total
    grade: tuple[int, int] | None


def find_above(
    view: SheetView, vocabulary: Vocabulary, after: int, before: int
) -> HeadTotal | None:
    """The last total labelled as a form's own between two rows, both excluded."""
    found = None
    for row in view.rows:
        if after < row < before:
            total = _total_in(view, row, vocabulary)
            if total is not None:
                found = HeadTotal(total, grade_beside(view, row, vocabulary))
    return found


def _total_in(view: SheetView, row: int, vocabulary: Vocabulary) -> Total | None:
    for column in view.rows[row]:
        text = view.text((row, column))
        label, colon, rest = text.replace(":", "：").partition("：")
        if colon and rest.strip() and _is_label(label, vocabulary):
            return _inline(view, (row, column), label, rest)
        if vocabulary.is_grand_total(text):
            return _beside(view, (row, column))
    return None


def _is_label(label: str, vocabulary: Vocabulary) -> bool:
    """Whether a total, or with its number in the same cell a score, is so labelled."""
    return vocabulary.is_grand_total(label) or vocabulary.role_of(label) == "score"


def _inline(view: SheetView, spot: Spot, label: str, rest: str) -> Total | None:
    """Label and number in one cell; None where no number stands there."""
    match = _FIRST_WORD.match(rest)
    typed = parse_typed(match[1]) if match else None
    if typed is None:
        return None
    place = view.place(spot)
    return Total(Text(label, place), None, Number(place, NumberKind.NUMBER, typed[0], rest.strip()))


def _beside(view: SheetView, spot: Spot) -> Total | None:
    """The number right of the label, or the blank that was left for it; None before other text.

    A number that is followed by a second one, without a label between them, is the cap.
    """
    row, column = spot
    area = view.merge_at(spot)
    right = [c for c in view.rows[row] if c > column]
    if not right:
        score = view.number((row, (area.right if area else column) + 1))
        return Total(view.field(spot), None, score)
    first = view.number((row, right[0]))
    if first.value is None and first.kind is not NumberKind.UNKNOWN:
        return None
    second = view.number((row, right[1])) if len(right) > 1 else None
    if second is not None and second.value is not None:
        return Total(view.field(spot), view.cap((row, right[0])), second)
    return Total(view.field(spot), None, first)
