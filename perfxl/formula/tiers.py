"""Points by intervals of a measure, as a chain of conditions."""

from collections.abc import Sequence
from decimal import Decimal

from perfxl.formula.patterns import BLANK
from perfxl.formula.shapes import Tier, Tiers
from perfxl.formula.tree import Binary, Call, Literal, Name, Node


def tier_score(shape: Tiers, year: int | None) -> Node:
    """Tiers from the last to the first, so that the first that fits wins; a hole gives ""."""
    tiers = list(shape.tiers)
    raw: Node = BLANK if has_hole(tiers, year) else Literal(tiers.pop().score.at(year))
    for tier in reversed(tiers):
        score = Literal(tier.score.at(year))
        inside = _inside(tier, Name(shape.measure), year)
        raw = score if inside is None else Call("IF", (inside, score, raw))
    return raw


def has_hole(tiers: Sequence[Tier], year: int | None) -> bool:
    """Whether some number falls into none of the tiers."""
    below: tuple[Decimal, bool] | None = None  # the end reached so far and whether it is covered
    ordered = sorted(tiers, key=lambda tier: _start(tier, year))
    if not ordered or ordered[0].lower is not None:
        return True
    for tier in ordered:
        if tier.lower is not None and below is not None:
            start, (end, is_covered) = tier.lower.at(year), below
            if start > end or (start == end and not (tier.has_lower or is_covered)):
                return True
        if tier.upper is None:
            return False
        reach = (tier.upper.at(year), tier.has_upper)
        below = reach if below is None else max(below, reach)
    return True


def _start(tier: Tier, year: int | None) -> tuple[bool, Decimal, bool]:
    """Sorts tiers by where they begin, the one without a lower bound first."""
    if tier.lower is None:
        return (False, Decimal(0), False)
    return (True, tier.lower.at(year), not tier.has_lower)


def _inside(tier: Tier, measure: Node, year: int | None) -> Node | None:
    bounds: list[Node] = []
    if tier.lower is not None and tier.lower == tier.upper:
        return Binary("=", measure, Literal(tier.lower.at(year)))
    if tier.lower is not None:
        sign = ">=" if tier.has_lower else ">"
        bounds.append(Binary(sign, measure, Literal(tier.lower.at(year))))
    if tier.upper is not None:
        sign = "<=" if tier.has_upper else "<"
        bounds.append(Binary(sign, measure, Literal(tier.upper.at(year))))
    return joined("AND", bounds) if bounds else None


def covered(shape: Tiers, year: int | None) -> Node:
    """Whether the measure falls into a tier at all."""
    insides = [_inside(tier, Name(shape.measure), year) for tier in shape.tiers]
    if None in insides or not insides:
        return Literal(bool(insides))
    return joined("OR", [inside for inside in insides if inside is not None])


def joined(name: str, tests: Sequence[Node]) -> Node:
    """AND or OR of the tests, where there are several."""
    return tests[0] if len(tests) == 1 else Call(name, tuple(tests))
