r"""ASCII text that VBA and Python both read: everything else is written as \uXXXX.

A backslash is itself written as \u005c, so that no path can be taken for an escape.
"""

import re

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")


def escaped(text: str) -> str:
    r"""The text in printable ASCII, without tabs and line ends.

    What lies beyond U+FFFF becomes the two halves that VBA's strings are made of.
    """
    units = text.encode("utf-16-be", "surrogatepass")
    return "".join(
        chr(unit) if 0x20 <= unit < 0x7F and unit != 0x5C else f"\\u{unit:04x}"
        for unit in (int.from_bytes(units[at : at + 2]) for at in range(0, len(units), 2))
    )


def unescaped(text: str) -> str:
    r"""What `escaped` was given; a backslash that begins no escape stays as it is."""
    whole = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return whole.encode("utf-16-be", "surrogatepass").decode("utf-16-be", "replace")
