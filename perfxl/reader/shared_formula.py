"""Shared formulas: one text for many cells, its relative references moved for each."""

import re

from perfxl.model.address import MAX_COLUMN, MAX_ROW, column_letters, column_number

# Texts, quoted sheet names and brackets are passed over; so are names that contain an address.
_TOKEN = re.compile(
    r"""
      "(?:[^"]|"")*" | '(?:[^']|'')*' | \[[^\[\]]*\]
    | (?<![\w.$])
      (?: (?P<column_mark>\$?)(?P<column>[A-Z]{1,3})(?P<row_mark>\$?)(?P<row>[1-9]\d{0,6})
        | (?P<first_column>\$?[A-Z]{1,3}):(?P<last_column>\$?[A-Z]{1,3})
        | (?P<first_row>\$?[1-9]\d{0,6}):(?P<last_row>\$?[1-9]\d{0,6})
      )
      (?![\w.(!])
    """,
    re.VERBOSE | re.ASCII,
)
_WORD = re.compile(r"[\w.$]")
_LOST = "#REF!"


class SharedFormula:
    """A shared formula as written in its master cell."""

    __slots__ = ("_column", "_pieces", "_row", "text")

    def __init__(self, row: int, column: int, text: str) -> None:
        """Cut the text at its references."""
        self.text = text
        self._row = row
        self._column = column
        self._pieces = list(_cut(text))

    def at(self, row: int, column: int) -> str:
        """The formula as it stands in another cell."""
        down, right = row - self._row, column - self._column
        return "".join(
            piece if isinstance(piece, str) else _moved(piece, down, right)
            for piece in self._pieces
        )


def _cut(text: str) -> list[str | re.Match[str]]:
    pieces: list[str | re.Match[str]] = []
    done = 0
    for match in _TOKEN.finditer(text):
        if match.lastgroup is None or _is_in_name(text, match):
            continue
        pieces.append(text[done : match.start()])
        pieces.append(match)
        done = match.end()
    pieces.append(text[done:])
    return pieces


def _is_in_name(text: str, match: re.Match[str]) -> bool:
    """Whether a letter of any script touches the match: 表A1 is a name, not an address."""
    start, end = match.span()
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return bool(_WORD.match(before) or _WORD.match(after))


def _moved(match: re.Match[str], down: int, right: int) -> str:
    if match["column"]:
        column = _move_column(match["column_mark"] + match["column"], right)
        row = _move_row(match["row_mark"] + match["row"], down)
        return _LOST if _LOST in (column, row) else column + row
    if match["first_column"]:
        ends = [_move_column(match[name], right) for name in ("first_column", "last_column")]
    else:
        ends = [_move_row(match[name], down) for name in ("first_row", "last_row")]
    return _LOST if _LOST in ends else ":".join(ends)


def _move_column(spelled: str, right: int) -> str:
    if spelled.startswith("$"):
        return spelled
    column = column_number(spelled) + right
    return column_letters(column) if 1 <= column <= MAX_COLUMN else _LOST


def _move_row(spelled: str, down: int) -> str:
    if spelled.startswith("$"):
        return spelled
    row = int(spelled) + down
    return str(row) if 1 <= row <= MAX_ROW else _LOST
