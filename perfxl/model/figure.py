"""A figure of an export: what it is called, what it says, and where it stands."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of a table of figures.

    `row` and `column` are the texts that name it, `column` "" in a table of one value column;
    `value` is a number (a percent as its fraction) or a text; `unit` is 元, 千元, 万元, 亿元, %,
    or "" where nothing says; `file` and `place` (`Sheet!B7`, in a CSV `第7行B列`) tell its cell.
    `is_under_percent`: a heading says %, the number has no sign of its own; it is as it stands.
    """

    row: str
    column: str
    value: Decimal | str
    unit: str
    file: str
    place: str
    is_under_percent: bool = False
