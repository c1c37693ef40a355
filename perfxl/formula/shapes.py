"""The shapes that scoring standards have. Data only: `formula.expression` makes a tree of them.

Operands are keys of a scheme's inputs and measures. Rates are fractions (0.95), scores are points.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from perfxl.formula.dated import Dated, constant

ONE = constant(1)


class Better(Enum):
    """Which way of missing the target costs points."""

    HIGHER = "higher"
    LOWER = "lower"


class Reverse(Enum):
    """How a smaller-is-better score falls once actual exceeds target.

    PLATFORM: 1 − (actual − target) / target, as the budget platform computes; PLAIN: target /
    actual, as older instructions have it. Target 10, actual 15: 0.5 and 0.6667 of the cap.
    """

    PLATFORM = "platform"
    PLAIN = "plain"


class Partial(Enum):
    """What a step that is not full costs: nothing, its share, or the whole step."""

    WHOLE = "whole"
    PRO_RATA = "pro_rata"
    STARTED = "started"


@dataclass(frozen=True, slots=True)
class Proportional:
    """Cap × actual / target, at most the cap. `target` is a key or a fixed value."""

    actual: str
    target: str | Dated = ONE
    better: Better = Better.HIGHER
    reverse: Reverse = Reverse.PLATFORM


@dataclass(frozen=True, slots=True)
class Tier:
    """An interval of the measure with its points; None is no bound on that side."""

    score: Dated
    lower: Dated | None
    upper: Dated | None
    has_lower: bool = True  # whether the bound itself belongs to the tier
    has_upper: bool = False


@dataclass(frozen=True, slots=True)
class Tiers:
    """Points by the interval that the measure falls into."""

    measure: str
    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class DeductPerStep:
    """The cap less `per_step` for each `step` beyond the threshold, down to zero.

    `is_over`: beyond is above the threshold, else below it. A deduction for each breach is
    threshold 0, step 1 over a count.
    """

    measure: str
    threshold: Dated
    step: Dated
    per_step: Dated
    is_over: bool = True
    partial: Partial = Partial.WHOLE


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be chosen, with its points."""

    answer: str
    score: Dated


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """A question of a checklist; `key` is the input that holds the answer."""

    key: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The sum of the points of the answers."""

    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True)
class MeanCompletion:
    """Cap × the mean of completion rates, each at most 1. `rates` is the key of a list."""

    rates: str


@dataclass(frozen=True, slots=True)
class Pace:
    """Progress at several dates against the pace set for each.

    Σ weight × rate / pace, plus `mean_weight` × the mean of the rates. `caps_each`: whether
    progress ahead of a pace counts as on pace.
    """

    rates: tuple[str, ...]
    paces: tuple[Dated, ...]
    weights: tuple[Dated, ...]
    mean_weight: Dated
    caps_each: bool = False


@dataclass(frozen=True, slots=True)
class ZeroIf:
    """Nothing at all when the condition holds, else what `otherwise` gives.

    The condition: the input `key` is the answer `equals`, or its number exceeds `over`.
    """

    key: str
    otherwise: "Shape"
    equals: str | None = None
    over: Dated | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a judged score as shares of the cap: [lower, upper), the top one with its end."""

    name: str
    lower: Decimal
    upper: Decimal


@dataclass(frozen=True, slots=True)
class Manual:
    """A person's judgement; nothing is computed. `levels`, best first, bound it where known.

    `level_key` is the input that says which level was reached, where the form asks for it.
    """

    levels: tuple[Level, ...] = ()
    level_key: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an indicator with points of its own."""

    name: str
    max_score: Dated
    shape: "Shape"


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of parts, each within its own points; rounded once, at the end."""

    parts: tuple[Part, ...]


Shape = (
    Proportional | Tiers | DeductPerStep | Checklist | MeanCompletion | Pace | ZeroIf | Manual | Sum
)


def is_manual(shape: Shape) -> bool:
    """Whether a person's judgement is needed anywhere in it, so that no score can be computed."""
    match shape:
        case Manual():
            return True
        case ZeroIf():
            return is_manual(shape.otherwise)
        case Sum():
            return any(is_manual(part.shape) for part in shape.parts)
        case _:
            return False


def operands(shape: Shape) -> Iterator[str]:  # noqa: C901 - one flat case for each shape
    """The keys that a shape reads, in reading order, repeats included."""
    match shape:
        case Proportional():
            yield shape.actual
            if isinstance(shape.target, str):
                yield shape.target
        case Tiers() | DeductPerStep():
            yield shape.measure
        case Checklist():
            yield from (item.key for item in shape.items)
        case MeanCompletion():
            yield shape.rates
        case Pace():
            yield from shape.rates
        case ZeroIf():
            yield shape.key
            yield from operands(shape.otherwise)
        case Manual():
            yield from filter(None, [shape.level_key])
        case Sum():
            for part in shape.parts:
                yield from operands(part.shape)
