"""BT101 copied reasons and BT102 the same numbers: returns that repeat one another."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.batch.advice.model import Advice
from perfxl.batch.summary.counted import Counted
from perfxl.batch.summary.table import Source
from perfxl.model.number import shown

_SHORTEST = 15  # letters of a text that two people would hardly write alike
_FEWEST_LOST = 3  # indicators with points lost before equal scores tell anything
_QUOTED = 40
_FOLDED_AWAY = re.compile(r"[\W_]+")


def copied_reasons(tables: Sequence[Counted]) -> Iterator[Advice]:
    """BT101: reasons or measures that stand word for word in several units' returns.

    A unit's own name and the indicator's are no part of the comparison.
    """
    found: dict[str, dict[str, tuple[Counted, Source]]] = {}
    quotes: dict[str, str] = {}
    for one in tables:
        for each in one.entry.shortfalls:
            for text in (each.reason, each.action):
                key = _key(text or "", (one.unit.name, one.entry.unit, each.path[-1]))
                if len(key) >= _SHORTEST:
                    quotes.setdefault(key, " ".join((text or "").split()))
                    by_unit = found.setdefault(key, {})
                    by_unit.setdefault(one.unit.code, (one, one.source(each.place)))
    for key, by_unit in found.items():
        if len(by_unit) < 2:
            continue
        holders = [one for one, _ in by_unit.values()]
        places = tuple(source for _, source in by_unit.values())
        quote = quotes[key]
        told = quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED]}…"
        yield Advice(
            "BT101",
            "reason-copied",
            "原因或措施雷同",
            tuple(one.unit.code for one in holders),
            tuple(one.unit.name for one in holders),
            places,
            Decimal(len(holders) * 10 + min(len(key), 100)) / 10,
            f"{len(holders)}家单位写的一字不差：“{told}”",
        )


def _key(text: str, names: Sequence[str]) -> str:
    folded = unicodedata.normalize("NFKC", text)
    for name in names:
        if name:
            folded = folded.replace(unicodedata.normalize("NFKC", name), "")
    return _FOLDED_AWAY.sub("", folded)


def same_numbers(tables: Sequence[Counted]) -> Iterator[Advice]:
    """BT102: returns whose scores are the same in every row, points lost in several of them."""
    found: dict[tuple[object, ...], list[Counted]] = {}
    for one in tables:
        scores = tuple((path, leaf.score) for path, leaf in one.scores())
        if len(one.entry.shortfalls) >= _FEWEST_LOST and all(s is not None for _, s in scores):
            found.setdefault(scores, []).append(one)
    for holders in found.values():
        if len({one.unit.code for one in holders}) < 2:
            continue
        total = holders[0].entry.total.computed
        lost = len(holders[0].entry.shortfalls)
        told = "" if total is None else f"，总分都是{shown(total)}"
        yield Advice(
            "BT102",
            "numbers-identical",
            "得分逐项相同",
            tuple(one.unit.code for one in holders),
            tuple(one.unit.name for one in holders),
            tuple(one.source(one.entry.total.place) for one in holders),
            Decimal(len(holders) * 2 + lost),
            f"{len(holders)}家单位每项得分都相同，{lost}项失分一致{told}",
        )
