"""The closing rows of a score table: 总分 and 评价等级."""

import itertools
import re
from decimal import Decimal

from perfxl.model.form import GradeField, Text, Total
from perfxl.model.grade import Grade, GradeBand
from perfxl.model.number import Number, NumberKind, parse_typed
from perfxl.reader.tables.headings import Heading
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import Vocabulary, fold

# Marks people and form controls leave before (or after) a choice; þ and R are Wingdings' boxes.
_TICKED = "☑√✓✔■☒●◉þ"
_EMPTY = "□☐○◯¨"
_GRADE = r"[(（]?(优秀|良好|中等|较差|[优良中差])[)）]?"
_MARK_FIRST = re.compile(rf"([{_TICKED}{_EMPTY}]){_GRADE}")
_MARK_LAST = re.compile(rf"{_GRADE}([{_TICKED}{_EMPTY}])")
_LOWER_FIRST = re.compile(r"([优良中差])[^\d<>≤≥优良中差]{0,6}(\d+(?:\.\d+)?)分?≤")
_FROM_TO = re.compile(r"([优良中差])[^\d<>≤≥优良中差]{0,6}(?:得分)?<(\d+(?:\.\d+)?)分?")


def read_total(view: SheetView, heading: Heading, row: int, label: int) -> Total:
    """The total of a row whose label stands in column `label`.

    The score is what stands in the score column; where merging or printing has moved it, the last
    number of the row. A single number under a cap's heading is the cap, and the score is blank.
    """
    score_column = heading.fields["score"]
    score = view.number((row, score_column))
    own = [c for c in view.rows[row] if c > label]
    numbers = [c for c in own if view.is_numeric((row, c))]
    cap_columns = {level.cap for level in heading.levels if level.cap is not None}
    if score.kind is NumberKind.BLANK:
        moved = [c for c in numbers if c not in cap_columns]
        texts = [c for c in own if c not in numbers and c > max(cap_columns, default=label)]
        last = moved[-1] if moved else texts[0] if texts else None
        if last is None and len(numbers) >= 2:
            last = numbers[-1]
        if last is not None:
            score = view.number((row, last))
    cap = next((c for c in numbers if _may_be_cap(view, heading, row, c, score)), None)
    return Total(
        label=view.field((row, label)),
        max_score=view.cap((row, cap)) if cap is not None else None,
        score=score,
    )


def _may_be_cap(view: SheetView, heading: Heading, row: int, column: int, score: Number) -> bool:
    """A number before the score, or under a cap's heading; one behind it is a reviewer's score."""
    if view.place((row, column)) == score.place:
        return False
    is_under_cap = any(level.cap == column for level in heading.levels)
    return is_under_cap or column < heading.fields["score"]


def inline_total(view: SheetView, row: int, column: int) -> Total:
    """A total whose label and score share a cell: 总分：96分."""
    text = view.text((row, column)).replace(":", "：")
    label, _, rest = text.partition("：")
    place = view.place((row, column))
    typed = parse_typed(rest)
    kind = NumberKind.NUMBER if typed else NumberKind.TEXT
    score = Number(place, kind, typed[0] if typed else None, rest.strip())
    return Total(Text(label, place), None, score)


def read_grade(
    view: SheetView, row: int, label: int, vocabulary: Vocabulary, last_column: int
) -> GradeField:
    """The grade right of column `label`: written, or ticked among choices."""
    columns = [c for c in view.rows[row] if label < c]
    parts = [view.text((row, column)) for column in columns]
    raw = " ".join(parts)
    first = columns[0] if columns else min(label + 1, last_column)
    # Choices spread over cells: the place is that of the first one that is ticked.
    for column, part in zip(columns, parts, strict=True):
        if any(mark in part for mark in _TICKED):
            first = column
            break
    place = view.place(view.anchor((row, first)))
    return GradeField(place, raw, _stated(raw, vocabulary), printed_bands(raw))


def _stated(raw: str, vocabulary: Vocabulary) -> tuple[Grade, ...]:
    head, _, rest = raw.replace(":", "：").partition("：")
    if vocabulary.is_grade_label(head):  # label and grade in one cell
        raw = rest.strip()
    text = "".join(raw.split())
    marks = [at for at, character in enumerate(text) if character in _TICKED + _EMPTY]
    if not marks:
        grade = vocabulary.grade_of(raw) or vocabulary.grade_of(re.split(r"[(（\s:：]", raw)[0])
        return (grade,) if grade else ()
    first = re.search(_GRADE, text)
    if first and first.start() < marks[0]:
        choices = [(mark, word) for word, mark in _MARK_LAST.findall(text)]
    else:
        choices = _MARK_FIRST.findall(text)
    ticked = [vocabulary.grade_of(word) for mark, word in choices if mark in _TICKED]
    return tuple(dict.fromkeys(grade for grade in ticked if grade))


def printed_bands(raw: str) -> tuple[GradeBand, ...]:
    """The half-open bands that a form prints beside its choices; () unless all four are clear.

    Reads 优 90分≤得分≤100分 … 差 得分<60分.
    """
    text = fold(raw)
    lowers = {Grade(name): Decimal(lower) for name, lower in _LOWER_FIRST.findall(text)}
    bottom = {Grade(name) for name, _ in _FROM_TO.findall(text)} - set(lowers)
    if bottom == {Grade.POOR}:
        lowers[Grade.POOR] = Decimal(0)
    if set(lowers) != set(Grade):
        return ()
    bands = tuple(GradeBand(grade, lowers[grade]) for grade in Grade)
    falling = all(a.lower > b.lower for a, b in itertools.pairwise(bands))
    return bands if falling else ()


def read_subtotal(view: SheetView, heading: Heading, row: int) -> Number:
    """The score of a 小计 row."""
    return view.number((row, heading.fields["score"]))
