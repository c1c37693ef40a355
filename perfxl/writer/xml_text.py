"""Text made fit to stand in a workbook's XML."""

import re
from xml.sax.saxutils import escape

# What XML 1.0 cannot hold, lone surrogates among it.
_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Excel reads _x000D_ in a text as a character code; a literal one needs its underscore coded.
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# UTF-16 units that Excel keeps in a cell or a note.
_LONGEST = 32_767


def legal(text: str) -> str:
    """The text with line breaks as LF, without illegal characters, cut to Excel's limit."""
    text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) * 2 <= _LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= _LONGEST * 2:
        return text
    return units[: (_LONGEST - 1) * 2].decode("utf-16-le", "ignore") + "…"


def content(text: str) -> str:
    """The text as element content."""
    return escape(_CODED.sub("_x005F_", legal(text)))


def attribute(text: str) -> str:
    """The text as an attribute value within double quotes."""
    return escape(legal(text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
