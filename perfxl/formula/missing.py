"""Which figures an expression lacks."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from perfxl.formula.coerce import Unknown, Value
from perfxl.formula.evaluate import Lookup
from perfxl.formula.tree import Call, Name, Node, Reference, inputs, walk

_NONE: Mapping[str, Node] = {}
_DEPTH = 16  # measures of measures; schemes have two


def missing(node: Node, lookup: Lookup, measures: Mapping[str, Node] = _NONE) -> tuple[str, ...]:
    """The keys that a value is wanting for, in reading order, each once.

    A key that a COUNT asks for needs a number: a text or an error there is as good as nothing.

    Args:
        node: the expression.
        lookup: where it finds its keys.
        measures: what further keys are computed from; a measure without a value is answered for
            by the inputs that it lacks, where it lacks any.
    """
    return tuple(dict.fromkeys(_missing(node, lookup, measures, _DEPTH)))


def _missing(node: Node, lookup: Lookup, measures: Mapping[str, Node], depth: int) -> Iterator[str]:
    numeric = set(_counted(node))
    for part in inputs(node):
        if not isinstance(part, Name) or _is_there(part, lookup, part.name in numeric):
            continue
        below: tuple[str, ...] = ()
        if part.name in measures and depth:
            below = tuple(_missing(measures[part.name], lookup, measures, depth - 1))
        yield from below or (part.name,)


def _counted(node: Node) -> Iterator[str]:
    for part in walk(node):
        if isinstance(part, Call) and part.name == "COUNT":
            yield from (one.name for one in part.arguments if isinstance(one, Name))


def _is_there(name: Name, lookup: Lookup, is_number: bool) -> bool:
    target = lookup.named(name.name)
    if not isinstance(target, Reference):
        return target is not None
    return any(_is_value(value, is_number) for value in lookup.area(target.sheet, target.area))


def _is_value(value: Value, is_number: bool) -> bool:
    if isinstance(value, Unknown) or value in (None, ""):
        return False
    return isinstance(value, Decimal) or not is_number
