"""Quantities as Chinese sentences state them: a number, its unit, how exactly it is printed."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from perfxl.model.number import plain

# What one of a unit of money is in 元.
YUAN = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
COUNTERS = (
    "人次", "家次", "户次", "场次", "批次", "项次", "处次", "车次", "架次",
    "人", "名", "家", "户", "个", "项", "件", "条", "份", "处", "次", "场", "起", "篇", "批", "期",
    "套", "台", "辆", "座", "类", "宗", "栋", "所", "支", "册", "幅",
)  # fmt: skip
_HALF_WIDTH = str.maketrans(",;:()!?", "，；：（）！？")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_QUANTITY = re.compile(
    r"(?<![\d.A-Za-z〔\[第-])(\d{{1,15}}(?:\.\d{{1,6}})?)({units}|%|分(?![之类为别析期批解配管工级]))".format(
        units="|".join(sorted((*YUAN, *COUNTERS), key=len, reverse=True))
    ),
    re.ASCII,
)
# Words beside a number that make it an estimate.
_ABOUT_BEFORE = re.compile("(?:约|近|超|超过|逾|不足|将近|至少|高达|多达)$")
_ABOUT_AFTER = re.compile("余|多|以上|左右")
_SENTENCE = re.compile("[^。；！？]+")
_BRACKETS = re.compile("（[^（）]*）")


class Quantity(NamedTuple):
    """A number with its unit (元, 万元, 家, %, 分 …), and where in the text it stands.

    `place` is one unit of the last printed place, in `unit`; 0 for a whole count, which is exact.
    """

    value: Decimal
    unit: str
    place: Decimal
    quote: str
    start: int
    end: int

    @property
    def is_money(self) -> bool:
        """Whether the unit is one of money."""
        return self.unit in YUAN

    def to(self, unit: str) -> Decimal:
        """The value in another unit of money; units of other kinds are not converted."""
        return self.value * YUAN[self.unit] / YUAN[unit] if self.is_money else self.value

    def place_in(self, unit: str) -> Decimal:
        """`place` in another unit of money."""
        return self.place * YUAN[self.unit] / YUAN[unit] if self.is_money else self.place

    def agrees_with(self, other: "Quantity") -> bool:
        """Whether both may be of one kind: money with money, else the same unit."""
        return (self.is_money and other.is_money) or self.unit == other.unit


@lru_cache(maxsize=1024)
def flat(text: str) -> str:
    """A text on one line: NFKC, full-width punctuation, no spaces, no commas inside numbers.

    A line break, and a space between two digits, becomes a comma: 1000⏎2. is not 10002.
    """
    lines = "，".join(
        line.strip() for line in unicodedata.normalize("NFKC", text).splitlines() if line.strip()
    )
    spaced = re.sub(r"(?<=\d)\s+(?=\d)", "，", lines)
    whole = _THOUSANDS.sub("", re.sub(r"\s+", "", spaced))
    joined = whole.translate(_HALF_WIDTH)
    return re.sub("([，。；：、！？])，+", r"\1", joined)


def quantities(text: str) -> list[Quantity]:
    """Every quantity of a flat text, in order; estimates (约300人, 6万余人) are left out."""
    found = []
    for match in _QUANTITY.finditer(text):
        before, after = text[max(match.start() - 2, 0) : match.start()], text[match.end() :][:2]
        if _ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(after):
            continue
        number, unit = match[1], match[2]
        decimals = len(number.partition(".")[2])
        is_exact = not decimals and unit in COUNTERS
        place = Decimal(0) if is_exact else Decimal(1).scaleb(-decimals)
        found.append(Quantity(Decimal(number), unit, place, match[0], match.start(), match.end()))
    return found


def sentences(text: str) -> Iterator[str]:
    """The sentences of a flat text, up to 。；！？."""
    for match in _SENTENCE.finditer(text):
        yield match[0]


def without_brackets(text: str) -> str:
    """A flat text without what it says in brackets."""
    return _BRACKETS.sub("", text)


def digits_of(value: Decimal) -> int:
    """Significant digits, zeros at either end not counted: 4610.04 → 6, 2000.00 → 1."""
    return len(plain(abs(value)).replace(".", "").strip("0"))
