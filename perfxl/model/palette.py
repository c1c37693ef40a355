"""The colours of findings and shortfalls, and the word that goes with each.

One set for highlights, for the result sheet and for the findings as a workbook of their own.
Legible in black and white: the fills differ in depth, the two most pressing kinds are bold too.
Red means 必改 and nothing else.
"""

from dataclasses import dataclass

from perfxl.model.page import Look, MarkKind


@dataclass(frozen=True, slots=True)
class Tone:
    """Fill and font of a highlight as RRGGBB, and what it means in a word."""

    fill: str
    font: str
    word: str
    is_bold: bool = False


TONES: dict[MarkKind, Tone] = {
    MarkKind.ERROR: Tone("FFC7CE", "9C0006", "必改", is_bold=True),
    MarkKind.VERIFY: Tone("D6E4F5", "1F4E79", "请核实"),
    MarkKind.NOTICE: Tone("EDEDED", "595959", "提示"),
    MarkKind.SHORT_3: Tone("F4A940", "5C3200", "失分", is_bold=True),
    MarkKind.SHORT_2: Tone("FFD98F", "5C3200", "失分"),
    MarkKind.SHORT_1: Tone("FFF3D1", "5C3200", "失分"),
}

LOOK_TONES: dict[Look, Tone] = {Look(kind.value): tone for kind, tone in TONES.items()}
