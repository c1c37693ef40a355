"""Cell formats of an open sheet as the styles of a grid."""

from collections.abc import Iterator, Sequence
from typing import Any

from perfxl.addin.live.blocks import Spot, uniform_groups
from perfxl.model.address import Area, to_a1
from perfxl.model.cells import Style
from perfxl.reader.styles import is_date_format

_SOLID = 1
_AUTOMATIC, _NONE = -4105, -4142
_MIXED: Any = None


class StyleBook:
    """The styles met so far, each once, by their place in `styles`."""

    def __init__(self) -> None:
        self.styles: list[Style] = [Style()]
        self._numbers: dict[Style, int] = {self.styles[0]: 0}

    def number(self, style: Style) -> int:
        """The index of a style."""
        if style not in self._numbers:
            self._numbers[style] = len(self.styles)
            self.styles.append(style)
        return self._numbers[style]


def styles_of(sheet: Any, spots: Sequence[Spot]) -> Iterator[tuple[Spot, Style]]:
    """The style of each cell."""

    def ask(area: Area) -> Style | None:
        return _uniform_style(sheet.Range(area.a1))

    for group, style in uniform_groups(spots, ask):
        for spot in group:
            yield spot, style or _own_style(sheet.Range(to_a1(*spot)))


def rgb(color: Any) -> str:
    """Excel's colour, blue before green before red, as RRGGBB."""
    number = int(color)
    return f"{number & 255:02X}{number >> 8 & 255:02X}{number >> 16 & 255:02X}"


def characters(holder: Any, start: int, length: int) -> Any:
    """Some letters of a cell or a note; the property's name depends on how Excel was bound."""
    try:
        taken = holder.GetCharacters
    except AttributeError:
        taken = holder.Characters
    return taken(start, length)


def _uniform_style(cells: Any) -> Style | None:
    """The style of a range, or None at the first thing in which its cells differ."""
    code = cells.NumberFormat
    if code is _MIXED:
        return None
    locked = cells.Locked
    if locked is _MIXED:
        return None
    font, interior = cells.Font, cells.Interior
    size, bold = font.Size, font.Bold
    if size is _MIXED or bold is _MIXED:
        return None
    ink_number, pattern = font.ColorIndex, interior.Pattern
    if ink_number is _MIXED or pattern is _MIXED:
        return None
    ink, fill = font.Color, interior.Color
    if ink is _MIXED or (pattern == _SOLID and fill is _MIXED):
        return None
    return Style(
        number_format=str(code),
        is_date=is_date_format(str(code)),
        font_color=None if ink_number in (_AUTOMATIC, _NONE) else rgb(ink),
        fill_color=rgb(fill) if pattern == _SOLID else None,
        font_size=float(size),
        is_bold=bool(bold),
        is_locked=bool(locked),
    )


def _own_style(cell: Any) -> Style:
    """The style of one cell whose letters differ among themselves; its first letter's font."""
    code = str(cell.NumberFormat or "General")
    font, interior = characters(cell, 1, 1).Font, cell.Interior
    number, size = font.ColorIndex, font.Size
    return Style(
        number_format=code,
        is_date=is_date_format(code),
        font_color=None if number in (None, _AUTOMATIC, _NONE) else rgb(font.Color),
        fill_color=rgb(interior.Color) if interior.Pattern == _SOLID else None,
        font_size=None if size is None else float(size),
        is_bold=bool(font.Bold),
        is_locked=bool(cell.Locked),
    )
