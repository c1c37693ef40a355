"""One row of a score table and the ways in which it can be read.

A row usually stands as its headings say. Where a page break or a paste has moved its cells, other
readings are offered; which of them holds is decided by the caps' arithmetic (arrange.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from perfxl.model.number import NumberKind
from perfxl.reader.tables.headings import Heading, LevelColumns
from perfxl.reader.tables.labels import is_counter
from perfxl.reader.tables.view import SheetView, Spot

# The text columns a row may continue in, in the order in which forms print them.
TEXT_ROLES = (
    "description",
    "scoring_criteria",
    "target_value",
    "actual_value",
    "shortfall_reason",
    "improvement_measures",
)
# Texts that stand for "nothing" in a numeric column and so do not speak against a reading.
_NOTHING = ("/", "-", "—", "－", "不适用", "无")
_LONG_TEXT = 12
# Columns of prose: a number there means that the row has been moved.
_PROSE_ROLES = ("description", "scoring_criteria", "shortfall_reason", "improvement_measures")
SUSPICIOUS = 1.0


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row read one way: names and caps by level, fields by role, and what speaks against it.

    `names[k]`, `caps[k]` are the spots for level k (0 the highest) or None where blank.
    """

    row: int
    names: tuple[Spot | None, ...]
    caps: tuple[Spot | None, ...]
    fields: dict[str, Spot] = field(default_factory=dict)
    penalty: float = 0.0
    kind: str = "placed"
    shift: int = 0

    @property
    def leaf_level(self) -> int | None:
        """Index of the level at which this row has an indicator; None when it has none."""
        deepest = len(self.names) - 1
        if self.names[deepest]:
            return deepest
        if not self.caps[deepest] and "score" not in self.fields:
            return None
        named = [level for level, name in enumerate(self.names) if name]
        # A leaf without a name, be it in the middle of a group or on a group's first row.
        if not named or (self.caps[deepest] and self.caps[named[-1]]):
            return deepest
        return named[-1]

    @property
    def leaf_cap(self) -> Spot | None:
        """Where the indicator's own cap stands: at its level, else in the leaves' column."""
        level = self.leaf_level
        if level is None:
            return None
        return self.caps[-1] or self.caps[level]

    @property
    def is_continuation(self) -> bool:
        """Whether the row only carries on the texts of the row above."""
        is_bare = not any(self.names) and not any(self.caps) and "score" not in self.fields
        return is_bare and bool(self.fields)


def read_row(view: SheetView, heading: Heading, row: int) -> list[RowReading]:
    """The readings of a row, as placed first; others only where that one looks wrong."""
    placed = _as_placed(view, heading, row)
    if placed.penalty < SUSPICIOUS:
        return [placed]
    return [placed, *_shifted(view, heading, row), *_closed_up(view, heading, row)]


def _as_placed(
    view: SheetView, heading: Heading, row: int, shift: int = 0, kind: str = "placed"
) -> RowReading:
    """Every cell under its heading, the whole row moved by `shift` columns first."""
    own = _own_columns(view, heading, row)
    by_role = {column + shift: column for column in own}
    names: list[Spot | None] = []
    caps: list[Spot | None] = []
    for level in heading.levels:
        names.append(_take_name(view, by_role, row, level))
        caps.append(_take(by_role, row, level.cap))
    fields = {
        role: (row, by_role.pop(column))
        for role, column in heading.fields.items()
        if column in by_role
    }
    if _is_unused(view, row, names, caps, fields):
        fields = {}
    stray = sum(column not in heading.titled for column in by_role)
    penalty = 2.0 * stray + _type_penalty(view, heading, names, caps, fields)
    return RowReading(row, tuple(names), tuple(caps), fields, penalty, kind, shift)


def _is_unused(
    view: SheetView,
    row: int,
    names: list[Spot | None],
    caps: list[Spot | None],
    fields: dict[str, Spot],
) -> bool:
    """Whether labels that go on below stand over a row with nothing but formulas that say nothing.

    So looks the first of the rows prepared for indicators of the unit's own.
    """
    labels = [name for name in names if name]
    if not labels or names[-1] or caps[-1]:
        return False
    merge = view.merge_at(labels[-1])
    goes_on = merge is not None and merge.bottom > row
    return goes_on and all(view.number(spot).kind is NumberKind.BLANK for spot in fields.values())


def _take(by_role: dict[int, int], row: int, column: int | None) -> Spot | None:
    if column is None or column not in by_role:
        return None
    return row, by_role.pop(column)


def _take_name(
    view: SheetView, by_role: dict[int, int], row: int, level: LevelColumns
) -> Spot | None:
    """The spot of a name that may stand in several columns: the first that is no mere counter."""
    spots = [(row, by_role.pop(column)) for column in level.names if column in by_role]
    # No indicator is called 0: a link to a blank label shows it.
    spots = [spot for spot in spots if not view.is_zero(spot)]
    if len(spots) > 1:
        spots = [spot for spot in spots if not is_counter(view.text(spot))] or spots
    return spots[0] if spots else None


def _own_columns(view: SheetView, heading: Heading, row: int) -> list[int]:
    """Columns of the row's own values from the table's first column on."""
    return [c for c in view.rows[row] if c >= heading.first_column]


def _type_penalty(
    view: SheetView,
    heading: Heading,
    names: list[Spot | None],
    caps: list[Spot | None],
    fields: dict[str, Spot],
) -> float:
    penalty = 0.0
    for level, name, cap in zip(heading.levels, names, caps, strict=True):
        penalty += _label_penalty(view, name, cap, has_cap_column=level.cap is not None)
    for role, at in fields.items():
        if role == "score":
            penalty += 0 if _may_be_number(view, at) else 3
        elif role in _PROSE_ROLES and view.is_numeric(at):
            penalty += 2
    has_leaf = names[-1] is not None or caps[-1] is not None
    if has_leaf != ("score" in fields) and not (any(names) and not has_leaf):
        penalty += 1
    return penalty


def _label_penalty(
    view: SheetView, name: Spot | None, cap: Spot | None, *, has_cap_column: bool
) -> float:
    penalty = 0.0
    if name and view.is_numeric(name):
        penalty += 3
    if cap and not _may_be_number(view, cap):
        penalty += 3
    if name and not cap and has_cap_column:
        penalty += 0.5
    if cap and not name:
        penalty += 0.4
    return penalty


def _may_be_number(view: SheetView, at: Spot) -> bool:
    text = view.text(at)
    return view.is_numeric(at) or text in _NOTHING or len(text) <= _LONG_TEXT


def _shifted(view: SheetView, heading: Heading, row: int) -> Iterator[RowReading]:
    """The whole row moved left or right, as when one cell too many was pasted before it."""
    own = _own_columns(view, heading, row)
    for shift in range(heading.first_column - own[0], heading.last_column - own[-1] + 1):
        if shift == 0:
            continue
        reading = _as_placed(view, heading, row, shift, "shifted")
        if reading.penalty < SUSPICIOUS and reading.leaf_level is not None:
            yield replace(reading, penalty=reading.penalty + 1.5)


def _closed_up(view: SheetView, heading: Heading, row: int) -> Iterator[RowReading]:
    """The row's values in order, gaps ignored: names with caps, then text, score, texts."""
    spots = [(row, column) for column in _own_columns(view, heading, row)]
    texts = [role for role in TEXT_ROLES if role in heading.fields]
    before = [r for r in texts if heading.fields[r] < heading.fields["score"]]
    after = [r for r in texts if heading.fields[r] > heading.fields["score"]]
    for first in range(len(heading.levels)):
        rest = list(spots)
        names: list[Spot | None] = [None] * len(heading.levels)
        caps: list[Spot | None] = [None] * len(heading.levels)
        for index, level in enumerate(heading.levels[first:], first):
            names[index] = _next(view, rest, numeric=False)
            caps[index] = _next(view, rest, numeric=True) if level.cap is not None else None
        if names[first] is None or names[-1] is None:
            continue
        fields: dict[str, Spot] = {}
        for role in before:
            found = _next(view, rest, numeric=False)
            if found:
                fields[role] = found
        score = _next(view, rest, numeric=True)
        if score is None:
            continue
        fields["score"] = score
        for role in after:
            found = _next(view, rest, numeric=False)
            if found:
                fields[role] = found
        penalty = _type_penalty(view, heading, names, caps, fields)
        if not rest and penalty < SUSPICIOUS:
            yield RowReading(row, tuple(names), tuple(caps), fields, penalty + 2, "closed-up")


def _next(view: SheetView, rest: list[Spot], *, numeric: bool) -> Spot | None:
    if rest and view.is_numeric(rest[0]) is numeric:
        return rest.pop(0)
    return None
