"""Scores computed again by their standards, with how sure the outcome is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.formula.evaluate import Value
from perfxl.formula.expression import score_expression
from perfxl.formula.shapes import MeanCompletion, Proportional, Shape, is_manual, operands
from perfxl.formula.tree import Literal, Node
from perfxl.model.form import Indicator
from perfxl.model.sums import kept
from perfxl.rules.alignment import alignment_of
from perfxl.rules.base import Subject
from perfxl.rules.fields import cap_of, is_blank_text
from perfxl.rules.operands import Figures, Operand, figures_of, value_of
from perfxl.scheme.model import SchemeIndicator, Scoring

TOLERANCE = Decimal("0.01")  # points
UNKNOWN_STANDARD = "没有可复算的标准，请人工看"
NO_SCORE = "没有得分"
NO_FIGURES = "表上没有复算所需的数据"
OTHER_CAP = "分值与标准所定的不同，不能照标准复算"
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A leaf's stated score beside what its standard gives.

    `cap` is the 分值 and `year` the evaluation year that were used. `expected` holds for the
    operands as they stand, `low` and `high` for all that their printed places may stand for.
    `is_certain`: the standard is published and no operand is merely stated.
    """

    leaf: Indicator
    wanted: SchemeIndicator
    scoring: Scoring
    cap: Decimal
    year: int | None
    stated: Decimal
    expected: Decimal
    low: Decimal
    high: Decimal
    operands: tuple[Operand, ...]
    is_certain: bool

    @property
    def is_above(self) -> bool:
        """Whether the score is more than the standard can give."""
        return self.stated - self.high > TOLERANCE

    @property
    def is_below(self) -> bool:
        """Whether the score is less than the standard can give."""
        return self.low - self.stated > TOLERANCE

    @property
    def is_explained(self) -> bool:
        """Whether a reason stands beside the score: an evaluator may take more points off."""
        reason = self.leaf.shortfall_reason
        return reason is not None and not is_blank_text(reason.value)


Outcome = Recomputed | str

_memo: list[tuple[Subject, tuple[tuple[Indicator, SchemeIndicator, Outcome], ...]]] = []


def recomputed_leaves(
    subject: Subject,
) -> tuple[tuple[Indicator, SchemeIndicator, Outcome], ...]:
    """Each row with its indicator and the score computed again, or why it cannot be; memorised.

    The block of funds is left out, unless our template computes its score: see `rules.funds`.
    """
    for known, outcomes in _memo:
        if known is subject:
            return outcomes
    assert subject.form
    figures = figures_of(subject)
    assert figures
    alignment = alignment_of(subject)
    funds = subject.form.fund_block
    found = tuple(
        (leaf, wanted, recompute(figures, leaf, wanted))
        for leaf, wanted in (*alignment.leaves, *alignment.renamed)
        if leaf.score.value is not None
        if not (funds and leaf.score is funds.score and not subject.returned.is_template)
    )
    _memo[:] = [(subject, found)]
    return found


def lacking_figures(subject: Subject) -> dict[int, str]:
    """What a template of ours lacks, by `id` of the leaf whose formula gives no score for it."""
    figures = figures_of(subject)
    if figures is None or not subject.returned.is_template or subject.form is None:
        return {}
    alignment = alignment_of(subject)
    told = {
        id(leaf): recompute(figures, leaf, wanted)
        for leaf, wanted in (*alignment.leaves, *alignment.renamed)
        if leaf.score.value is None and leaf.score.formula is not None
    }
    return {leaf: why for leaf, why in told.items() if isinstance(why, str)}


def recompute(figures: Figures, leaf: Indicator, wanted: SchemeIndicator) -> Outcome:
    """The score of a leaf by its standard beside the stated one, or why it is not known."""
    scoring, subject = wanted.scoring, figures.subject
    if scoring is None or is_manual(scoring.shape):
        return UNKNOWN_STANDARD
    cap = cap_of(leaf)
    full = cap.value if cap is not None and cap.value is not None else wanted.max_score
    if full is None:
        return "没有分值"
    if wanted.max_score not in (None, full) and not _scales(scoring.shape):
        return OTHER_CAP
    year = _year(subject)
    expression = score_expression(
        scoring.shape, Literal(full), decimals=subject.score_decimals, year=year
    )
    assert expression is not None
    keys = list(dict.fromkeys(operands(scoring.shape)))
    own = leaf if len(keys) == 1 else None
    lists = {key: rates for key in keys if (rates := figures.rates(key)) is not None}
    single = {
        key: operand
        for key in keys
        if key not in lists and (operand := figures.operand(key, own)) is not None
    }
    lacking = [key for key in keys if key not in single and not lists.get(key)]
    if lacking:
        return _lacking(figures, lacking, has_some=bool(single or any(lists.values())))
    if leaf.score.value is None:
        return NO_SCORE
    trial = _Trial(expression, single, lists)
    expected = trial.score({})
    if expected is None:
        return "数据不全或不在标准的档次内"
    low, high = trial.bounds(expected)
    used = (*single.values(), *(rate for rates in lists.values() for rate in rates))
    return Recomputed(
        leaf, wanted, scoring, full, year, kept(leaf.score.value, subject.score_decimals), expected,
        low, high, used,
        is_certain=scoring.is_published and all(operand.is_certain for operand in used),
    )  # fmt: skip


def _lacking(figures: Figures, keys: Sequence[str], *, has_some: bool) -> str:
    """What is missing, by name where the return gives such figures at all."""
    if not has_some and not figures.subject.returned.is_template:
        return NO_FIGURES
    names = list(dict.fromkeys(name for key in keys for name in figures.missing(key)))
    more = f"等{len(names)}项" if len(names) > _MOST_NAMED else ""
    return f"缺{'、'.join(names[:_MOST_NAMED])}{more}"


@dataclass(frozen=True, slots=True)
class _Trial:
    """A score's expression with its operands, to be tried at the ends of what they may be."""

    expression: Node
    single: Mapping[str, Operand]
    lists: Mapping[str, list[Operand]]

    def score(self, changed: Mapping[str, Decimal]) -> Decimal | None:
        values: dict[str, Value | Sequence[Value]] = {
            key: [rate.value for rate in rates] for key, rates in self.lists.items()
        }
        values |= {key: one.value for key, one in self.single.items()}
        value = value_of(self.expression, values | dict(changed))
        return value if isinstance(value, Decimal) else None

    def bounds(self, expected: Decimal) -> tuple[Decimal, Decimal]:
        """The least and the most, each operand moved to its ends on its own."""
        low = high = expected
        for key, operand in self.single.items():
            ends = [end for end in (operand.low, operand.high) if end is not None]
            scores = [score for end in ends if (score := self.score({key: end})) is not None]
            low -= max(expected - min(scores, default=expected), Decimal(0))
            high += max(max(scores, default=expected) - expected, Decimal(0))
        return low, high


def _scales(shape: Shape) -> bool:
    """Whether the points are a share of the cap, whatever the cap is."""
    return isinstance(shape, Proportional | MeanCompletion)


def _year(subject: Subject) -> int | None:
    """The evaluation year: the form's, else the scheme's."""
    year = subject.returned.year
    if year is not None and year.value.isdecimal():
        return int(year.value)
    return subject.scheme.year if subject.scheme else None
