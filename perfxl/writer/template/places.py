"""What a plan of a workbook is made of: rows and cells with their meaning."""

from collections.abc import Mapping
from dataclasses import dataclass

from perfxl.formula.tree import Node, Reference
from perfxl.model.address import Area
from perfxl.scheme.files import ColumnFile, HeadCellFile, SheetFile
from perfxl.scheme.model import (
    CustomRows,
    Measure,
    ResultList,
    SchemeGroup,
    SchemeIndicator,
    SchemeInput,
)


@dataclass(frozen=True, slots=True)
class InputPlace:
    """A row of 基础数据. `whole` holds the department's value, `units` each unit's own.

    `units` is None where figures do not add up: then `whole` itself is typed.
    """

    input: SchemeInput
    row: int
    whole: Reference
    units: Reference | None


@dataclass(frozen=True, slots=True)
class MeasurePlace:
    """A row of 基础数据 with a quantity computed from inputs."""

    measure: Measure
    row: int
    cell: Reference


@dataclass(frozen=True, slots=True)
class HeadPlace:
    """A cell between a table's title and its headings."""

    area: Area
    file: HeadCellFile


@dataclass(frozen=True, slots=True)
class TablePlace:
    """A table of the layout: title, head rows, headings, then rows for data.

    `spans` are the first and last sheet column of each of the table's columns: a table shares the
    columns of the widest one on its sheet. `last` is the last row of data, `total_row` follows it
    where the table has a sum; `bottom` is the last row of all.
    """

    file: SheetFile
    title_row: int
    head: tuple[HeadPlace, ...]
    heading: tuple[int, int]
    spans: tuple[tuple[int, int], ...]
    first: int
    last: int
    total_row: int | None
    bottom: int

    @property
    def right(self) -> int:
        """The last sheet column of the table."""
        return self.spans[-1][1]

    def span(self, role: str) -> tuple[int, int] | None:
        """The sheet columns of a role, None where the table has none."""
        roles = [column.role for column in self.file.column]
        return self.spans[roles.index(role)] if role in roles else None


@dataclass(frozen=True, slots=True)
class PartRows:
    """Rows prepared under a second-level heading; "" where units write it."""

    level2: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ResultBlock:
    """A block of results under a first-level heading; `list` is what scores read of it, if any.

    `rates` are its completion rates, None where the layout has no such column.
    """

    table: TablePlace
    level1: str
    list: ResultList | None
    parts: tuple[PartRows, ...]
    rates: Reference | None

    @property
    def first(self) -> int:
        """The first row."""
        return self.parts[0].first

    @property
    def last(self) -> int:
        """The last row."""
        return self.parts[-1].last


@dataclass(frozen=True, slots=True)
class LeafRow:
    """A row of the score table; all references name their sheet.

    Attributes:
        row: the row.
        path: names from the first level down; of a row for an own indicator the group's path.
        indicator: what the scheme says; None for an own indicator's row.
        custom: the group's rules for own indicators; None for a scheme's indicator.
        name: the cell of the third-level name.
        cap: 分值.
        score: 得分.
        texts: further cells by the layout's role: shortfall_reason, target_value, ….
        expression: the standard over inputs and `cap`; None where a person judges.
        is_live: whether 得分 is the standard's formula; otherwise units type it.
        reference: 参考得分 beside the print area, where a standard is known but not published.
        is_cap_open: whether units may change 分值.
        may_be_not_applicable: whether 不适用 may stand for 得分.
        choice: where units say so of a live score; typed ones are overwritten.
    """

    row: int
    path: tuple[str, ...]
    indicator: SchemeIndicator | None
    custom: CustomRows | None
    name: Reference
    cap: Reference
    score: Reference
    texts: Mapping[str, Reference]
    expression: Node | None = None
    is_live: bool = False
    reference: Reference | None = None
    is_cap_open: bool = False
    may_be_not_applicable: bool = False
    choice: Reference | None = None


@dataclass(frozen=True, slots=True)
class GroupRows:
    """A first- or second-level group: its rows, its cap and the sum of its scores.

    `cap` is None where the layout has no column for it; `subtotal` and `rate` (得分率) stand
    beside the print area.
    """

    group: SchemeGroup
    first: int
    last: int
    cap: Reference | None
    subtotal: Reference
    rate: Reference
    is_cap_open: bool = False

    @property
    def level(self) -> int:
        """1 or 2."""
        return len(self.group.path)


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    """A column of the score table."""

    column: int
    file: ColumnFile


@dataclass(frozen=True, slots=True)
class SideColumns:
    """The columns beside the print area: word, reference score, subtotals with their rates.

    `sign` is where a unit says of an own indicator which way it counts, unless the table itself
    has a column for that; `choice` is where it says that an indicator with a live score does not
    apply.
    """

    word: int
    sign: int | None
    choice: int | None
    reference: int | None
    subtotals: Mapping[int, tuple[int, int]]  # level → columns of sum and rate

    @property
    def last(self) -> int:
        """The rightmost column."""
        return max(column for pair in self.subtotals.values() for column in pair)


@dataclass(frozen=True, slots=True)
class ScorePlan:
    """The score table: rows count from 1, every reference names its sheet.

    `parts` are second-level headings without caps over rows for own indicators. `caps` and
    `scores` are the columns of the leaves from the first row to the last. `sum_row` is
    the row 合计 that a scheme with 加分/扣分项 has before its total, with `adjustments` below it.
    """

    sheet: str
    table: TablePlace
    columns: tuple[ColumnPlace, ...]
    side: SideColumns
    leaves: tuple[LeafRow, ...]
    groups: tuple[GroupRows, ...]
    parts: tuple[PartRows, ...]
    caps: Reference
    scores: Reference
    sum_row: int | None
    adjustments: tuple[Reference, ...]  # the scores, in the scheme's order
    total_row: int
    total_cap: Reference
    total: Reference
    grade: Reference | None
    foot_row: int

    @property
    def file(self) -> SheetFile:
        """The table's part of the layout."""
        return self.table.file

    @property
    def heading(self) -> tuple[int, int]:
        """First and last row of the headings."""
        return self.table.heading

    @property
    def last_column(self) -> int:
        """The last printed column."""
        return len(self.columns)

    def column(self, role: str, level: int = 0) -> int | None:
        """The column of a role (and level), None where the layout has none."""
        for place in self.columns:
            if place.file.role == role and (not level or place.file.level == level):
                return place.column
        return None
