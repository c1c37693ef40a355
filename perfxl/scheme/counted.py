"""A form added up as its scheme has it, else as its own total shows."""

from decimal import Decimal

from perfxl.model.counting import FULL_MARKS, Counting, count
from perfxl.model.form import SelfEvaluationForm
from perfxl.scheme.model import Scheme

_DEFAULT_DECIMALS = 2


def counting_of(form: SelfEvaluationForm, scheme: Scheme | None) -> Counting:
    """How a form's rows are added up; without a scheme to two decimals, full marks 100."""
    if scheme is None:
        return count(form, _DEFAULT_DECIMALS, FULL_MARKS)
    return count(form, scheme.score_decimals, scheme.total_score, scheme.not_applicable)


def awaits_rows(form: SelfEvaluationForm, scheme: Scheme | None) -> bool:
    """Whether groups that the unit fills are still short of indicators, so that no grade is due."""
    if scheme is None or not any(group.custom for group in scheme.groups()):
        return False
    caps = [leaf.max_score for leaf in form.leaves() if not leaf.adjustment]
    known = [cap.value for cap in caps if cap is not None and cap.value is not None]
    return len(known) == len(caps) and sum(known, Decimal(0)) < scheme.total_score
