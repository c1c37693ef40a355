"""How cells of a summary look, by what they hold."""

from typing import Any

from perfxl.batch.model import ReturnState
from perfxl.batch.summary.table import Kind
from perfxl.model.finding import Severity
from perfxl.model.page import MarkKind
from perfxl.model.palette import TONES

_BASE: dict[str, Any] = {
    "font_name": "宋体", "font_size": 10.5, "text_wrap": True, "valign": "vcenter", "border": 1,
    "border_color": "#BFBFBF",
}  # fmt: skip
_CENTRED: dict[str, Any] = {**_BASE, "align": "center"}
_INPUT = {"bg_color": "#FFFDE7", "locked": False}
TITLE: dict[str, Any] = {"font_name": "黑体", "font_size": 16, "font_color": "#1F3864"}
NOTE: dict[str, Any] = {"font_name": "宋体", "font_size": 9, "font_color": "#595959"}
SECTION: dict[str, Any] = {"font_name": "黑体", "font_size": 12, "font_color": "#1F3864"}
HEAD: dict[str, Any] = {
    **_CENTRED, "font_name": "黑体", "bg_color": "#F2F2F2",
}  # fmt: skip
LINK: dict[str, Any] = {"font_color": "#0563C1"}

KINDS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {**_BASE, "align": "left", "indent": 1},
    Kind.CENTER: _CENTRED,
    Kind.COUNT: {**_CENTRED, "num_format": "0"},
    Kind.SCORE: {**_CENTRED, "num_format": "0.00"},
    Kind.RATE: {**_CENTRED, "num_format": "0.00%"},
    Kind.DATE: {**_CENTRED, "num_format": "yyyy-mm-dd"},
    Kind.INPUT_SCORE: {**_CENTRED, **_INPUT, "num_format": "0.00"},
    Kind.INPUT_TEXT: {**_BASE, **_INPUT, "align": "left", "indent": 1},
    Kind.DIFFERENCE: {**_CENTRED, "num_format": "+0.00;-0.00;0.00"},
}

_STATES = {
    ReturnState.LATE: MarkKind.SHORT_1,
    ReturnState.MISSING: MarkKind.SHORT_2,
    ReturnState.SCAN_ONLY: MarkKind.SHORT_2,
    ReturnState.UNREADABLE: MarkKind.SHORT_3,
    ReturnState.WRONG_VERSION: MarkKind.SHORT_2,
    ReturnState.WRONG_UNIT: MarkKind.SHORT_2,
    ReturnState.UNDECIDED: MarkKind.SHORT_2,
    ReturnState.EXEMPT: MarkKind.NOTICE,
    ReturnState.MERGED: MarkKind.NOTICE,
}
# A word in one of these columns has a colour of its own; always with the word beside it.
WORD_COLUMNS = {"状态", "级别", "是否迟报"}
WORDS: dict[str, MarkKind] = {
    **{severity.label: MarkKind(severity.value) for severity in Severity},
    **{state.value: kind for state, kind in _STATES.items()},
}


def worded(word: str) -> dict[str, Any]:
    """The look of a word of WORDS."""
    tone = TONES[WORDS[word]]
    return {
        **_CENTRED, "bg_color": f"#{tone.fill}", "font_color": f"#{tone.font}",
        "bold": tone.is_bold,
    }  # fmt: skip
