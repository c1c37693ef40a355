"""A1 addresses: (row, column) pairs count from 1, as in Excel."""

from functools import lru_cache
from typing import NamedTuple

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384


class Place(NamedTuple):
    """A cell of a workbook: sheet name as displayed and A1 address without `$`."""

    sheet: str
    cell: str


class Area(NamedTuple):
    """A rectangle of cells, both corners included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def a1(self) -> str:
        """The area as `B3:D9`, or as one cell where it is one."""
        first = to_a1(self.top, self.left)
        last = to_a1(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def contains(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@lru_cache(maxsize=4096)
def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=4096)
def column_number(letters: str) -> int:
    """A → 1, AA → 27; raises ValueError unless the letters are A–Z."""
    if not letters or not letters.isascii() or not letters.isalpha() or not letters.isupper():
        raise ValueError(letters)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def to_a1(row: int, column: int) -> str:
    """(3, 2) → B3."""
    return f"{column_letters(column)}{row}"


def from_a1(reference: str) -> tuple[int, int]:
    """B3 or $B$3 → (3, 2).

    Raises:
        ValueError: not an address, or one outside Excel's 1,048,576 × 16,384 grid.
    """
    text = reference.replace("$", "")
    split = len(text.rstrip("0123456789"))
    letters, digits = text[:split], text[split:]
    if not digits or not digits.isascii() or digits[0] == "0" or len(digits) > 7:
        raise ValueError(reference)
    row, column = int(digits), column_number(letters)
    if row > MAX_ROW or column > MAX_COLUMN:
        raise ValueError(reference)
    return row, column


def parse_area(reference: str) -> Area:
    """B3:D9 (or B3) → Area; corners in any order.

    Raises:
        ValueError: not an area of cells.
    """
    first, _, last = reference.partition(":")
    top, left = from_a1(first)
    bottom, right = from_a1(last) if last else (top, left)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
