"""A stated sum against its leaves, with what may explain a difference."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from perfxl.model.form import Indicator
from perfxl.model.number import Number, NumberKind
from perfxl.model.sums import exact_sum, kept

# Text cells beyond this many are not tried in all combinations: 2^8 sums are enough.
_MOST_TEXTS = 8


class Disagreement(NamedTuple):
    """A sum that is stated otherwise than its leaves give it."""

    stated: Decimal
    computed: Decimal
    is_rounding: bool  # stated is the sum at fewer decimals
    why: str  # Chinese, beginning with a separator; "" when nothing explains it
    has_text: bool


def disagreement(
    stated: Number,
    leaves: Sequence[Indicator],
    decimals: int,
    sums: tuple[Decimal, Decimal] | None,
) -> Disagreement | None:
    """How a stated sum differs from its leaves; None when it agrees or cannot be compared.

    Rounding the leaves first or last may give different sums; either is accepted.

    Args:
        stated: the sum as stated.
        leaves: what it is the sum of.
        decimals: those that scores are kept at.
        sums: the leaves rounded and added, and unrounded; None where that is not known.
    """
    if stated.value is None or sums is None:
        return None
    computed, exact = sums
    if kept(stated.value, decimals) in (computed, kept(exact, decimals)):
        return None
    is_rounding = any(
        stated.value in (kept(computed, places), kept(exact, places)) for places in range(decimals)
    )
    texts = _left_out(computed - stated.value, leaves)
    return Disagreement(stated.value, computed, is_rounding, _why(texts, leaves), bool(texts))


def _left_out(gap: Decimal, leaves: Sequence[Indicator]) -> list[Indicator]:
    """The leaves typed as text whose scores make exactly the gap, fewest first."""
    texts = [leaf for leaf in leaves if leaf.score.kind is NumberKind.TEXT_NUMBER]
    if gap <= 0 or len(texts) > _MOST_TEXTS:
        return texts if gap == exact_sum(texts) and gap > 0 else []
    for count in range(1, len(texts) + 1):
        for chosen in combinations(texts, count):
            if exact_sum(chosen) == gap:
                return list(chosen)
    return []


def _why(texts: Sequence[Indicator], leaves: Sequence[Indicator]) -> str:
    if texts:
        cells = "、".join(f"{leaf.score.place.cell}的{leaf.score.raw.strip()}" for leaf in texts)
        return f"：{cells}是文本，没有加进去"
    blanks = sum(leaf.score.kind is NumberKind.BLANK for leaf in leaves)
    return f"（有{blanks}项得分没有填）" if blanks else ""
