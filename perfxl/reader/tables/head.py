"""The head of a form: which unit, which year, and why goals were not reached."""

import itertools
import re
from collections.abc import Iterator

from perfxl.model.address import Place
from perfxl.model.form import Text, Title
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import Vocabulary

_YEAR = re.compile(r"(20\d\d)\s*年?")
_TITLE = re.compile(r"(20\d\d)\s*年度?\s*(.{0,40}?)(?:部门|单位|项目)?(?:（单位）|\(单位\))?"
                    r"(?:整体)?支出绩效")  # fmt: skip
_NEXT_THING = re.compile(r"\s{2,}|　|\s*\S{2,6}：")


def read_unit(view: SheetView, vocabulary: Vocabulary) -> Text | None:
    """The unit's name: beside its label, else out of the title."""
    for row, columns in view.rows.items():
        for column in columns:
            text = view.text((row, column))
            label, _, rest = text.replace(":", "：").partition("：")
            if not vocabulary.is_unit_label(label):
                continue
            if rest.strip():
                return Text(_first_part(rest), view.place((row, column)))
            right = next((c for c in columns if c > column), None)
            if (
                right is None
                or view.is_numeric((row, right))
                or _is_blank(view, row, column, right)
            ):
                continue
            return view.field((row, right))
    for at, match in _titles(view):
        if match[2]:
            return Text(match[2], at)
    return None


def _is_blank(view: SheetView, row: int, column: int, right: int) -> bool:
    """Whether the field beside a label was left blank, so that what follows is the next label."""
    label = view.merge_at((row, column))
    beside = (row, (label.right if label else column) + 1)
    field = view.merge_at(beside)
    return field is not None and field.right < right and not view.text(beside)


def _first_part(text: str) -> str:
    """A value up to the next thing on its line: 某局　　单位：万元 → 某局."""
    return _NEXT_THING.split(text.strip())[0].strip()


def read_year(view: SheetView, vocabulary: Vocabulary) -> Text | None:
    """The year the form is about: beside its label, else out of the title."""
    for row, columns in view.rows.items():
        for column, right in itertools.pairwise(columns):
            if vocabulary.is_year_label(view.text((row, column))):
                match = _YEAR.match(view.text((row, right)))
                if match:
                    return Text(match[1], view.place((row, right)))
    for at, match in _titles(view):
        return Text(match[1], at)
    return None


def read_titles(view: SheetView) -> list[Title]:
    """Every title of a sheet that names a year, with the unit it names."""
    return [
        Title(Text(match.string, at), match[1], match[2].strip()) for at, match in _titles(view)
    ]


def read_unfinished_reason(view: SheetView, vocabulary: Vocabulary) -> Text | None:
    """What is said on why goals were not reached: right of its label, else right below it."""
    for row, columns in view.rows.items():
        for column in columns:
            if not vocabulary.is_unfinished_label(view.text((row, column))):
                continue
            right = next((c for c in columns if c > column), None)
            if right is not None:
                return view.field((row, right))
            below = column in view.rows.get(row + 1, ())
            return view.field((row + 1 if below else row, column if below else column + 1))
    return None


def _titles(view: SheetView) -> Iterator[tuple[Place, re.Match[str]]]:
    """Cells that look like the form's title, with what was recognised."""
    for row, columns in view.rows.items():
        for column in columns[:1]:
            text = view.text((row, column))
            match = _TITLE.search(text) if len(text) < 120 else None
            if match:
                yield view.place((row, column)), match
