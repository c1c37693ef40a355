"""Pairing two ordered lists of named, capped nodes; knows nothing of forms or schemes."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Generic, TypeVar

from perfxl.scheme.vocabulary import fold

A = TypeVar("A")
B = TypeVar("B")
T = TypeVar("T")

_SIMILAR_NEARBY = 0.6  # below the same parent
_SIMILAR_ANYWHERE = 0.8
_NUMBERING = re.compile(r"\A(?:\(?[\d一二三四五六七八九十]{1,2}[.、)])+")
_NOT_TELLING = str.maketrans("", "", "“”\"'‘’「」《》,、:;。·-—")


@lru_cache(maxsize=2048)
def name_key(name: str) -> str:
    """An indicator's name as it is compared: folded, without numbering, quotes or commas."""
    return _NUMBERING.sub("", fold(name)).translate(_NOT_TELLING)


@dataclass(frozen=True, slots=True)
class Node(Generic[T]):
    """An item to pair.

    `parent`, `key` and `names` (the key and its aliases) are made by `name_key`; `position` counts
    among the siblings.
    """

    item: T
    parent: tuple[str, ...]
    key: str
    names: frozenset[str]
    cap: Decimal | None
    position: int


@dataclass(frozen=True, slots=True)
class Pairing(Generic[A, B]):
    """Pairs in the left list's order, and what was left on either side."""

    same: tuple[tuple[A, B], ...]
    renamed: tuple[tuple[A, B], ...]
    left_only: tuple[A, ...]
    right_only: tuple[B, ...]


def pair_up(
    left: Sequence[Node[A]], right: Sequence[Node[B]], *, same_depth: bool = False
) -> Pairing[A, B]:
    """Pair equal names first (same parent before elsewhere), then names that were changed.

    Nodes of one name are paired by their order when both sides have as many of them, else by
    equal caps first. With `same_depth` only nodes at the same depth may pair.
    """
    work = _Work(left, right, same_depth)
    work.pair_equal(lambda a, b: a.parent == b.parent)
    work.pair_equal(lambda a, b: True)
    same = set(work.pairs)
    work.pair_similar(_SIMILAR_NEARBY, lambda a, b: a.parent == b.parent)
    work.take(_stands_for)
    work.pair_similar(_SIMILAR_ANYWHERE, lambda a, b: True)
    ordered = sorted(work.pairs)
    return Pairing(
        same=tuple((left[i].item, right[j].item) for i, j in ordered if (i, j) in same),
        renamed=tuple((left[i].item, right[j].item) for i, j in ordered if (i, j) not in same),
        left_only=tuple(left[i].item for i in work.left_free),
        right_only=tuple(right[j].item for j in work.right_free),
    )


Test = Callable[[Node[A], Node[B]], bool]


class _Work(Generic[A, B]):
    """The state of one pairing: indices not yet paired, and the pairs so far."""

    def __init__(self, left: Sequence[Node[A]], right: Sequence[Node[B]], same_depth: bool) -> None:
        self.left, self.right, self.same_depth = left, right, same_depth
        self.left_free = list(range(len(left)))
        self.right_free = list(range(len(right)))
        self.pairs: list[tuple[int, int]] = []

    def pair_equal(self, is_near: Test[A, B]) -> None:
        """Pair nodes of one name: by order where both sides have as many, else caps first."""

        def named_alike(a: Node[A], b: Node[B]) -> bool:
            return not a.names.isdisjoint(b.names) and is_near(a, b)

        many_left = Counter((self.left[i].parent, self.left[i].key) for i in self.left_free)
        many_right = Counter((self.right[j].parent, self.right[j].key) for j in self.right_free)
        self.take(
            lambda a, b: (
                named_alike(a, b) and many_left[a.parent, a.key] == many_right[b.parent, b.key]
            )
        )
        self.take(lambda a, b: named_alike(a, b) and a.cap == b.cap)
        self.take(named_alike)

    def pair_similar(self, least: float, is_near: Test[A, B]) -> None:
        """Pair the most similar names first, down to a least ratio."""
        ratios = [
            (_similarity(self.left[i], self.right[j]), -i, -j)
            for i in self.left_free
            for j in self.right_free
            if is_near(self.left[i], self.right[j]) and self._may_pair(i, j)
        ]
        for ratio, i, j in sorted(ratios, reverse=True):
            if ratio >= least and -i in self.left_free and -j in self.right_free:
                self._pair(-i, -j)

    def take(self, test: Test[A, B]) -> None:
        """Pair, in order, what passes the test."""
        for j in list(self.right_free):
            for i in self.left_free:
                if self._may_pair(i, j) and test(self.left[i], self.right[j]):
                    self._pair(i, j)
                    break

    def _may_pair(self, i: int, j: int) -> bool:
        a, b = self.left[i], self.right[j]
        return not self.same_depth or len(a.parent) == len(b.parent)

    def _pair(self, i: int, j: int) -> None:
        self.left_free.remove(i)
        self.right_free.remove(j)
        self.pairs.append((i, j))


def _stands_for(a: Node[A], b: Node[B]) -> bool:
    """Whether a node stands where the other should, with its cap: a name quite changed."""
    return (
        a.parent == b.parent and a.position == b.position and a.cap is not None and a.cap == b.cap
    )


def _similarity(a: Node[A], b: Node[B]) -> float:
    return max(
        SequenceMatcher(None, mine, yours, autojunk=False).ratio()
        for mine in a.names
        for yours in b.names
    )
