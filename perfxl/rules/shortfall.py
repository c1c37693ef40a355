"""Leaves that lost points enough to owe an explanation."""

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
