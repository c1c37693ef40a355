"""A sheet to show: cells with a look and a link, whatever writes them in the end."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from perfxl.model.address import Place


class Look(Enum):
    """How a cell of a page looks; every writer knows all of them."""

    TITLE = "title"
    VERDICT_PASS = "verdict-pass"
    VERDICT_FAIL = "verdict-fail"
    SECTION = "section"
    HEAD = "head"
    TEXT = "text"
    CENTER = "center"
    SCORE = "score"  # 0.00, centred
    LINK = "link"
    INPUT = "input"  # where the unit answers; unlocked
    MUTED = "muted"
    WAIVED = "waived"  # in a table's row, grey
    ERROR = "error"
    VERIFY = "verify"
    NOTICE = "notice"
    SHORT_1 = "short-1"  # lost < 10 %
    SHORT_2 = "short-2"  # 10–50 %
    SHORT_3 = "short-3"  # ≥ 50 %


@dataclass(frozen=True, slots=True)
class Item:
    """A cell: text or number, its look, how many columns it spans, where it links to."""

    value: str | Decimal
    look: Look = Look.TEXT
    span: int = 1
    link: Place | None = None


@dataclass(slots=True)
class Page:
    """Rows of items with column widths in characters; `heights` in points by row index from 0.

    `marker` is a technical text that belongs to the page but should not catch the eye.
    """

    title: str
    widths: tuple[float, ...]
    rows: list[list[Item]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    marker: str = ""


class MarkKind(Enum):
    """Why a cell of the return is highlighted, most pressing first."""

    ERROR = "error"
    VERIFY = "verify"
    NOTICE = "notice"
    SHORT_3 = "short-3"
    SHORT_2 = "short-2"
    SHORT_1 = "short-1"


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight for one cell and the note to put on it (Chinese, several lines; "" for none)."""

    place: Place
    kind: MarkKind
    note: str = ""
