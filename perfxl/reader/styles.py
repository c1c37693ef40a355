"""Cell formats: number format, whether it is a date, colours, size, bold, locked."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite
from typing import TypeVar

from perfxl.model.cells import Style
from perfxl.reader.theme import PLAIN_THEME, Theme, tinted
from perfxl.reader.xml_part import Attributes, parse, whole

_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
# What Chinese Excel means by the numbers that depend on the language; all are dates or times.
CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTER = re.compile("[ymdhs]", re.IGNORECASE)
_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})\Z")
# The standard palette, its first eight colours twice.
_PALETTE = """
    000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF
    000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF
    800000 008000 000080 808000 800080 008080 C0C0C0 808080
    9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF
    000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF
    00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99
    3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696
    003366 339966 003300 333300 993300 993366 333399 333333
""".split()  # noqa: SIM905 - a list of 64 literals would hide the rows
_CACHED_BYTES = 256 * 1024

Item = TypeVar("Item")


def read_styles(data: bytes, part: str, theme: Theme = PLAIN_THEME) -> list[Style]:
    """The formats in the order of their indexes, at least one; `theme` has the theme's colours."""
    # Returns of one template share their styles to the byte.
    if len(data) <= _CACHED_BYTES:
        return list(_read_cached(data, part, theme))
    return list(_read(data, part, theme))


@lru_cache(maxsize=16)
def _read_cached(data: bytes, part: str, theme: Theme) -> tuple[Style, ...]:
    return _read(data, part, theme)


def _read(data: bytes, part: str, theme: Theme) -> tuple[Style, ...]:
    reader = _StyleReader(theme)
    parse(data, part, reader.start, reader.end)
    return reader.styles() or (Style(),)


@dataclass(slots=True)
class _Font:
    color: str | None = None
    size: float | None = None
    is_bold: bool = False


@dataclass(slots=True)
class _Format:
    number_format: int | None
    font: int | None
    fill: int | None
    is_locked: bool = True


@dataclass(slots=True)
class _StyleReader:
    """Looks into fonts, fills, numFmts and cellXfs only; dxfs and named styles look alike."""

    theme: Theme = PLAIN_THEME
    number_formats: dict[int, str] = field(default_factory=dict)
    fonts: list[_Font] = field(default_factory=list)
    fills: list[str | None] = field(default_factory=list)
    formats: list[_Format] = field(default_factory=list)
    section: dict[str, Callable[[Attributes], None]] = field(default_factory=dict)

    def start(self, name: str, attributes: Attributes) -> None:
        opener = self.section.get(name)
        if opener:
            opener(attributes)
        elif name in ("fonts", "fills", "numFmts", "cellXfs"):
            self.section = self._openers(name)

    def end(self, name: str) -> None:
        if name in ("fonts", "fills", "numFmts", "cellXfs"):
            self.section = {}

    def _openers(self, section: str) -> dict[str, Callable[[Attributes], None]]:
        if section == "fonts":
            return {
                "font": lambda _: self.fonts.append(_Font()),
                "b": self._bold,
                "sz": self._size,
                "color": self._font_color,
            }
        if section == "fills":
            return {
                "fill": lambda _: self.fills.append(None),
                "patternFill": self._pattern,
                "fgColor": self._fill_color,
            }
        if section == "numFmts":
            return {"numFmt": self._number_format}
        return {"xf": self._format, "protection": self._protection}

    def _bold(self, attributes: Attributes) -> None:
        if self.fonts:
            self.fonts[-1].is_bold = attributes.get("val", "1") in ("1", "true")

    def _size(self, attributes: Attributes) -> None:
        if self.fonts:
            self.fonts[-1].size = _size_of(attributes.get("val", ""))

    def _font_color(self, attributes: Attributes) -> None:
        if self.fonts:
            self.fonts[-1].color = _color_of(attributes, self.theme)

    def _pattern(self, attributes: Attributes) -> None:
        if self.fills:
            # Marked as solid until the colour comes; other patterns colour nothing plainly.
            self.fills[-1] = "" if attributes.get("patternType") == "solid" else None

    def _fill_color(self, attributes: Attributes) -> None:
        if self.fills and self.fills[-1] == "":
            self.fills[-1] = _color_of(attributes, self.theme)

    def _number_format(self, attributes: Attributes) -> None:
        number = whole(attributes.get("numFmtId"))
        if number is not None:
            self.number_formats[number] = attributes.get("formatCode", "General")

    def _format(self, attributes: Attributes) -> None:
        self.formats.append(
            _Format(
                whole(attributes.get("numFmtId", "0")),
                whole(attributes.get("fontId", "0")),
                whole(attributes.get("fillId", "0")),
            )
        )

    def _protection(self, attributes: Attributes) -> None:
        if self.formats:
            self.formats[-1].is_locked = attributes.get("locked", "1") in ("1", "true")

    def styles(self) -> tuple[Style, ...]:
        """Put together what the formats point to; a wrong index means the default."""
        styles = []
        for item in self.formats:
            code = self._code(item.number_format)
            font = _at(self.fonts, item.font) or _Font()
            styles.append(
                Style(
                    number_format=code,
                    is_date=item.number_format in CHINESE_DATES or is_date_format(code),
                    font_color=font.color,
                    fill_color=_at(self.fills, item.fill) or None,
                    font_size=font.size,
                    is_bold=font.is_bold,
                    is_locked=item.is_locked,
                )
            )
        return tuple(styles)

    def _code(self, number: int | None) -> str:
        if number is None:
            return "General"
        own = self.number_formats.get(number)
        if own is not None:
            return own
        return "yyyy/m/d" if number in CHINESE_DATES else _BUILT_IN.get(number, "General")


def _at(items: list[Item], index: int | None) -> Item | None:
    return items[index] if index is not None and index < len(items) else None


@lru_cache(maxsize=512)
def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or a time."""
    first_section = _LITERALS.sub("", code).partition(";")[0]
    return first_section.lower() != "general" and bool(_DATE_LETTER.search(first_section))


def _size_of(value: str) -> float | None:
    try:
        size = float(value)
    except ValueError:
        return None
    return size if 0 <= size <= 409 else None


def _color_of(attributes: Attributes, theme: Theme) -> str | None:
    color = _untinted(attributes, theme)
    try:
        tint = float(attributes.get("tint", "0"))
    except ValueError:
        return None
    return tinted(color, tint) if color and tint and isfinite(tint) else color


def _untinted(attributes: Attributes, theme: Theme) -> str | None:
    rgb = attributes.get("rgb")
    if rgb is not None:
        match = _RGB.match(rgb)
        return match[1].upper() if match else None
    number = whole(attributes.get("theme"))
    if number is not None:
        return theme[number] if number < len(theme) else None
    indexed = whole(attributes.get("indexed"))
    return _PALETTE[indexed] if indexed is not None and indexed < len(_PALETTE) else None
