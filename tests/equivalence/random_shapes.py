"""Scoring shapes with random parameters, and the inputs that try them hardest."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from perfxl.formula.coerce import Value
from perfxl.formula.dated import Dated, constant
from perfxl.formula.expression import score_expression
from perfxl.formula.shapes import (
    Better,
    Checklist,
    ChecklistItem,
    DeductPerStep,
    MeanCompletion,
    Option,
    Pace,
    Part,
    Partial,
    Proportional,
    Reverse,
    Shape,
    Sum,
    Tier,
    Tiers,
    ZeroIf,
    operands,
)
from perfxl.formula.tree import CellError, Literal, Node, walk

NUMBERS = ("n1", "n2", "n3", "n4", "n5")
ANSWERS = ("c1", "c2", "c3")
LIST = "l1"
KEYS = (*NUMBERS, *ANSWERS, LIST)
OPTIONS = ("是", "部分", "否")
YEARS = (2022, 2023, 2025)
EPSILON = Decimal("0.0001")

Inputs = dict[str, Value | tuple[Value, ...]]


def random_cap(rng: Random) -> Decimal:
    """Points as forms have them."""
    return Decimal(rng.choice(("0.5", "1", "1.5", "2", "3", "5", "6", "8", "10", "20", "25")))


def random_shape(rng: Random, cap: Decimal, depth: int = 2) -> Shape:
    """Any shape but a judged one; sums and conditions go `depth` deep."""
    makers = [_proportional, _tiers, _steps, _checklist, _mean, _pace]
    if depth:
        makers += [_zero_if, _sum]
    made: Shape = rng.choice(makers)(rng, cap, depth)
    return made


def _dated(rng: Random, *values: str) -> Dated:
    if rng.random() < 0.8:
        return constant(rng.choice(values))
    return Dated(tuple((year, Decimal(rng.choice(values))) for year in YEARS))


def _proportional(rng: Random, cap: Decimal, depth: int) -> Shape:
    actual, target = rng.sample(NUMBERS, 2)
    fixed = _dated(rng, "1", "0.9", "0", "80", "0.05", "-1")
    return Proportional(
        actual,
        target if rng.random() < 0.5 else fixed,
        rng.choice(list(Better)),
        rng.choice(list(Reverse)),
    )


def _tiers(rng: Random, cap: Decimal, depth: int) -> Shape:
    """Downwards from the best, its ends by chance; sometimes with a hole."""
    bounds = sorted(rng.sample(range(0, 120, 5), rng.randint(2, 4)), reverse=True)
    ends = [constant(Decimal(bound) / 100) for bound in bounds]
    upper_in = rng.random() < 0.5
    tiers = []
    for above, below in zip([None, *ends], [*ends, None], strict=True):
        score = constant((cap * rng.randint(0, 4) / 4).normalize())
        tiers.append(Tier(score, below, above, has_lower=not upper_in, has_upper=upper_in))
    if rng.random() < 0.3:
        del tiers[rng.randrange(len(tiers))]
    if rng.random() < 0.2 and tiers[0].lower is not None:
        point = tiers[0].lower
        tiers.insert(0, Tier(constant(cap), point, point, has_lower=True, has_upper=True))
    return Tiers(rng.choice(NUMBERS), tuple(tiers))


def _steps(rng: Random, cap: Decimal, depth: int) -> Shape:
    return DeductPerStep(
        rng.choice(NUMBERS),
        threshold=_dated(rng, "0", "1", "0.1", "-0.05"),
        step=_dated(rng, "1", "0.01", "0.05", "0.1"),
        per_step=_dated(rng, "0.1", "0.5", "1", "2", "0.8"),
        is_over=rng.random() < 0.5,
        partial=rng.choice(list(Partial)),
    )


def _checklist(rng: Random, cap: Decimal, depth: int) -> Shape:
    keys = rng.sample(ANSWERS, rng.randint(1, 3))
    items = []
    for key in keys:
        options = OPTIONS if rng.random() < 0.5 else ("是", "否")
        items.append(
            ChecklistItem(
                key,
                tuple(
                    Option(answer, _dated(rng, "0", "0.1", "0.2", "0.5", "1", "1.5", "-1"))
                    for answer in options
                ),
            )
        )
    return Checklist(tuple(items))


def _mean(rng: Random, cap: Decimal, depth: int) -> Shape:
    return MeanCompletion(LIST)


def _pace(rng: Random, cap: Decimal, depth: int) -> Shape:
    keys = tuple(rng.sample(NUMBERS, rng.randint(2, 4)))
    return Pace(
        keys,
        tuple(_dated(rng, "0.25", "0.5", "0.75", "1") for _ in keys),
        tuple(_dated(rng, "1", "0.5", "2") for _ in keys),
        _dated(rng, "0", "1", "2"),
        caps_each=rng.random() < 0.5,
    )


def _zero_if(rng: Random, cap: Decimal, depth: int) -> Shape:
    otherwise = random_shape(rng, cap, depth - 1)
    if rng.random() < 0.5:
        return ZeroIf(rng.choice(ANSWERS), otherwise, equals=rng.choice(OPTIONS))
    return ZeroIf(rng.choice(NUMBERS), otherwise, over=_dated(rng, "0", "1", "0.3"))


def _sum(rng: Random, cap: Decimal, depth: int) -> Shape:
    parts = []
    for number in range(rng.randint(2, 3)):
        own = random_cap(rng)
        parts.append(Part(f"第{number}部分", constant(own), random_shape(rng, own, depth - 1)))
    return Sum(tuple(parts))


def edges(node: Node, cap: Decimal) -> tuple[Decimal, ...]:
    """Numbers at and just beside each constant of the expression, and ties of rounding."""
    constants = {
        part.value
        for part in walk(node)
        if isinstance(part, Literal) and isinstance(part.value, Decimal)
    }
    near = {value + shift for value in constants for shift in (-EPSILON, 0, EPSILON)}
    # Rates by which the cap comes to x.xx5, and counts.
    ties = {Decimal(2 * k + 1) / 200 / cap for k in (0, 7, 33, 61, 99)}
    exact = {tie for tie in ties if len(str(tie)) < 12}
    return tuple(sorted(near | exact | {Decimal(0), Decimal(1), Decimal(2), Decimal("-0.2")}))


def random_inputs(rng: Random, shape: Shape, near: tuple[Decimal, ...]) -> Inputs:
    """A value for each operand: mostly numbers at the edges, now and then anything else.

    No truth values: to LibreOffice they are numbers, in Excel they count as none.
    """
    return {key: _value(rng, key, near) for key in dict.fromkeys(operands(shape))}


def _value(rng: Random, key: str, near: tuple[Decimal, ...]) -> Value | tuple[Value, ...]:
    if key == LIST:
        count = rng.randint(1, 6)
        return tuple(_rate(rng) for _ in range(count)) + (None,) * (6 - count)
    if rng.random() < 0.06:
        return rng.choice((None, "", "无", "0.5", CellError("#N/A"), Decimal("1E+15")))
    if key in ANSWERS:
        return rng.choice(OPTIONS)
    return rng.choice(near) if rng.random() < 0.7 else _number(rng)


def _rate(rng: Random) -> Value:
    if rng.random() < 0.05:
        return rng.choice((None, "无"))
    return Decimal(rng.randint(0, 100)) / 100


def _number(rng: Random) -> Decimal:
    if rng.random() < 0.5:
        return Decimal(rng.randint(-20, 400)) / 100
    return Decimal(rng.randint(0, 10**7)) / 10**4


def cases(seed: int, count: int, each: int) -> Iterator[tuple[Shape, Decimal, int, list[Inputs]]]:
    """Shapes with their cap, a year and inputs; the same for the same seed."""
    rng = Random(seed)
    for _ in range(count):
        cap = random_cap(rng)
        shape = random_shape(rng, cap)
        year = rng.choice(YEARS)
        node = score_expression(shape, Literal(cap), decimals=2, year=year)
        assert node is not None
        near = edges(node, cap)
        yield shape, cap, year, [random_inputs(rng, shape, near) for _ in range(each)]
