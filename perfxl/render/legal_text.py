"""Text that a file format can hold, whatever a workbook or a file name brought along."""

import re

# What XML 1.0 cannot carry even escaped; HTML parsers replace or mangle the same letters.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x84\x86-\x9f]")
# Marks that turn the direction of writing: a cell must not rearrange the sentence around it.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def legal_text(text: str) -> str:
    """The text without control characters, lone surrogates and marks of direction."""
    return _TURNING.sub("", _ILLEGAL.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")
