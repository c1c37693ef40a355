"""The grade that a total earns, where a scheme bounds it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from perfxl.model.counting import is_not_applicable
from perfxl.model.form import SelfEvaluationForm
from perfxl.model.grade import Grade, GradeBand, grade_for
from perfxl.model.number import Number, NumberKind
from perfxl.scheme.counted import awaits_rows
from perfxl.scheme.model import GradeCeiling, Scheme
from perfxl.scheme.scoring import YES


def ceilings_met(
    scheme: Scheme | None, inputs: Mapping[str, Number] | None
) -> tuple[GradeCeiling, ...]:
    """The ceilings of a scheme whose question is answered 是 in the inputs."""
    ceilings = scheme.ceilings if scheme else ()
    answers = {key: number.raw.strip() for key, number in (inputs or {}).items()}
    return tuple(one for one in ceilings if answers.get(one.key) == YES)


def bands_for(scheme: Scheme | None, form: SelfEvaluationForm | None) -> tuple[GradeBand, ...]:
    """The bands a form is graded by: the scheme's published ones, the printed, the assumed."""
    printed = form.grade.printed_bands if form and form.grade else ()
    if scheme is None or (scheme.bands_assumed and printed):
        return printed
    return scheme.bands


def grade_due(
    total_score: Decimal, bands: tuple[GradeBand, ...], ceilings: Sequence[GradeCeiling] = ()
) -> Grade:
    """The grade of a total, no better than the ceilings that apply allow."""
    order = [band.grade for band in bands]
    bounds = [one.grade for one in ceilings if one.grade in order]
    return max([grade_for(total_score, bands), *bounds], key=order.index)


def is_gradable(form: SelfEvaluationForm, scheme: Scheme | None) -> bool:
    """Whether every score is there, so that a grade is due."""
    blanks = (
        leaf.score.kind is NumberKind.BLANK
        for leaf in form.leaves()
        if not leaf.adjustment and not is_not_applicable(leaf)
    )
    return not any(blanks) and not awaits_rows(form, scheme)
