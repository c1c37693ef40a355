"""A sheet of a new workbook before it is written: contents, looks, limits, print set-up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from perfxl.formula.excel_text import reference_text
from perfxl.formula.tree import Reference
from perfxl.model.address import Area

MAX_ROW_HEIGHT = 409.0  # points; what Excel shows of a row
Spot = tuple[int, int]
_BODY_SHARE = 0.88  # columns are counted in digits of 9 points, body text has 10


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula by its text, without the leading `=`."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a cell of the same workbook."""

    text: str
    target: Reference


Content = str | Decimal | int | Formula | Link | None


class Look(Enum):
    """How a cell looks; `looks.py` has the fonts, fills and number formats of each."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    CAPTION = "caption"
    HEAD = "head"
    LABEL = "label"
    LABEL_TOP = "label_top"
    NAME = "name"
    TEXT = "text"
    CENTER = "center"
    CAP = "cap"
    CAP_TOP = "cap_top"
    SCORE = "score"
    TOTAL = "total"
    MONEY = "money"
    NUMBER = "number"
    INTEGER = "integer"
    RATE = "rate"
    FOOT = "foot"
    NOTE = "note"
    PLAIN = "plain"
    STEP = "step"
    LINK = "link"
    BARE_LINK = "bare_link"
    SIDE_HEAD = "side_head"
    SIDE_SCORE = "side_score"
    SIDE_RATE = "side_rate"
    SIDE_WORD = "side_word"
    VERDICT = "verdict"


class Tone(Enum):
    """What a conditional format means; a word stands beside each."""

    SHORT_1 = "short_1"
    SHORT_2 = "short_2"
    SHORT_3 = "short_3"
    REQUIRED = "required"
    ERROR = "error"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what stands in it, how it looks, and whether units type into it."""

    content: Content
    look: Look
    is_input: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """What may be typed into an area, with what is said before and after.

    `choices` are the entries of a drop-down, others being refused where it is strict. Otherwise
    `formula` (no `=`, relative to the area's first cell) holds of what is allowed.
    """

    area: Area
    title: str
    prompt: str
    error: str
    choices: tuple[str, ...] = ()
    formula: str = ""
    is_strict: bool = True


@dataclass(frozen=True, slots=True)
class Highlight:
    """A conditional format: its formula (no `=`) is relative to the area's first cell."""

    area: Area
    formula: str
    tone: Tone


@dataclass(slots=True)
class Grid:
    """One sheet. Rows and columns count from 1.

    `widths` are in characters and `heights` in points. `frames` are areas with a medium outer
    border. `breaks` are the rows after which a page ends; pages are as wide as the sheet.
    """

    name: str
    cells: dict[Spot, Cell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    frames: list[Area] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    highlights: list[Highlight] = field(default_factory=list)
    print_area: Area | None = None
    repeated_rows: tuple[int, int] | None = None
    breaks: list[int] = field(default_factory=list)
    frozen: Spot | None = None  # the first cell that scrolls
    tab_color: str = ""

    def put(
        self, row: int, column: int, content: Content, look: Look, *, is_input: bool = False
    ) -> None:
        """Set a cell."""
        self.cells[row, column] = Cell(content, look, is_input)

    def put_area(self, area: Area, content: Content, look: Look, *, is_input: bool = False) -> None:
        """Set an area, merged where it is more than one cell."""
        self.put(area.top, area.left, content, look, is_input=is_input)
        if (area.top, area.left) != (area.bottom, area.right):
            self.merges.append(area)

    def set_widths(self, widths: Mapping[int, float]) -> None:
        """Set widths of columns, in characters."""
        self.widths.update(widths)

    def set_height(self, row: int, points: float) -> None:
        """Set the height of a row, no more than Excel shows."""
        self.heights[row] = min(MAX_ROW_HEIGHT, points)


def cell_at(sheet: str, row: int, column: int) -> Reference:
    """A reference to one cell."""
    return Reference(sheet, Area(row, column, row, column))


def local(reference: Reference) -> str:
    """A reference as formulas of its own sheet write it: $C$5."""
    return reference_text(Reference(None, reference.area))


def spot_of(reference: Reference) -> Spot:
    """The first cell of a reference."""
    return reference.area.top, reference.area.left


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of a width in characters; a Chinese one takes two."""
    room = max(2.0, width * _BODY_SHARE - 0.5)
    lines = 0
    for part in text.split("\n"):
        length = sum(1 if character < "\u2000" else 2 for character in part)
        lines += max(1, -(-length // int(room)))
    return lines


def height_of(lines: int, *, least: float = 20.0, line: float = 13.5) -> float:
    """Points for so many lines of body text."""
    return min(MAX_ROW_HEIGHT, max(least, lines * line + 5))
