"""Fonts, fills, borders and number formats of each look, for XlsxWriter."""

from typing import Any

from perfxl.model.page import MarkKind
from perfxl.model.palette import TONES
from perfxl.writer.template.grid import Look, Tone

BODY, HEADING = "宋体", "黑体"
INPUT_FILL = "#FFFDE7"
_LINE = "#808080"
_QUIET = "#595959"

Properties = dict[str, Any]

_BASE: Properties = {
    "font_name": BODY,
    "font_size": 10,
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
    "border_color": _LINE,
}
_CENTRED: Properties = {"align": "center"}
# A long amount is printed smaller rather than as ####.
_FIGURE: Properties = {"align": "right", "text_wrap": False, "shrink": True}
_BARE: Properties = {"border": 0}
_SIDE: Properties = {"font_size": 9, "font_color": _QUIET, "align": "center"}

_LOOKS: dict[Look, Properties] = {
    Look.TITLE: {
        **_BARE, **_CENTRED, "font_name": "方正小标宋简体", "font_size": 20,
    },
    Look.SUBTITLE: {**_BARE, "font_name": "仿宋", "font_size": 12},
    Look.CAPTION: {**_BARE, "font_name": HEADING, "font_size": 12, "valign": "bottom"},
    Look.HEAD: {**_CENTRED, "font_name": HEADING, "font_size": 10.5, "bg_color": "#F2F2F2"},
    Look.LABEL: _CENTRED,
    Look.LABEL_TOP: {**_CENTRED, "valign": "top"},
    Look.NAME: {"align": "left"},
    Look.TEXT: {"align": "left", "valign": "top"},
    Look.CENTER: _CENTRED,
    Look.CAP: {**_CENTRED, "num_format": "General"},
    Look.CAP_TOP: {**_CENTRED, "num_format": "General", "valign": "top"},
    Look.SCORE: {**_CENTRED, "num_format": "0.00"},
    Look.TOTAL: {**_CENTRED, "num_format": "0.00", "bold": True},
    Look.MONEY: {**_FIGURE, "num_format": "#,##0.00"},
    Look.NUMBER: {**_FIGURE, "num_format": "General"},
    Look.INTEGER: {**_FIGURE, "num_format": "#,##0"},
    Look.RATE: {**_CENTRED, "num_format": "0.00%"},
    Look.FOOT: {**_BARE, "font_size": 10.5, "align": "left", "text_wrap": False},
    Look.NOTE: {**_BARE, "align": "left", "valign": "top"},
    Look.PLAIN: {**_BARE, "font_size": 11, "align": "left"},
    Look.STEP: {**_BARE, "font_name": HEADING, "font_size": 12, "align": "left"},
    Look.BARE_LINK: {**_BARE, "font_size": 11, "font_color": "#0563C1", "underline": 1},
    Look.LINK: {"font_color": "#0563C1", "underline": 1, "align": "left"},
    Look.SIDE_HEAD: {**_SIDE, "bg_color": "#F7F7F7"},
    Look.SIDE_SCORE: {**_SIDE, "num_format": "0.00"},
    Look.SIDE_RATE: {**_SIDE, "num_format": "0.00%"},
    Look.SIDE_WORD: {**_SIDE, "bold": True, "text_wrap": False},
    Look.VERDICT: {**_BARE, "font_name": HEADING, "font_size": 14, "align": "left"},
}  # fmt: skip


def properties_of(look: Look, *, is_input: bool, thick: frozenset[str]) -> Properties:
    """A format's properties.

    Args:
        look: the look.
        is_input: whether units type here.
        thick: the sides (left, right, top, bottom) that lie on a table's outer border.
    """
    properties = {**_BASE, **_LOOKS[look], "locked": not is_input}
    if is_input:
        properties["bg_color"] = INPUT_FILL
    for side in sorted(thick):
        properties[side] = 2
        properties[f"{side}_color"] = "#000000"
    return properties


def properties_of_tone(tone: Tone) -> Properties:
    """What a conditional format changes."""
    if tone is Tone.DONE:
        return {"bg_color": "#E2F0D9", "font_color": "#375623"}
    kinds = {
        Tone.SHORT_1: MarkKind.SHORT_1,
        Tone.SHORT_2: MarkKind.SHORT_2,
        Tone.SHORT_3: MarkKind.SHORT_3,
        Tone.REQUIRED: MarkKind.SHORT_2,
        Tone.ERROR: MarkKind.ERROR,
    }
    chosen = TONES[kinds[tone]]
    return {
        "bg_color": f"#{chosen.fill}",
        "font_color": f"#{chosen.font}",
        "bold": chosen.is_bold,
    }
