"""From a shape to the one expression tree that is its value, its Excel text and its sentence.

A score is "" until all it needs is there: a blank is not a zero. Sums and rates are rounded to
ten decimals, so that binary arithmetic cannot put a rate on the wrong side of a tier's bound.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce

from perfxl.formula.dated import Dated
from perfxl.formula.patterns import BLANK, NOISE_DECIMALS, ONE, ZERO, listed_span
from perfxl.formula.shapes import (
    Better,
    Checklist,
    ChecklistItem,
    DeductPerStep,
    Manual,
    MeanCompletion,
    Pace,
    Partial,
    Proportional,
    Reverse,
    Shape,
    Sum,
    Tiers,
    ZeroIf,
    is_manual,
    operands,
)
from perfxl.formula.tiers import covered, has_hole, joined, tier_score
from perfxl.formula.tree import Binary, Call, Literal, Name, Node
from perfxl.model.number import round_half_up


def score_expression(
    shape: Shape, cap: Node, *, decimals: int, year: int | None = None
) -> Node | None:
    """The score by a standard, rounded half away from zero and within [0, cap].

    Args:
        shape: the standard.
        cap: 分值, a literal or the cell that holds it.
        decimals: decimals the score is kept at.
        year: the evaluation year, for parameters that changed.

    Returns:
        The expression over `Name(key)` of inputs and measures; "" while one it needs is missing.
        None where a person's judgement is part of it.
    """
    if is_manual(shape):
        return None
    score = _finished(_raw_score(shape, cap, year), cap, decimals)
    return _if(_is_complete(shape, year), score, BLANK)


def ratio(numerator: Node, denominator: Node, needed: Sequence[Node]) -> Node:
    """A rate; "" while an operand is missing, and when the denominator is 0: it has none."""
    exact = _round(Binary("/", numerator, denominator), NOISE_DECIMALS)
    return _if(_have_numbers(needed), _if(Binary("=", denominator, ZERO), BLANK, exact), BLANK)


def amount(total: Node, needed: Sequence[Node]) -> Node:
    """A sum or difference; "" while an operand is missing."""
    return _if(_have_numbers(needed), _round(total, NOISE_DECIMALS), BLANK)


def mean(values: Sequence[Node]) -> Node:
    """The mean; "" while a value is missing."""
    average = _round(Call("AVERAGE", tuple(values)), NOISE_DECIMALS)
    return _if(_have_numbers(values), average, BLANK)


def signed_sum(terms: Sequence[tuple[int, Node]]) -> Node:
    """Nodes added (+1) or subtracted (−1) in order; the first is added."""
    (_, first), *rest = terms
    return reduce(
        lambda sum_, term: Binary("+" if term[0] > 0 else "-", sum_, term[1]), rest, first
    )


def _raw_score(shape: Shape, cap: Node, year: int | None) -> Node:
    match shape:
        case Proportional():
            return _proportional(shape, cap, year)
        case Tiers():
            return tier_score(shape, year)
        case DeductPerStep():
            return Binary("-", cap, _deduction(shape, year))
        case Checklist():
            return _add([_answer_score(item, year) for item in shape.items])
        case MeanCompletion():
            return Binary("*", cap, Call("AVERAGE", (Name(shape.rates),)))
        case Pace():
            return _pace_score(shape, year)
        case ZeroIf():
            return _if(_condition(shape, year), ZERO, _raw_score(shape.otherwise, cap, year))
        case Sum():
            return _add(
                [
                    _within(_raw_score(part.shape, own, year), own)
                    for part in shape.parts
                    for own in (_literal(part.max_score, year),)
                ]
            )
        case Manual():
            raise ValueError("a judged score has no expression")


def _finished(raw: Node, cap: Node, decimals: int) -> Node:
    """The score within [0, cap] and rounded, in each branch where there are several; "" stays."""
    if isinstance(raw, Call) and raw.name == "IF":
        test, then, otherwise = raw.arguments
        return _if(test, _finished(then, cap, decimals), _finished(otherwise, cap, decimals))
    if raw == BLANK:
        return raw
    match raw, cap:
        case Literal(Decimal() as score), Literal(Decimal() as most):
            return Literal(round_half_up(max(Decimal(0), min(most, score)), decimals))
    return _round(_within(raw, cap), decimals)


def _proportional(shape: Proportional, cap: Node, year: int | None) -> Node:
    """Cap × the share met; a target of 0 or below is met or not, nothing in between."""
    actual = Name(shape.actual)
    target: Node = (
        Name(shape.target) if isinstance(shape.target, str) else _literal(shape.target, year)
    )
    fixed = None if isinstance(shape.target, str) else shape.target.at(year)
    if fixed is not None and fixed > 0 and shape.better is Better.HIGHER:
        # What is above the target is cut off with the cap.
        return _divided(Binary("*", cap, actual), target)
    if shape.better is Better.HIGHER:
        is_met = Binary(">=", actual, target)
        part: Node = Binary("/", actual, target)
    else:
        is_met = Binary("<=", actual, target)
        part = _reverse_part(shape.reverse, actual, target)
    if fixed is not None:
        return Binary("*", cap, _if(is_met, ONE, part if fixed > 0 else ZERO))
    part = _if(Binary("<=", target, ZERO), ZERO, part)
    return Binary("*", cap, _if(is_met, ONE, part))


def _reverse_part(reverse: Reverse, actual: Node, target: Node) -> Node:
    if reverse is Reverse.PLAIN:
        return Binary("/", target, actual)
    return Binary("-", ONE, Binary("/", Binary("-", actual, target), target))


def _deduction(shape: DeductPerStep, year: int | None) -> Node:
    measure, threshold = Name(shape.measure), _literal(shape.threshold, year)
    beyond = _less(measure, threshold) if shape.is_over else _less(threshold, measure)
    steps = _divided(beyond, _literal(shape.step, year))
    if shape.partial is not Partial.PRO_RATA:
        rounding = "ROUNDDOWN" if shape.partial is Partial.WHOLE else "ROUNDUP"
        steps = Call(rounding, (_round(steps, NOISE_DECIMALS), ZERO))
    return _times(Call("MAX", (ZERO, steps)), _literal(shape.per_step, year))


def _answer_score(item: ChecklistItem, year: int | None) -> Node:
    raw: Node = _literal(item.options[-1].score, year)
    for option in reversed(item.options[:-1]):
        is_chosen = Binary("=", Name(item.key), Literal(option.answer))
        raw = _if(is_chosen, _literal(option.score, year), raw)
    return raw


def _pace_score(shape: Pace, year: int | None) -> Node:
    raw: list[Node] = []
    for key, pace, weight in zip(shape.rates, shape.paces, shape.weights, strict=True):
        share = _divided(Name(key), _literal(pace, year))
        if shape.caps_each:
            share = Call("MIN", (ONE, share))
        raw.append(_times(share, _literal(weight, year)))
    mean_weight = _literal(shape.mean_weight, year)
    if mean_weight != ZERO:
        average = Call("AVERAGE", tuple(Name(key) for key in shape.rates))
        raw.append(_times(average, mean_weight))
    return _add(raw)


def _condition(shape: ZeroIf, year: int | None) -> Node:
    if shape.over is not None:
        return Binary(">", Name(shape.key), _literal(shape.over, year))
    return Binary("=", Name(shape.key), Literal(shape.equals or ""))


def _is_complete(shape: Shape, year: int | None) -> Node:
    """Whether all that the standard reads is there: numbers as numbers, answers as answers."""
    answers = dict(_answers(shape))
    numbers = dict.fromkeys(key for key in operands(shape) if key not in answers)
    tests: list[Node] = [_is_answer(key, known) for key, known in answers.items()]
    if numbers:
        tests.insert(0, _have_numbers([Name(key) for key in numbers], _lists(shape)))
    if isinstance(shape, Sum):  # a blank part would make an error of the sum
        tests += [covered(tiers, year) for tiers in _holed(shape, year)]
    return joined("AND", tests)


def _holed(shape: Shape, year: int | None) -> list[Tiers]:
    """The tiers anywhere in a standard that leave a number without points."""
    match shape:
        case Tiers():
            return [shape] if has_hole(shape.tiers, year) else []
        case ZeroIf():
            return _holed(shape.otherwise, year)
        case Sum():
            return [tiers for part in shape.parts for tiers in _holed(part.shape, year)]
        case _:
            return []


def _answers(shape: Shape) -> list[tuple[str, tuple[str, ...]]]:
    """The inputs that hold answers, with the answers known; none where any text will do."""
    match shape:
        case Checklist():
            return [
                (item.key, tuple(option.answer for option in item.options)) for item in shape.items
            ]
        case ZeroIf():
            own = [(shape.key, ())] if shape.equals is not None else []
            return [*own, *_answers(shape.otherwise)]
        case Sum():
            return [pair for part in shape.parts for pair in _answers(part.shape)]
        case _:
            return []


def _lists(shape: Shape) -> frozenset[str]:
    match shape:
        case MeanCompletion():
            return frozenset([shape.rates])
        case ZeroIf():
            return _lists(shape.otherwise)
        case Sum():
            return frozenset().union(*(_lists(part.shape) for part in shape.parts))
        case _:
            return frozenset()


def _is_answer(key: str, known: tuple[str, ...]) -> Node:
    if not known:
        return Binary("<>", Name(key), BLANK)
    tests = [Binary("=", Name(key), Literal(answer)) for answer in known]
    return joined("OR", tests)


def _have_numbers(nodes: Sequence[Node], lists: frozenset[str] = frozenset()) -> Node:
    """COUNT, because it passes over blanks and texts; a list needs one number at least."""
    distinct = list(dict.fromkeys(nodes))
    many = [node for node in distinct if isinstance(node, Name) and node.name in lists]
    single = [node for node in distinct if node not in many]
    tests: list[Node] = []
    if single:
        whole = Literal(Decimal(len(single)))
        tests.append(Binary("=", Call("COUNT", tuple(single)), whole))
    tests += [Binary(">", Call("COUNT", (node,)), ZERO) for node in many]
    return joined("AND", tests)


def _within(raw: Node, cap: Node) -> Node:
    """The points within [0, cap], where they could lie outside."""
    known = listed_span(raw)
    if known is None or not isinstance(cap, Literal) or not isinstance(cap.value, Decimal):
        return Call("MAX", (ZERO, Call("MIN", (cap, raw))))
    if known[1] > cap.value:
        raw = Call("MIN", (cap, raw))
    return raw if known[0] >= 0 else Call("MAX", (ZERO, raw))


def _round(node: Node, decimals: int) -> Node:
    return Call("ROUND", (node, Literal(Decimal(decimals))))


def _times(node: Node, weight: Node) -> Node:
    return node if weight == ONE else Binary("*", node, weight)


def _divided(node: Node, divisor: Node) -> Node:
    return node if divisor == ONE else Binary("/", node, divisor)


def _less(node: Node, other: Node) -> Node:
    return node if other == ZERO else Binary("-", node, other)


def _add(nodes: Sequence[Node]) -> Node:
    return reduce(lambda left, right: Binary("+", left, right), nodes)


def _if(test: Node, then: Node, otherwise: Node) -> Node:
    return Call("IF", (test, then, otherwise))


def _literal(value: Dated, year: int | None) -> Literal:
    return Literal(value.at(year))
