"""Turns of expression that scoring trees are made of, recognised so that they read as one."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfxl.formula.tree import Binary, Call, Literal, Name, Node, Unary

NOISE_DECIMALS = 10  # rounding to so many only removes what binary arithmetic adds
ZERO = Literal(Decimal(0))
ONE = Literal(Decimal(1))
BLANK = Literal("")
_TESTS_OF_PRESENCE = frozenset(("COUNT", "COUNTA", "ISNUMBER", "ISTEXT", "ISBLANK"))


@dataclass(frozen=True, slots=True)
class Rounded:
    """A score without what is said once at its end: decimals None where it is not rounded."""

    body: Node
    decimals: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """The share of a target that is met, at most 1; a target of 0 is met or not.

    `part` is what counts while it is not met; `is_higher`: more is better.
    """

    actual: Node
    target: Node
    part: Node
    is_higher: bool


def unguarded(node: Node) -> Node:
    """The expression without the tests that blank it while something is missing."""
    while isinstance(node, Call) and node.name == "IF" and len(node.arguments) == 3:
        test, then, otherwise = node.arguments
        if otherwise == BLANK and is_presence(test):
            node = then
        elif then == BLANK and _is_zero_test(test):
            node = otherwise
        else:
            break
    return node


def rounded(node: Node) -> Rounded:
    """The expression without guards and without the rounding around it."""
    node, decimals = unguarded(node), None
    while (places := _round_places(node)) is not None:
        assert isinstance(node, Call)
        node = unguarded(node.arguments[0])
        if places < NOISE_DECIMALS:
            decimals = places if decimals is None else decimals
    return Rounded(node, decimals)


def without_noise(node: Node) -> Node:
    """The expression without a rounding that only removes binary noise."""
    while (places := _round_places(node)) is not None and places >= NOISE_DECIMALS:
        assert isinstance(node, Call)
        node = node.arguments[0]
    return node


def _round_places(node: Node) -> int | None:
    match node:
        case Call("ROUND", (_, Literal(Decimal() as places))):
            return int(places)
    return None


def is_presence(test: Node) -> bool:
    """Whether a condition only asks if figures and answers are there."""
    match test:
        case Call("AND" | "OR" | "NOT", tests):
            return all(map(is_presence, tests))
        case Call(name, _):
            return name in _TESTS_OF_PRESENCE
        case Binary("=" | ">" | ">=" | "<>", Call(name, _), _):
            return name in _TESTS_OF_PRESENCE
        case Binary("=" | "<>", _, Literal(str())):
            return True
    return False


def _is_zero_test(test: Node) -> bool:
    return isinstance(test, Binary) and test.operator == "=" and test.right == ZERO


def share(node: Node) -> Share | None:
    """IF(actual>=target, 1, IF(target<=0, 0, part)), or its reverse."""
    match node:
        case Call(
            "IF", (Binary(">=" | "<=" as sign, actual, target), one, Call("IF", (test, zero, part)))
        ):
            if (one, zero) == (ONE, ZERO) and test == Binary("<=", target, ZERO):
                return Share(actual, target, part, sign == ">=")
    return None


def bounded(node: Node) -> tuple[str, Literal, Node] | None:
    """MIN or MAX of a number and something else: its name, the number, the other."""
    match node:
        case Call("MIN" | "MAX" as name, (Literal(Decimal()) as bound, other)):
            return name, bound, other
        case Call("MIN" | "MAX" as name, (other, Literal(Decimal()) as bound)):
            return name, bound, other
    return None


def branches(node: Node) -> Iterator[tuple[Node | None, Node]]:
    """The conditions of a chain of IFs with what each gives; None is 否则; a "" is left out."""
    while isinstance(node, Call) and node.name == "IF" and len(node.arguments) == 3:
        test, then, otherwise = node.arguments
        yield test, then
        node = otherwise
    if node != BLANK:
        yield None, node


def subject(test: Node | None) -> str | None:
    """The one key that a condition is about."""
    keys = {part.name for part in _compared(test)} if test is not None else set()
    return keys.pop() if len(keys) == 1 else None


def _compared(test: Node) -> Iterator[Name]:
    match test:
        case Call("AND" | "OR", tests):
            for one in tests:
                yield from _compared(one)
        case Binary(_, Name() as name, Literal()):
            yield name
        case _:
            yield Name("")


def added(node: Node) -> list[Node]:
    """The terms of a chain of additions."""
    if isinstance(node, Binary) and node.operator == "+":
        return [*added(node.left), node.right]
    return [node]


def listed_span(node: Node) -> tuple[Decimal, Decimal] | None:
    """The least and the most of points that stand in it as they are; None for anything else."""
    match node:
        case Literal(Decimal() as value):
            return value, value
        case Binary("+", left, right):
            one, two = listed_span(left), listed_span(right)
            return None if one is None or two is None else (one[0] + two[0], one[1] + two[1])
        case Call("IF", (_, then, otherwise)):
            one, two = listed_span(then), listed_span(otherwise)
            if one is None or two is None:
                return None
            return min(one[0], two[0]), max(one[1], two[1])
    return None


def may_be_negative(node: Node) -> bool:
    """Whether it can fall below zero while no figure in it does."""
    if (found := share(node)) is not None:
        return not found.is_higher and may_be_negative(found.part)
    match node:
        case Literal(Decimal() as value):
            return value < 0
        case Binary("-", left, right) if right == ZERO:
            return may_be_negative(left)
        case Binary("-", _, _) | Unary("-", _):
            return True
        case Binary(_, left, right):
            return may_be_negative(left) or may_be_negative(right)
        case Unary(_, operand):
            return may_be_negative(operand)
        case Call("MAX", arguments) if ZERO in arguments:
            return False
        case Call("IF", (_, *values)):
            return any(map(may_be_negative, values))
        case Call(_, arguments):
            return any(map(may_be_negative, arguments))
    return False


def most(node: Node) -> Decimal | None:  # noqa: C901 - one flat case for each turn
    """The largest value it can take, None where only its figures tell."""
    if share(node) is not None:
        return Decimal(1)
    match node:
        case Literal(Decimal() as value):
            return value
        case Literal(""):
            return Decimal(0)
        case Binary("+", left, right):
            one, two = most(left), most(right)
            return None if one is None or two is None else one + two
        case Binary("*", left, right):
            one, two = most(left), most(right)
            return None if one is None or two is None else one * two
        case Binary("-", left, right):
            return None if may_be_negative(right) else most(left)
        case Call("IF", (_, *values)):
            known = [most(value) for value in values]
            return None if None in known else max(one for one in known if one is not None)
        case Call("MIN", arguments):
            return min((one for one in map(most, arguments) if one is not None), default=None)
        case Call("MAX", (Literal(Decimal() as floor), other)):
            inner = most(other)
            return None if inner is None else max(floor, inner)
        case Call("ROUND", (other, _)):
            return most(other)
    return None
