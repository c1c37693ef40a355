"""Leaves that lost points enough to owe an explanation."""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.form import Indicator
from perfxl.rules.base import Subject


def explainable_shortfalls(subject: Subject) -> Iterator[tuple[Indicator, Decimal]]:
    """Each leaf with the points it lost, where these exceed the subject's threshold."""
    if subject.form is None:
        return
    for leaf in subject.form.leaves():
        cap = leaf.max_score.value if leaf.max_score else None
        if cap is None or leaf.score.value is None:
            continue
        lost = cap - leaf.score.value
        if lost > max(subject.reason_threshold, Decimal(0)):
            yield leaf, lost
