"""What a report says beside the findings: shortfalls, subtotals, total, grade, outcome."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal

from perfxl import __version__
from perfxl.model.counting import Counting, is_not_applicable
from perfxl.model.finding import MissedTarget, Severity, Shortfall, Verdict
from perfxl.model.form import Decision, Group, Return, SelfEvaluationForm
from perfxl.model.number import Number, plain, round_half_up
from perfxl.model.report import (
    GradeSummary,
    LeafScore,
    Outcome,
    StatedResult,
    Subtotal,
    TotalSummary,
)
from perfxl.model.sums import held_to_cap, kept, lost_by
from perfxl.model.target import misses
from perfxl.rules.fund_rate import fund_rate
from perfxl.rules.rates import StatedRate, stated_rates
from perfxl.rules.registry import all_rules
from perfxl.scheme.counted import counting_of
from perfxl.scheme.grading import bands_for, ceilings_met, grade_due, is_gradable
from perfxl.scheme.model import Scheme

_DEFAULT_DECIMALS = 2


def shortfalls(form: SelfEvaluationForm | None) -> tuple[Shortfall, ...]:
    """Every indicator with 得分 < 分值, at its score's cell."""
    found = []
    for leaf in form.leaves() if form else ():
        cap = leaf.max_score.value if leaf.max_score else None
        score = leaf.score.value
        if cap is None or score is None or lost_by(leaf) is None:
            continue
        reason, action = leaf.shortfall_reason, leaf.improvement_measures
        found.append(
            Shortfall(
                leaf.path,
                leaf.score.place,
                cap,
                score,
                reason.value if reason else None,
                action.value if action else None,
            )
        )
    return tuple(found)


def missed_targets(returned: Return) -> tuple[MissedTarget, ...]:
    """Every row of the target tables whose actual value certainly misses its target."""
    return tuple(
        MissedTarget(
            target.path,
            target.actual_value.place,
            target.target_value.value,
            target.actual_value.value,
        )
        for table in returned.target_tables
        for target in table.targets
        if misses(target.target_value.value, target.actual_value.value, "".join(target.path))
    )


def leaf_scores(form: SelfEvaluationForm | None) -> tuple[LeafScore, ...]:
    """Every indicator's score as it stands, in the form's order."""
    return tuple(
        LeafScore(
            leaf.path,
            leaf.score.place,
            leaf.max_score.value if leaf.max_score else None,
            leaf.score.value,
            "" if leaf.score.value is not None else leaf.score.raw,
            is_applicable=not is_not_applicable(leaf),
            is_adjustment=leaf.adjustment is not None,
        )
        for leaf in (form.leaves() if form else ())
    )


def stated_results(returned: Return) -> tuple[StatedResult, ...]:
    """Every target that has an actual value beside it, as typed."""
    return tuple(
        StatedResult(
            each.path,
            each.actual_value.place,
            each.target_value.value.strip(),
            each.actual_value.value.strip(),
        )
        for each in returned.results()
    )


def rate_bases(returned: Return) -> tuple[Decision, ...]:
    """For every stated execution rate that holds, the basis on which it does."""
    return tuple(
        Decision("rate-basis", stated.target.actual_value.place, _which_basis(stated))
        for stated in stated_rates(returned)
        if stated.fitting
    )


def _which_basis(stated: StatedRate) -> str:
    told = f"“{stated.target.path[-1]}”填{stated.target.actual_value.value}"
    return _told(told, stated.bases, stated.fitting)


def _told(stated: str, bases: tuple[tuple[str, Decimal], ...], fitting: tuple[str, ...]) -> str:
    shown = "，".join(f"按{basis}为{plain(round_half_up(rate, 2))}%" for basis, rate in bases)
    return f"{stated}，{shown}；与{'、'.join(fitting)}口径相符"


def fund_rate_basis(form: SelfEvaluationForm | None) -> tuple[Decision, ...]:
    """The basis on which the execution rate of a form's 资金 block holds, if it does."""
    rate = fund_rate(form.fund_block) if form and form.fund_block else None
    if rate is None or not rate.fitting:
        return ()
    told = _told(f"执行率填{rate.text}", rate.bases, rate.fitting)
    return (Decision("rate-basis", rate.stated.place, told),)


def subtotals(
    form: SelfEvaluationForm | None, scheme: Scheme | None = None
) -> tuple[Subtotal, ...]:
    """Points and cap of each group; points are None when a leaf below has no number."""
    if form is None:
        return ()
    counting, decimals = counting_of(form, scheme), _decimals(scheme)
    return tuple(_subtotal(group, form.sheet, counting, decimals) for group in form.groups())


def _subtotal(group: Group, sheet: str, counting: Counting, decimals: int) -> Subtotal:
    values = [
        counting.earned(leaf) if leaf.adjustment else leaf.score.value for leaf in group.leaves()
    ]
    known = [kept(value, decimals) for value in values if value is not None]
    return Subtotal(
        path=group.path,
        sheet=sheet,
        cell=group.name.place.cell,
        max_score=group.max_score.value if group.max_score else None,
        score=sum(known, Decimal(0)) if known and len(known) == len(values) else None,
    )


def total_summary(form: SelfEvaluationForm | None, scheme: Scheme | None = None) -> TotalSummary:
    """The total as stated, as the leaves add up, its cap, and with each leaf held to its cap.

    Blank scores add nothing; a score that is no number leaves both sums unknown, unless it is known
    how its row counts. Bonuses and deductions count, their limits are no part of the cap.
    """
    if form is None:
        return TotalSummary(None, None, None, None)
    decimals = _decimals(scheme)
    counting = counting_of(form, scheme)
    computed = counting.total
    cell = form.total.score if form.total else None
    stated = cell.value if cell else None
    cap = form.total.max_score.value if form.total and form.total.max_score else None
    if cap is None and scheme:
        cap = scheme.total_score
    capped = None
    if computed is not None:
        capped = _held_to_caps(form, computed, decimals)
        capped = capped if cap is None else min(capped, cap)
    unread = cell if stated is None else None
    return TotalSummary(stated, computed, cap, capped, unread, cell.place if cell else None)


def _held_to_caps(form: SelfEvaluationForm, computed: Decimal, decimals: int) -> Decimal:
    """The sum with every score at most its cap; what is no row's own score stays as it is."""
    scored = [leaf for leaf in form.leaves() if not leaf.adjustment]
    values = [kept(x.score.value, decimals) for x in scored if x.score.value is not None]
    rest = computed - sum(values, Decimal(0))
    return rest + sum((held_to_cap(leaf, decimals) for leaf in scored), Decimal(0))


def grade_summary(
    form: SelfEvaluationForm | None,
    scheme: Scheme | None = None,
    inputs: Mapping[str, Number] | None = None,
) -> GradeSummary:
    """The grade as stated (None unless exactly one) and as the computed total earns.

    With a score blank or no number, or
    while the unit's own indicators are still to come, the earned grade is unknown. Ceilings bound
    it where the inputs say that they apply.
    """
    if form is None:
        return GradeSummary(None, None)
    stated = form.grade.stated if form.grade else ()
    bands = bands_for(scheme, form)
    computed = counting_of(form, scheme).total
    earned = None
    if computed is not None and bands and is_gradable(form, scheme):
        earned = grade_due(computed, bands, ceilings_met(scheme, inputs))
    return GradeSummary(
        stated[0] if len(stated) == 1 else None,
        earned,
        form.grade.place if form.grade else None,
        stated if len(stated) > 1 else (),
    )


def outcome(verdict: Verdict, *, has_table: bool) -> Outcome:
    """UNREADABLE without any table, FAIL while an error stands that is not waived, else PASS."""
    if not has_table:
        return Outcome.UNREADABLE
    is_wrong = any(f.severity is Severity.ERROR and f.waived is None for f in verdict.findings)
    return Outcome.FAIL if is_wrong else Outcome.PASS


def rule_set_version() -> str:
    """A short stable hash of what the catalogue finds: codes, severities, package version."""
    lines = [f"{rule.code} {rule.severity.value} {rule.status}" for rule in all_rules()]
    text = "\n".join([__version__, *lines])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _decimals(scheme: Scheme | None) -> int:
    return scheme.score_decimals if scheme else _DEFAULT_DECIMALS
