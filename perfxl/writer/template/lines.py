"""Where headings are broken that a column is too narrow for."""

import re
from collections.abc import Iterator

_DIGIT, _LETTER, _SPARE = 4.5, 10.5, 2.0  # points of a column's unit, of a Chinese letter, of both
_SEGMENTS = re.compile("（[^）]*）|[^（：/]+[：/]?|.")


def balanced(text: str, width: float) -> str:
    """A heading with line breaks where it has to be broken: at signs, else between words.

    Chinese words mostly have two letters: 年度指标值 is broken after the second.

    Args:
        text: the heading; one that has breaks already is left alone.
        width: of its column, in characters.
    """
    room = max(2, int((width * _DIGIT + _SPARE) / _LETTER))
    if "\n" in text or len(text) <= room or _has_words(text):
        return text
    lines: list[str] = []
    for segment in _SEGMENTS.findall(text):
        if lines and len(lines[-1]) + len(segment) <= room:
            lines[-1] += segment
        else:
            lines += _cut(segment, room)
    return "\n".join(lines)


def _has_words(text: str) -> bool:
    """Whether a text has Latin words, which must not be cut."""
    return re.search("[A-Za-z0-9]{2}", text) is not None


def _cut(segment: str, room: int) -> Iterator[str]:
    count = -(-len(segment) // room)
    for after in range(count - 1, -1, -1):
        size = len(segment) // (after + 1)
        if size % 2 and size > 1 and len(segment) - size + 1 <= room * after:
            size -= 1
        size = size if after else len(segment)
        yield segment[:size]
        segment = segment[size:]
