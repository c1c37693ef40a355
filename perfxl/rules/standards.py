"""A standard in the words of a finding: the tier that applies, whose standard it is."""

from decimal import Decimal

from perfxl.formula.shapes import Tier, Tiers
from perfxl.formula.standard_sentence import standard_sentence
from perfxl.formula.terms import term_of
from perfxl.model.number import plain
from perfxl.rules.base import Hit, at
from perfxl.rules.operands import Operand, quantity, terms_of
from perfxl.rules.recompute import Recomputed
from perfxl.scheme.model import Scheme, Scoring, Standard
from perfxl.scheme.pairing import name_key

_SOURCES = {
    Standard.PUBLISHED: "按标准{source}",
    Standard.DERIVED: "按公布的自评表推得的标准{source}",
    Standard.BORROWED: "本地标准未取得，借用他处的标准{source}",
}


def differing(outcome: Recomputed, scheme: Scheme, home: str) -> Hit:
    """The hit of a score that its standard does not give; severity is the rule's affair.

    Its params: `operands` with their cells, `standard` in words, `change` of the total.
    """
    gap = outcome.expected - outcome.stated
    way = "加" if gap > 0 else "减"
    return at(
        outcome.leaf.score,
        path=outcome.leaf.path,
        provided=outcome.stated,
        expected=outcome.expected,
        difference=outcome.stated - outcome.expected,
        operands=_operands_told(outcome, home),
        standard=standard_told(outcome, scheme),
        change=f"总分{way}{plain(abs(gap))}分",
    )


_MOST_OPERANDS = 6


def _operands_told(outcome: Recomputed, home: str) -> str:
    """The operands with their cells, without names that stand in the sentence anyway."""
    operands, own = outcome.operands, name_key(outcome.leaf.path[-1])
    said = [
        one.said(home).removeprefix(one.name if _is_named(one, own) else "")
        for one in operands[:_MOST_OPERANDS]
    ]
    more = f"等{len(operands)}项" if len(operands) > _MOST_OPERANDS else ""
    return "、".join(said) + more


def _is_named(operand: Operand, own: str) -> bool:
    """Whether it is the indicator itself, or the answer to a question that the standard quotes."""
    return name_key(operand.name) == own or isinstance(operand.value, str)


def standard_told(outcome: Recomputed, scheme: Scheme) -> str:
    """Whose standard it is, and the tier that applies, else the standard's whole sentence."""
    shape, text = outcome.scoring.shape, source_told(outcome.scoring)
    tier = tier_of(outcome)
    if tier is not None and (tier.lower or tier.upper) and isinstance(shape, Tiers):
        unit = term_of(shape.measure, terms_of(scheme)).unit
        return f"{text}{_interval(tier, unit, outcome.year)}"
    told = standard_sentence(
        shape,
        outcome.cap,
        terms_of(scheme),
        decimals=scheme.score_decimals,
        year=outcome.year,
    )
    return f"{text}“{told}”"


def source_told(scoring: Scoring) -> str:
    """Whose standard it is."""
    source = f"（{scoring.source}）" if scoring.source else ""
    return _SOURCES[scoring.standard].format(source=source)


def tier_of(outcome: Recomputed) -> Tier | None:
    """The tier that the measure as stated falls into; None for standards without tiers."""
    shape = outcome.scoring.shape
    if not isinstance(shape, Tiers) or len(outcome.operands) != 1:
        return None
    value = outcome.operands[0].value
    if not isinstance(value, Decimal):
        return None
    return next((tier for tier in shape.tiers if _holds(tier, value, outcome.year)), None)


def bound_for(outcome: Recomputed, scheme: Scheme) -> str:
    """What would have earned the stated score: 95%; "" where no tier gives it."""
    shape = outcome.scoring.shape
    if not isinstance(shape, Tiers):
        return ""
    unit = term_of(shape.measure, terms_of(scheme)).unit
    for tier in shape.tiers:
        bound = tier.lower or tier.upper
        if tier.score.at(outcome.year) == outcome.stated and bound is not None:
            return quantity(bound.at(outcome.year), unit)
    return ""


def _holds(tier: Tier, value: Decimal, year: int | None) -> bool:
    if tier.lower is not None:
        lower = tier.lower.at(year)
        if value < lower or (value == lower and not tier.has_lower):
            return False
    if tier.upper is not None:
        upper = tier.upper.at(year)
        if value > upper or (value == upper and not tier.has_upper):
            return False
    return True


def _interval(tier: Tier, unit: str, year: int | None) -> str:
    """90%（含）至95%, 95%（含）以上, 80%以下."""
    lower = quantity(tier.lower.at(year), unit) if tier.lower else ""
    upper = quantity(tier.upper.at(year), unit) if tier.upper else ""
    lower += "（含）" if lower and tier.has_lower else ""
    upper += "（含）" if upper and tier.has_upper else ""
    if lower and upper:
        return f"{lower}至{upper}"
    return f"{lower}以上" if lower else f"{upper}以下"
