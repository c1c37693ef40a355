"""Numbered lists in a text, against the number of items that was announced for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from perfxl.rules.quantities import flat

_NUMERALS = {n: i for i, n in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ANNOUNCED = re.compile(
    "(?<![\\d.第前后至~—\\-一二三四五六七八九十百])(?P<count>\\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
    "(?P<unit>[个项条点类]|个方面|方面)(?P<what>[^，。；：、（）\\d]{0,12})[：，]"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MOST = 20
_LONGEST = 6_000  # characters of a list


@dataclass(frozen=True, slots=True)
class Enumeration:
    """What was announced (共9项), as a number, and how many numbered items follow."""

    quote: str
    announced: int
    listed: int


def enumerations(text: str) -> Iterator[Enumeration]:
    """Every announced number that a numbered list follows at once: (1), 1., 一是 or （一）."""
    said = flat(_with_plain_circles(text))
    for match in _ANNOUNCED.finditer(said):
        rest = said[match.end() :][:_LONGEST]
        listed = max((_run(rest, style) for style in _STYLES), default=0)
        if listed >= 2:
            yield Enumeration(match[0][:-1], _number(match["count"]), listed)


def _with_plain_circles(text: str) -> str:
    """Circled numbers as （1）: NFKC would make ①2家 a 12家."""
    return re.sub(f"[{_CIRCLED}]", lambda mark: f"（{_CIRCLED.index(mark[0]) + 1}）", text)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (
        digits[ones] if ones else ""
    )


def _bracketed(number: int) -> str:
    return f"（{number}）"


def _dotted(number: int) -> str:
    return rf"(?<!\d){number}[.．、](?!\d)"


def _worded(number: int) -> str:
    return rf"(?<![十一二三四五六七八九]){_chinese(number)}是"


def _bracketed_word(number: int) -> str:
    return f"（{_chinese(number)}）"


_STYLES = (_bracketed, _dotted, _worded, _bracketed_word)


def _run(text: str, style: object) -> int:
    """How far a numbering of a style goes that begins right at the start of a text."""
    assert callable(style)
    first = re.match(f"[：，]?{style(1)}", text)
    if not first:
        return 0
    start, again = first.end(), re.compile(style(1))
    for number in range(2, _MOST + 1):
        found = re.compile(style(number)).search(text, start)
        restart = again.search(text, start)
        if not found or (restart and restart.start() < found.start()):
            return number - 1
        start = found.end()
    return _MOST


def _number(count: str) -> int:
    if count.isdigit():
        return int(count)
    tens, ten, ones = count.rpartition("十")
    if not ten:
        return _NUMERALS[count]
    return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0)
