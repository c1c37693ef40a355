"""Sums of scores: each leaf at the scheme's decimals first, then added."""

from collections.abc import Iterable
from decimal import Decimal

from perfxl.model.form import Indicator
from perfxl.model.number import Number, NumberKind, round_half_up

# Beyond this a "score" is damage; rounding it would overflow the decimal context.
_LARGEST_EXPONENT = 15


def kept(value: Decimal, decimals: int) -> Decimal:
    """A score at the decimals that scores are kept at, half away from zero."""
    return value if value.adjusted() > _LARGEST_EXPONENT else round_half_up(value, decimals)


def is_addable(number: Number) -> bool:
    """Whether a sum over the cell is known: it holds a number or nothing."""
    return number.value is not None or number.kind is NumberKind.BLANK


def score_sum(leaves: Iterable[Indicator], decimals: int) -> Decimal | None:
    """The leaves' scores rounded and added; blanks add nothing.

    None when a score cannot be read (text, error, unknown) or all are blank.
    """
    scores = [leaf.score for leaf in leaves]
    if not all(is_addable(score) for score in scores):
        return None
    values = [score.value for score in scores if score.value is not None]
    return sum((kept(value, decimals) for value in values), Decimal(0)) if values else None


def exact_sum(leaves: Iterable[Indicator]) -> Decimal:
    """The readable scores as they are, added: what an Excel SUM over numbers gives."""
    return sum((leaf.score.value for leaf in leaves if leaf.score.value is not None), Decimal(0))


def held_to_cap(leaf: Indicator, decimals: int) -> Decimal:
    """A leaf's rounded score, or its cap where it exceeds it; a missing score counts 0."""
    if leaf.score.value is None:
        return Decimal(0)
    score = kept(leaf.score.value, decimals)
    cap = leaf.max_score.value if leaf.max_score else None
    return score if cap is None else min(score, cap)


def lost_by(leaf: Indicator) -> Decimal | None:
    """What the score falls short of a positive cap, above zero; None when nothing is known lost.

    A bonus that was not earned in full is no loss.
    """
    if leaf.adjustment:
        return None
    cap = leaf.max_score.value if leaf.max_score else None
    score = leaf.score.value
    if cap is None or score is None or cap <= 0 or score >= cap:
        return None
    return cap - score


def is_over_cap(leaf: Indicator) -> bool:
    """Whether the score exceeds the cap (a missing one does not); never of a bonus or deduction."""
    if leaf.adjustment:
        return False
    cap = leaf.max_score.value if leaf.max_score else None
    return leaf.score.value is not None and cap is not None and leaf.score.value > cap
