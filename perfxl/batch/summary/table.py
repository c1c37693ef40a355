"""A table of a summary: typed columns, rows, and for each figure the cell it was taken from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

MAX_ROWS = 1_000_000  # Excel's limit less what stands above a table
Value = str | int | Decimal | date | None  # None is a blank, 0 is a value


class Kind(Enum):
    """What a column holds; decides its format, its alignment and its type in a frame."""

    TEXT = "text"
    CENTER = "center"
    COUNT = "count"
    SCORE = "score"  # 0.00
    RATE = "rate"  # a fraction shown as 0.00%
    DATE = "date"
    INPUT_SCORE = "input-score"  # the reviewer types here
    INPUT_TEXT = "input-text"
    DIFFERENCE = "difference"  # computed in the sheet: 复核得分 − 得分


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in characters, what it holds."""

    name: str
    width: float
    kind: Kind = Kind.TEXT


class Source(NamedTuple):  # a tuple: there is one for every figure
    """Where a figure stands: a file as the user named it, inside it a zip's member, and a cell."""

    file: str
    member: str | None
    sheet: str
    cell: str

    @property
    def shown(self) -> str:
        """The file as it is named to people."""
        return f"{self.file}!{self.member}" if self.member else self.file


@dataclass(slots=True)
class Table:
    """Rows under columns; `sources` maps (row, column), both from 0, to where the figure stands.

    `frozen` columns stay in view; `note` is one line above the heads. A sheet shows `most` rows;
    a table that `is_for_sheet` keeps no more and counts what it leaves out.
    """

    name: str
    columns: tuple[Column, ...]
    rows: list[list[Value]] = field(default_factory=list)
    sources: dict[tuple[int, int], Source] = field(default_factory=dict)
    note: str = ""
    frozen: int = 0
    most: int = MAX_ROWS
    is_for_sheet: bool = False
    dropped: int = 0

    @property
    def is_full(self) -> bool:
        """Whether it takes no more rows."""
        return self.is_for_sheet and len(self.rows) >= self.most

    @property
    def left_out(self) -> int:
        """Rows that its sheet does not show."""
        return self.dropped + max(0, len(self.rows) - self.most)

    def add(self, values: Sequence[Value], sources: dict[int, Source] | None = None) -> None:
        """Add a row; `sources` by column.

        Raises:
            ValueError: a row of another length than the heads.
        """
        if self.is_full:
            self.dropped += 1
            return
        if len(values) != len(self.columns):
            raise ValueError(f"{self.name}: {len(values)} values, {len(self.columns)} columns")
        row = len(self.rows)
        self.rows.append(list(values))
        for column, source in (sources or {}).items():
            self.sources[row, column] = source

    def column(self, name: str) -> int:
        """The index of a column.

        Raises:
            KeyError: there is none of that name.
        """
        for index, column in enumerate(self.columns):
            if column.name == name:
                return index
        raise KeyError(name)

    def values(self, name: str) -> Iterator[Value]:
        """What stands in a column, row by row."""
        index = self.column(name)
        return (row[index] for row in self.rows)
