"""Whether all that a scheme's standards and measures name is there, once, and of the right kind."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from perfxl.formula.shapes import (
    Checklist,
    DeductPerStep,
    Manual,
    MeanCompletion,
    Pace,
    Proportional,
    Shape,
    Sum,
    Tiers,
    ZeroIf,
)
from perfxl.formula.tree import Name, inputs
from perfxl.scheme.model import Scheme, SchemeInput


def wrong_references(scheme: Scheme) -> list[str]:
    """Keys used twice, unknown, or not of the kind that their place needs; Chinese sentences."""
    keys = _keys(scheme)
    return [
        *_repeated(scheme),
        *_measures(scheme, keys),
        *(
            f"“{leaf.name}”的标准：{problem}"
            for leaf in scheme.leaves()
            if leaf.scoring
            for problem in _shape(leaf.scoring.shape, keys)
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Keys:
    """What there is, by key."""

    answers: dict[str, SchemeInput]
    numbers: frozenset[str]
    lists: frozenset[str]

    def number(self, key: str) -> Iterator[str]:
        """What is wrong with a key that should be a number."""
        if key in self.numbers:
            return
        if key in self.answers:
            yield f"{key} 是选择题，这里要数"
        elif key in self.lists:
            yield f"{key} 是 [[results]]，只能用于 mean_completion"
        else:
            yield f"没有 key 为 {key} 的 [[input]] 或 [[measure]]"

    def answer(self, key: str, wanted: str) -> Iterator[str]:
        """What is wrong with a key that should be a question with an answer."""
        asked = self.answers.get(key)
        if asked is None:
            yield f"{key} 应为写了 options 的 [[input]]"
        elif wanted not in asked.options:
            yield f"{key} 没有“{wanted}”这个答案，只有{'、'.join(asked.options)}"


def _keys(scheme: Scheme) -> _Keys:
    typed = {one.key for one in scheme.inputs if not one.options}
    return _Keys(
        answers={one.key: one for one in scheme.inputs if one.options},
        numbers=frozenset(typed | {one.key for one in scheme.measures}),
        lists=frozenset(one.key for one in scheme.lists),
    )


def _repeated(scheme: Scheme) -> Iterator[str]:
    used = [one.key for one in scheme.inputs]
    used += [one.key for one in scheme.measures]
    used += [one.key for one in scheme.lists]
    for key, times in Counter(used).items():
        if times > 1:
            yield f"key {key} 用了{times}次，应各不相同"


def _measures(scheme: Scheme, keys: _Keys) -> Iterator[str]:
    later = {one.key for one in scheme.measures}
    for measure in scheme.measures:
        for node in dict.fromkeys(inputs(measure.expression)):
            if not isinstance(node, Name):
                continue
            if node.name in later:
                yield f"measure“{measure.name}”用到的 {node.name} 应写在它前面"
            else:
                for problem in keys.number(node.name):
                    yield f"measure“{measure.name}”：{problem}"
        later.discard(measure.key)


def _shape(shape: Shape, keys: _Keys) -> Iterator[str]:  # noqa: C901 - one flat case each
    match shape:
        case Proportional():
            yield from keys.number(shape.actual)
            if isinstance(shape.target, str):
                yield from keys.number(shape.target)
        case Tiers() | DeductPerStep():
            yield from keys.number(shape.measure)
        case Pace():
            for key in shape.rates:
                yield from keys.number(key)
        case MeanCompletion():
            if shape.rates not in keys.lists:
                yield f"没有 key 为 {shape.rates} 的 [[results]]"
        case ZeroIf():
            if shape.equals is None:
                yield from keys.number(shape.key)
            else:
                yield from keys.answer(shape.key, shape.equals)
            yield from _shape(shape.otherwise, keys)
        case Manual():
            for level in shape.levels if shape.level_key else ():
                yield from keys.answer(shape.level_key, level.name)
        case Sum():
            for part in shape.parts:
                yield from _shape(part.shape, keys)
        case Checklist():
            pass  # its questions are inputs of its own making
