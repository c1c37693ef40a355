"""What a button changes in an open book: decided once, applied by live mode or by the macros.

Whoever applies a `Changes` does it in the order of its fields and judges nothing. Before anything
else it looks whether the book and the sheets that change can be changed at all.
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from perfxl.model.page import Page


class Action(Enum):
    """The buttons that need the program; 下一处 is the macros' alone."""

    CHECK = "check"
    FILL = "fill"
    WHY = "why"
    CLEAN = "clean"
    EXPORT = "export"
    DOCTOR = "doctor"


class Tone(Enum):
    """How a message is said."""

    INFO = "info"
    MIND = "mind"  # something is left for the officer to do
    ERROR = "error"  # nothing was done


@dataclass(frozen=True, slots=True)
class Message:
    """What the officer reads: what happened and what to do, in Chinese, on a few lines."""

    tone: Tone
    text: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """One conditional format of a sheet: first in its list, its formula carrying our marker.

    Attributes:
        sheet: the sheet's name.
        ranges: A1 areas without `$`, at least one; a merged cell is given as its whole area.
        formula: always true, without `=`: LEN("perfxl:error")>0.
        fill: RRGGBB, as is `font`.
        is_bold: bold letters.
        number_format: the cell's own with a word behind, "" to leave it as it is.
    """

    sheet: str
    ranges: tuple[str, ...]
    formula: str
    fill: str
    font: str
    is_bold: bool = False
    number_format: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a cell (top left one of a merged area), beginning with 【校验】.

    A note that stands there already stays, ours goes below it after a line break.
    """

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class PutFormula:
    """A formula for a cell that is blank or holds the same figure; `formula` begins with `=`.

    `stood` is what the cell held when it was read; what was typed since is left alone.
    """

    sheet: str
    cell: str
    formula: str
    stood: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """The outcome of one button.

    Attributes:
        message: what the officer is told at the end; when its tone is ERROR, nothing changes.
        clears: our earlier highlights, notes and result sheet are taken off first, those of other
            people left as they are.
        formulas: to be written.
        highlights: the most pressing first, so that they take the first places in this order.
        notes: at most one a cell.
        page: the result sheet, put last and shown; A1 holds its title, a blank and, in letters
            that nobody sees, its marker.
        opens: a file to show to the officer.
    """

    message: Message
    clears: bool = False
    formulas: tuple[PutFormula, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    notes: tuple[Note, ...] = ()
    page: Page | None = None
    opens: Path | None = None

    @property
    def changes_book(self) -> bool:
        """Whether anything in the book is to change."""
        return bool(self.clears or self.formulas or self.highlights or self.notes or self.page)


def refusal(text: str) -> Changes:
    """Nothing is changed, and the officer is told why."""
    return Changes(Message(Tone.ERROR, text))
