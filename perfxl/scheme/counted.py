"""A form added up as its scheme has it, else as its own total shows."""

from perfxl.model.counting import FULL_MARKS, Counting, count
from perfxl.model.form import SelfEvaluationForm
from perfxl.scheme.model import Scheme

_DEFAULT_DECIMALS = 2


def counting_of(form: SelfEvaluationForm, scheme: Scheme | None) -> Counting:
    """How a form's rows are added up; without a scheme to two decimals, full marks 100."""
    if scheme is None:
        return count(form, _DEFAULT_DECIMALS, FULL_MARKS)
    return count(form, scheme.score_decimals, scheme.total_score, scheme.not_applicable)
