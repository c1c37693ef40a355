"""Rows beyond full marks: 加分项, 扣分项, marked by their own name or a group's above them."""

from collections.abc import Iterable

from perfxl.model.form import Group
from perfxl.scheme.vocabulary import Vocabulary


def mark_adjustments(roots: Iterable[Group], vocabulary: Vocabulary) -> None:
    """Mark every leaf whose name, or else the nearest group's above it, says what it is."""
    for root in roots:
        for leaf in root.leaves():
            kinds = (vocabulary.adjustment_of(name) for name in reversed(leaf.path))
            leaf.adjustment = next((kind for kind in kinds if kind), None)
