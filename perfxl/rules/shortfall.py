"""Leaves that lost points enough to owe an explanation, and those that lost none."""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.form import Indicator
from perfxl.model.sums import lost_by
from perfxl.rules.base import Subject


def explainable_shortfalls(subject: Subject) -> Iterator[tuple[Indicator, Decimal]]:
    """Each leaf with the points it lost, where these exceed the subject's threshold."""
    if subject.form is None:
        return
    for leaf in subject.form.leaves():
        lost = lost_by(leaf)
        if lost is not None and lost > subject.reason_threshold:
            yield leaf, lost


def full_marks(subject: Subject) -> Iterator[Indicator]:
    """Each leaf that lost nothing of a cap above zero; no bonus is one."""
    if subject.form is None:
        return
    for leaf in subject.form.leaves():
        cap = leaf.max_score.value if leaf.max_score else None
        score = leaf.score.value
        if leaf.adjustment:
            continue
        if cap is not None and score is not None and score >= cap > 0:
            yield leaf
