"""The colours of findings and shortfalls, one set for highlights and for the result sheet.

Legible in black and white: the fills differ in depth, the two most pressing kinds are bold too.
Red means 必改 and nothing else.
"""

from dataclasses import dataclass

from perfxl.model.page import Look, MarkKind


@dataclass(frozen=True, slots=True)
class Tone:
    """Fill and font of a highlight, colours as RRGGBB."""

    fill: str
    font: str
    is_bold: bool = False


TONES: dict[MarkKind, Tone] = {
    MarkKind.ERROR: Tone("FFC7CE", "9C0006", is_bold=True),
    MarkKind.VERIFY: Tone("D6E4F5", "1F4E79"),
    MarkKind.NOTICE: Tone("EDEDED", "595959"),
    MarkKind.SHORT_3: Tone("F4A940", "5C3200", is_bold=True),
    MarkKind.SHORT_2: Tone("FFD98F", "5C3200"),
    MarkKind.SHORT_1: Tone("FFF3D1", "5C3200"),
}

LOOK_TONES: dict[Look, Tone] = {Look(kind.value): tone for kind, tone in TONES.items()}
