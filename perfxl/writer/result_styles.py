"""Cell formats of the result sheet, one a look, appended to the workbook's styles."""

from dataclasses import dataclass, replace

from perfxl.model.page import Look
from perfxl.model.palette import LOOK_TONES
from perfxl.writer.styles import Styles

_BODY, _HEADING = "宋体", "黑体"
_INK, _NAVY, _GREY, _BLUE = "000000", "1F3864", "7F7F7F", "0563C1"
LINE = "BFBFBF"  # of borders
_TWO_DECIMALS = 2  # built-in format 0.00


@dataclass(frozen=True, slots=True)
class CellLook:
    """Font, fill, border and placing of a cell; `size` in points, colours RRGGBB, fill "" none."""

    font: str = _BODY
    size: float = 10.5
    color: str = _INK
    fill: str = ""
    is_bold: bool = False
    is_underlined: bool = False
    has_border: bool = True
    horizontal: str = "left"
    vertical: str = "center"
    number_format: int = 0
    is_locked: bool = True

    @property
    def is_indented(self) -> bool:
        """Whether the text keeps off the border on its left."""
        return self.horizontal == "left" and self.has_border


def _toned(look: Look) -> CellLook:
    tone = LOOK_TONES[look]
    return CellLook(color=tone.font, fill=tone.fill, is_bold=tone.is_bold, horizontal="center")


CELL_LOOKS: dict[Look, CellLook] = {
    Look.TITLE: CellLook(_HEADING, 16, _NAVY, has_border=False),
    Look.VERDICT_PASS: CellLook(_HEADING, 12, "375623", "E2F0D9"),
    Look.VERDICT_FAIL: CellLook(_HEADING, 12, "9C0006", "FFC7CE"),
    Look.SECTION: CellLook(_HEADING, 12, _NAVY, has_border=False, vertical="bottom"),
    Look.HEAD: CellLook(_HEADING, 10.5, fill="F2F2F2", horizontal="center"),
    Look.TEXT: CellLook(),
    Look.CENTER: CellLook(horizontal="center"),
    Look.SCORE: CellLook(horizontal="center", number_format=_TWO_DECIMALS),
    Look.LINK: CellLook(color=_BLUE, is_underlined=True),
    Look.INPUT: CellLook(fill="FFFDE7", is_locked=False),
    Look.MUTED: CellLook(size=9, color=_GREY, has_border=False),
    Look.WAIVED: CellLook(color=_GREY),
    **{look: _toned(look) for look in LOOK_TONES},
}


def cell_look(look: Look, *, is_linked: bool) -> CellLook:
    """The format of a look; a linked cell of any look is blue and underlined."""
    cell = CELL_LOOKS[look]
    return replace(cell, color=_BLUE, is_underlined=True) if is_linked else cell


class ResultStyles:
    """Looks as numbers in `cellXfs`, each appended when first used."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._numbers: dict[tuple[Look, bool], int] = {}

    def number(self, look: Look, *, is_linked: bool = False) -> int:
        """The number of a look's format, see `cell_look`."""
        key = (look, is_linked)
        if key not in self._numbers:
            cell = cell_look(look, is_linked=is_linked)
            self._numbers[key] = self._styles.add("cellXfs", self._format(cell))
        return self._numbers[key]

    def _format(self, look: CellLook) -> str:
        font = self._styles.add("fonts", _font(look))
        fill = self._styles.add("fills", _fill(look)) if look.fill else 0
        border = self._styles.add("borders", _border()) if look.has_border else 0
        indent = ' indent="1"' if look.is_indented else ""
        protection = "" if look.is_locked else '<protection locked="0"/>'
        return (
            f'<xf numFmtId="{look.number_format}" fontId="{font}" fillId="{fill}"'
            f' borderId="{border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"'
            ' applyBorder="1" applyAlignment="1" applyProtection="1">'
            f'<alignment horizontal="{look.horizontal}" vertical="{look.vertical}"'
            f' wrapText="1"{indent}/>'
            f"{protection}</xf>"
        )


def _font(look: CellLook) -> str:
    bold = "<b/>" if look.is_bold else ""
    underline = "<u/>" if look.is_underlined else ""
    return (
        f'<font>{bold}{underline}<sz val="{look.size:g}"/><color rgb="FF{look.color}"/>'
        f'<name val="{look.font}"/><charset val="134"/></font>'
    )


def _fill(look: CellLook) -> str:
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{look.fill}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
    )


def _border() -> str:
    sides = "".join(
        f'<{side} style="thin"><color rgb="FF{LINE}"/></{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    return f"<border>{sides}<diagonal/></border>"
