"""Labels that say more than a name: 产出指标（50分）, or a name printed over two cells."""

import re
from decimal import Decimal

_CAP = r"(?P<cap>\d{1,3}(?:\.\d+)?)"
_IN_BRACKETS = re.compile(
    rf"(?P<name>.*\S)\s*[(（]\s*(?:满分|分值|权重)?[:：]?\s*{_CAP}\s*[分%％]\s*[)）]", re.DOTALL
)
# Without brackets only where the name has clearly ended: 效益指标 30分.
_AFTER_NAME = re.compile(rf"(?P<name>.*(?:指标|\S\s+))\s*{_CAP}\s*分", re.DOTALL)
_LONGEST = 80  # a longer text is prose, and may be made to keep a pattern busy
_COUNTER = re.compile(r"(?:指标)?[\d①-⑳一二三四五六七八九十]*[.．:：、]?")


def split_cap(label: str, *, is_group: bool = True) -> tuple[str, Decimal | None]:
    """A label without the cap that is written inside it, and that cap (None: there is none).

    A leaf's name may well end in a number of points that is no cap (测评 90分): there only one in
    brackets counts.
    """
    text = label.strip()
    if len(text) > _LONGEST:
        return label, None
    match = _IN_BRACKETS.fullmatch(text)
    if match is None and is_group:
        match = _AFTER_NAME.fullmatch(text)
    if match is None:
        return label, None
    return match["name"].strip(), Decimal(match["cap"])


def is_counter(text: str) -> bool:
    """Whether a cell merely numbers the name beside it (1, ①, 指标1)."""
    return _COUNTER.fullmatch("".join(text.split())) is not None
