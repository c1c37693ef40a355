"""The word that stands beside a colour in the cell itself: 5.00必改.

The conditional format that colours a cell may also show its number in another way; the cell's own
number format and its value stay as they are. Only where the number and the word surely fit: Excel
shows #### for a number that does not, and cuts a text.
"""

import re
from decimal import Context, Decimal, InvalidOperation

from perfxl.model.address import Area
from perfxl.model.page import MarkKind
from perfxl.model.palette import TONES
from perfxl.writer.cell_formats import CellFormat
from perfxl.writer.cell_values import CellValues, Value
from perfxl.writer.note_box import Grid, grid_of, text_units
from perfxl.writer.styles import Styles
from perfxl.writer.workbook import Workbook
from perfxl.writer.xml_scan import Node

# Plain numbers only: no date, percent, colour, condition or second section. A blank as wide as a
# sign, which the 数值 format of Chinese Excel ends with, may follow.
_SIMPLE = re.compile(r"(General|(#,##)?0(?:\.([0#]{1,6}))?)(?:_[ )])?")
# Shares of the letter's size, a twentieth more than 宋体 takes; Latin letters are no wider, since
# their points and blanks are narrow.
_HALF, _FULL = 0.525, 1.05
_PIXELS = 4 / 3  # of a point
_MARGINS, _INDENT = 5, 12
_TYPICAL = Decimal("10")  # a number has the room of this one, so that a corrected one fits too
_GENERAL = Context(prec=10)


class Words:
    """Decides where a word can stand."""

    def __init__(self, book: Workbook, styles: Styles) -> None:
        self._values = CellValues(book)
        self._styles = styles

    def codes(self, data: bytes, root: Node, kinds: dict[Area, MarkKind]) -> dict[Area, str]:
        """The number format with its word, for each area that has room for it."""
        grid = grid_of(data, root)
        values = self._values.find(data, root, ((area.top, area.left) for area in kinds))
        found = {}
        for area, kind in kinds.items():
            value = values.get((area.top, area.left))
            code = self._code(value, area, grid, TONES[kind].word) if value else ""
            if code:
                found[area] = code
        return found

    def _code(self, value: Value, area: Area, grid: Grid, word: str) -> str:
        room = sum(grid.column(number) for number in range(area.left, area.right + 1))
        return code_with_word(value, self._styles.cell_format(value.style), room, word)


def code_with_word(value: Value, form: CellFormat, room: int, word: str) -> str:
    """The number format that shows the word behind what a cell holds; "" where none is safe.

    Args:
        value: what the cell holds; its style is not looked at.
        form: how the cell shows it.
        room: pixels that the cell is wide.
        word: the word.
    """
    if form.is_rotated:
        return ""
    if value.is_text:
        word = f" {word}"
    shown = _one_line(value.text) if value.is_text else _number_shown(value.text, form.code)
    if not shown or _pixels(shown + word, form) > room:
        return ""
    return _with_word(form.code, f'"{word}"', is_text=value.is_text)


def _with_word(code: str, word: str, *, is_text: bool) -> str:
    """The code with the word, or "" where the code is not a simple one."""
    if code == "@":
        return f"@{word}"
    simple = _SIMPLE.fullmatch(code)
    if not simple:
        return ""
    number = f"{simple[1]}{word}"
    return f"{number};@{word}" if is_text else number


def _number_shown(text: str, code: str) -> str:
    """The number as the code shows it, or a longer one; "" when that cannot be told."""
    simple = _SIMPLE.fullmatch(code)
    if not simple:
        return ""
    comma = "," if simple[2] else ""
    try:
        if simple[1] == "General":
            return f"{_GENERAL.create_decimal(text).normalize():f}".rjust(4, "0")
        value = Decimal(text)
        numbers = (f"{number:{comma}.{len(simple[3] or '')}f}" for number in (value, _TYPICAL))
        return max(numbers, key=len)
    except (InvalidOperation, ValueError):
        return ""


def _one_line(text: str) -> str:
    """A text of one line; "" for one of several, which may fill its cell."""
    return "" if "\n" in text or "\r" in text else text


def _pixels(shown: str, form: CellFormat) -> int:
    units = text_units(shown)
    wide = units - len(shown)
    ems = wide * _FULL + (units - 2 * wide) * _HALF
    return round(ems * form.size * _PIXELS) + _MARGINS + form.indent * _INDENT
