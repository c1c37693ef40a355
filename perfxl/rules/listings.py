"""Lists of quantities in a sentence, with the total that the sentence gives for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from perfxl.rules.quantities import (
    Quantity,
    flat,
    quantities,
    sentences,
    without_brackets,
)

_OF_WHICH = re.compile("[，：]?其中(?:包括|有)?[，：]?")
_SUMMED = re.compile("[，、](?:[两三四五六七八九十]项)?(?:合计|共计|总计)(?:为|是)?$")
_EACH = re.compile("([两二三四五六七八九]|\\d)(?:项|类|个|部分|块)[^，]{0,12}分别(?:为|是)$")
_NUMERALS = {n: i for i, n in enumerate("一二三四五六七八九", 1)} | {"两": 2}
# Words of a clause whose figure is no part of the whole: a change, a mean, an earlier year.
_NOT_A_PART = re.compile(
    "增|减|降|升|超|上年|去年|往年|较|比|平均|人均|每|最高|最低|累计|剩余|未|新|占|合计|共计|总计|其中|调"
)
_SOURCE = re.compile("拨款|收入|自筹|自有|上级|财政|资金")
_USE = re.compile("支出|经费")
_WHOLES = (("基本支出", "项目支出"), ("人员经费", "公用经费"), ("人员支出", "公用支出"))
_SEPARATORS = "，、和及与以"
_LONGEST_NAME = 24
_NEAR = 32  # characters


@dataclass(frozen=True, slots=True)
class Listing:
    """A total and the parts told of it.

    `is_complete`: the parts are said or known to be all there are, so they must add up; else they
    may only not exceed the total. `may_overlap`: they divide it in more than one way.
    """

    total: Quantity
    parts: tuple[Quantity, ...]
    is_complete: bool
    may_overlap: bool = False

    @property
    def added(self) -> Decimal:
        """The parts' sum in the total's unit."""
        return sum((part.to(self.total.unit) for part in self.parts), Decimal(0))

    @property
    def slack(self) -> Decimal:
        """What rounding or cutting printed places may account for, in the total's unit."""
        unit = self.total.unit
        return self.total.place + sum((p.place_in(unit) / 2 for p in self.parts), Decimal(0))

    @property
    def largest(self) -> Quantity:
        """The part that is most."""
        return max(self.parts, key=lambda part: part.to(self.total.unit))


def listings(text: str) -> Iterator[Listing]:
    """Every list of a text whose total is clear; see `Listing`."""
    whole = flat(text)
    for sentence in sentences(without_brackets(whole)):
        yield from _of_which(sentence)
        yield from _each(sentence)
        yield from _summed(sentence)
    # 278人（其中甲组23人、乙组30人）: the list stands in the bracket, its total before it.
    for match in re.finditer("（(其中[^（）]*)）", whole):
        before = quantities(whole[max(match.start() - 24, 0) : match.start()])
        if before and whole[: match.start()].endswith(before[-1].quote):
            for sentence in sentences(f"{before[-1].quote}，{match[1]}"):
                yield from _of_which(sentence)


def _of_which(sentence: str) -> Iterator[Listing]:
    """T，其中a、b: the parts are at most T, and T where they are known to make a whole."""
    figures = quantities(sentence)
    for index, total in enumerate(figures):
        opening = _OF_WHICH.match(sentence, total.end)
        if not opening or total.unit == "%":
            continue
        named = _parts(sentence, total, figures[index + 1 :], opening.end())
        if named:
            names = [name for name, _ in named]
            mixed = any(map(_SOURCE.search, names)) and any(map(_USE.search, names))
            yield Listing(
                total,
                tuple(part for _, part in named),
                is_complete=any(_are(names, parts) for parts in _WHOLES),
                may_overlap=mixed or (len(named) < 3 and not total.is_money),
            )


def _are(names: list[str], whole: tuple[str, ...]) -> bool:
    return len(names) == len(whole) and all(any(part in name for name in names) for part in whole)


def _parts(
    sentence: str, total: Quantity, figures: list[Quantity], start: int
) -> list[tuple[str, Quantity]]:
    """Names and quantities of a list, as far as it runs without a break."""
    parts: list[tuple[str, Quantity]] = []
    for figure in figures:
        name = sentence[start : figure.start].lstrip(_SEPARATORS)
        if figure.unit == "%" and name.startswith("占"):
            start = figure.end
            continue
        if not figure.agrees_with(total) or figure.unit != total.unit:
            break
        is_named = 0 < len(name) <= _LONGEST_NAME and "，" not in name
        if not is_named or _NOT_A_PART.search(name) or re.search(r"\d", name):
            break
        parts.append((name, figure))
        start = figure.end
    return parts


def _each(sentence: str) -> Iterator[Listing]:
    """共T…三项分别为a、b、c: as many as were announced, so they make the whole."""
    figures = quantities(sentence)
    for index, first in enumerate(figures):
        announced = _EACH.search(_before(sentence, first))
        if not announced or not index:
            continue
        count = int(announced[1]) if announced[1].isdigit() else _NUMERALS[announced[1]]
        total, parts = figures[index - 1], figures[index : index + count]
        if (
            len(parts) == count
            and re.search("(?:共计|合计|总计|总额|共)(?:为|是)?$", _before(sentence, total))
            and all(part.unit == total.unit for part in parts)
            and _is_run(sentence, parts)
        ):
            yield Listing(total, tuple(parts), is_complete=True)


def _summed(sentence: str) -> Iterator[Listing]:
    """a、b，合计T: the figures right before T, unless fewer of them or one alone give T."""
    figures = quantities(sentence)
    for index, total in enumerate(figures):
        if total.unit == "%" or not _SUMMED.search(_before(sentence, total)):
            continue
        parts: list[Quantity] = []
        for figure in reversed(figures[:index]):
            if figure.unit != total.unit:
                break
            parts.insert(0, figure)
        if len(parts) < 2 or _NOT_A_PART.search(
            sentence[_clause_start(sentence, parts[0]) : parts[-1].end]
        ):
            continue
        runs = [Listing(total, tuple(parts[i:]), is_complete=True) for i in range(len(parts))]
        if all(abs(run.added - total.value) > run.slack for run in runs):
            yield runs[0]


def _before(sentence: str, figure: Quantity) -> str:
    """What stands right before a figure, as far as it matters for its meaning."""
    return sentence[max(figure.start - _NEAR, 0) : figure.start]


def _clause_start(sentence: str, figure: Quantity) -> int:
    return max(sentence.rfind("，", 0, figure.start), 0)


def _is_run(sentence: str, parts: list[Quantity]) -> bool:
    gaps = (sentence[a.end : b.start] for a, b in pairwise(parts))
    return all(set(gap) <= set(_SEPARATORS) for gap in gaps)
