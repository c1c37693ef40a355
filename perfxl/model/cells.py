"""The raw grid of a workbook: what the file holds, before anybody reads a table in it."""

from dataclasses import dataclass, field
from enum import Enum

from perfxl.model.address import Area, Place, to_a1


class CellType(Enum):
    """What the file says that a cell's value is."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    ERROR = "error"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    `raw` is the stored text of the value: the digits of a number as the file spells them, the
    text, `TRUE`/`FALSE`, an error such as `#REF!`, or "" for a blank. `formula` is without its
    leading `=`; for a formula cell whose file holds no cached value, `type` is BLANK. `style` is
    an index into `Book.styles`.
    """

    row: int
    column: int
    type: CellType
    raw: str
    formula: str | None = None
    style: int = 0


@dataclass(frozen=True, slots=True)
class Style:
    """What rules need of a cell format; colours are `RRGGBB` or None where automatic/unknown."""

    number_format: str = "General"
    is_date: bool = False
    font_color: str | None = None
    fill_color: str | None = None
    font_size: float | None = None
    is_bold: bool = False
    is_locked: bool = True


@dataclass(slots=True)
class Sheet:
    """A worksheet: sparse cells by (row, column) counted from 1.

    `widths` maps a column number to its width in characters where the file sets one.
    """

    name: str
    state: str = "visible"  # visible | hidden | veryHidden
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    part: str = ""  # the zip part that holds the sheet; "" when it has none

    def place(self, row: int, column: int) -> Place:
        """The cell's place, for findings."""
        return Place(self.name, to_a1(row, column))


@dataclass(frozen=True, slots=True)
class Remark:
    """Something noticed while a file was read; family FL turns it into a finding.

    `code` is the rule under which it is reported, `detail` a short Chinese phrase.
    """

    code: str
    detail: str
    place: Place = Place("", "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the unit wrote beside a finding in our result sheet.

    `code` is "" and `place` names no cell where the unit's edits left none to be read. `problem`
    is what the sheet said was wrong.
    """

    code: str
    place: Place
    text: str
    problem: str = field(default="", compare=False)


@dataclass(slots=True)
class Book:
    """A workbook as read: worksheets in tab order, our own annotation already taken out."""

    sheets: list[Sheet] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # workbook-level defined names
    properties: dict[str, str] = field(default_factory=dict)  # docProps/custom.xml
    styles: list[Style] = field(default_factory=lambda: [Style()])
    remarks: list[Remark] = field(default_factory=list)
    sha256: str = ""
    is_annotated: bool = False
    answers: tuple[Answer, ...] = ()  # out of our annotation
    is_date_1904: bool = False
