"""Finding tables by their headings: one, two or three header rows, at any offset."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from perfxl.model.address import Place
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import Vocabulary

LEVEL_ROLES = ("level1", "level2", "level3")
# What a heading's second line may say below 一级指标, 年度指标值 or 得分.
_SECOND_LINE = (
    "name", "max_score", "target_sign", "target_value", "target_unit", "score", "reviewed_score",
)  # fmt: skip
# Headings of amounts: a row of them above the indicators belongs to the 资金 block.
_FUND_ROLES = (
    "budget", "initial_budget", "executed", "execution_rate", "total", "fiscal", "fund_part",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LevelColumns:
    """The columns of one level of the tree: its name and, where the form has one, its cap.

    A name may stand in any of the `span` columns from `name` on, or be split over them.
    """

    level: int
    name: int
    cap: int | None = None
    span: int = 1

    @property
    def names(self) -> range:
        """The columns that the name may stand in."""
        return range(self.name, self.name + self.span)


@dataclass(frozen=True, slots=True)
class Heading:
    """A table's header: its rows and which column plays which role.

    `levels` run from the highest to the leaves; `fields` maps the other roles (score,
    description, shortfall_reason, …) to columns; `titled` holds every column with a heading.
    """

    top: int
    bottom: int
    levels: tuple[LevelColumns, ...]
    fields: dict[str, int] = field(default_factory=dict)
    titled: frozenset[int] = frozenset()

    @property
    def first_column(self) -> int:
        """The leftmost column of the table."""
        return min(level.name for level in self.levels)

    @property
    def last_column(self) -> int:
        """The rightmost column with a heading."""
        return max(self.titled)

    @property
    def is_score_table(self) -> bool:
        """Whether the table holds scores."""
        return "score" in self.fields

    @property
    def is_target_table(self) -> bool:
        """Whether the table holds targets and actual values but no scores."""
        return "score" not in self.fields and {"target_value", "actual_value"} <= set(self.fields)


def find_headings(view: SheetView, vocabulary: Vocabulary) -> list[Heading]:
    """Every header block of a sheet in which an indicator tree begins, from top to bottom."""
    roles = {row: dict(_roles_of_row(view, row, vocabulary)) for row in view.rows}
    found: list[Heading] = []
    for row, named in roles.items():
        if found and row <= found[-1].bottom:
            continue
        if _opens_tree(set(named.values())):
            heading = _read_heading(view, roles, row)
            if heading is not None:
                found.append(heading)
    return found


def _opens_tree(roles: set[str]) -> bool:
    """Whether a row's roles head a tree: two levels, or one in what is plainly a score table."""
    levels = len(roles.intersection(LEVEL_ROLES))
    scored = {"score", "actual_value"} <= roles and bool(roles & {"max_score", "weight"})
    return levels >= 2 or (levels == 1 and scored)


def _roles_of_row(view: SheetView, row: int, vocabulary: Vocabulary) -> Iterator[tuple[int, str]]:
    for column in view.rows[row]:
        text = view.text((row, column))
        role = vocabulary.role_of(text) if len(text) <= 40 else None
        if role:
            yield column, role


def _read_heading(view: SheetView, roles: dict[int, dict[int, str]], row: int) -> Heading | None:
    top = bottom = row
    below = roles.get(row + 1, {})
    if sum(role in _SECOND_LINE for role in below.values()) >= 2:
        bottom = row + 1
    above = roles.get(row - 1, {})
    if any(role not in (*LEVEL_ROLES, *_FUND_ROLES, "name") for role in above.values()):
        top = row - 1
    stacked: dict[int, str] = dict(above) if top < row else {}
    stacked.update(roles[row])
    starts = sorted((c, r) for c, r in roles[row].items() if r in LEVEL_ROLES)
    names = {role: column for column, role in reversed(starts)}
    for column, role in below.items() if bottom > row else ():
        if role == "name":
            names[_level_left_of(starts, column)] = column
            stacked.pop(column, None)
        else:
            stacked[column] = role
    cap_role = "max_score" if "max_score" in stacked.values() else "weight"
    caps = _caps(starts, [c for c, role in stacked.items() if role == cap_role])
    # A role that stands twice means its first column.
    fields: dict[str, int] = {}
    for column in sorted(stacked):
        if stacked[column] not in (*LEVEL_ROLES, "max_score", "name", cap_role):
            fields.setdefault(stacked[column], column)
    scores = [column for column in sorted(stacked) if stacked[column] == "score"]
    if len(scores) > 1:
        fields["score"] = _self_score_column(view, scores, range(top, bottom + 1))
    if "shortfall_reason" not in fields and "deviation_analysis" in fields:
        fields["shortfall_reason"] = fields.pop("deviation_analysis")
    titled = set(stacked) | set(names.values())
    for line in range(top, bottom + 1):
        titled.update(c for c in view.rows.get(line, ()) if c >= min(names.values()))
    last = [role for role in LEVEL_ROLES if role in names][-1]
    levels = tuple(
        LevelColumns(
            number,
            names[role],
            caps.get(role),
            _span(view, range(top, bottom + 1), names[role], titled, is_last=role == last),
        )
        for number, role in enumerate(LEVEL_ROLES, 1)
        if role in names
    )
    return Heading(top, bottom, levels, fields, frozenset(titled))


def _self_score_column(view: SheetView, columns: list[int], lines: range) -> int:
    """Of several score columns the unit's own: headed 自评, else the first that holds a number."""
    for column in columns:
        if any("自评" in view.text((line, column)) for line in lines):
            return column
    filled = (c for c in columns if _has_number(view, c, lines.stop))
    return next(filled, columns[0])


def _has_number(view: SheetView, column: int, first: int) -> bool:
    return any(row >= first and view.is_numeric((row, column)) for row in view.rows)


def twin_of(view: SheetView, heading: Heading, vocabulary: Vocabulary) -> Place | None:
    """Where a second table's heading stands in the same row, to the right; None when alone."""
    for line in range(heading.top, heading.bottom + 1):
        columns = [c for c, role in _roles_of_row(view, line, vocabulary) if role == "level1"]
        if len(columns) > 1:
            return view.place((line, columns[1]))
    return None


def _span(view: SheetView, lines: range, column: int, titled: set[int], *, is_last: bool) -> int:
    """How many columns a level's heading stands over: its merge, up to the next heading.

    The leaves' heading reaches to the next one even unmerged, as copies without merges show it.
    """
    merges = [view.merge_at((line, column)) for line in lines]
    right = max((area.right for area in merges if area and area.left == column), default=column)
    following = min((c for c in titled if c > column), default=column + 1)
    return (following if is_last else min(right + 1, following)) - column


def _level_left_of(starts: list[tuple[int, str]], column: int) -> str:
    """The level whose heading is nearest to the left of (or at) a column."""
    left = [role for start, role in starts if start <= column]
    return left[-1] if left else starts[0][1]


def _caps(starts: list[tuple[int, str]], columns: list[int]) -> dict[str, int]:
    """Cap columns by level: each belongs to the nearest level on its left, the first one wins."""
    caps: dict[str, int] = {}
    for column in sorted(columns):
        caps.setdefault(_level_left_of(starts, column), column)
    return caps


def repeats(heading: Heading, other: Heading) -> bool:
    """Whether a header further down is the same one printed again on a new page."""
    return heading.fields.keys() == other.fields.keys() and len(heading.levels) == len(other.levels)
