"""A scoring standard as a Chinese sentence for officers, worded by its shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.formula.dated import Dated
from perfxl.formula.shapes import (
    Better,
    Checklist,
    ChecklistItem,
    DeductPerStep,
    Level,
    Manual,
    MeanCompletion,
    Pace,
    Partial,
    Proportional,
    Reverse,
    Shape,
    Sum,
    Tier,
    Tiers,
    ZeroIf,
)
from perfxl.formula.terms import (
    Term,
    Terms,
    earned,
    percent,
    quantity,
    rounding,
    score_text,
    step_of,
    term_of,
)
from perfxl.model.number import plain

YES = "是"
SCORE_UNIT = "分"
_YES_OR_NO = 2


def standard_sentence(
    shape: Shape,
    cap: Decimal | None,
    terms: Terms,
    *,
    decimals: int = 2,
    year: int | None = None,
) -> str:
    """How points are given, without a full stop.

    Args:
        shape: the standard.
        cap: 分值 in points; None where the form has it open.
        terms: what the keys are called.
        decimals: decimals the score is kept at, said where they can matter.
        year: the evaluation year, for parameters that changed.
    """
    said = _Wording(terms, year).shape(shape, cap)
    if not _is_divided(shape, year):
        return said
    return f"{said}{'。' if '。' in said else '，'}{rounding(decimals)}"


@dataclass(frozen=True, slots=True)
class _Wording:
    terms: Terms
    year: int | None

    def shape(self, shape: Shape, cap: Decimal | None) -> str:
        match shape:
            case Proportional():
                return self._proportional(shape, cap)
            case Tiers():
                return self._tiers(shape)
            case DeductPerStep():
                return self._deduction(shape, cap)
            case Checklist():
                return self._checklist(shape)
            case MeanCompletion():
                label = self._term(shape.rates).label
                return f"得分＝{score_text(cap)}×{label}的平均值，单项最高按100%计"
            case Pace():
                return self._pace(shape, cap)
            case ZeroIf():
                return f"{self._condition(shape)}的不得分；否则，{self.shape(shape.otherwise, cap)}"
            case Manual():
                return _manual(shape.levels, cap)
            case Sum():
                return self._sum(shape)

    def _term(self, key: str) -> Term:
        return term_of(key, self.terms)

    def _at(self, value: Dated) -> Decimal:
        return value.at(self.year)

    def _proportional(self, shape: Proportional, cap: Decimal | None) -> str:
        actual, full = self._term(shape.actual), score_text(cap)
        fixed = None if isinstance(shape.target, str) else self._at(shape.target)
        if isinstance(shape.target, str):
            target = self._term(shape.target).label
        else:
            target = quantity(self._at(shape.target), actual)
        if shape.better is Better.HIGHER:
            if actual.unit == SCORE_UNIT and fixed is not None and fixed == cap:
                return f"按{actual.label}计，{_at_most(cap)}"
            part = actual.label if fixed == 1 else f"{actual.label}÷{target}"
            return f"得分＝{full}×{part}，{_at_most(cap)}"
        if shape.reverse is Reverse.PLAIN:
            part = f"{target}÷{actual.label}"
        else:
            part = f"［1－（{actual.label}－{target}）÷{target}］，最低0分"
        said = f"{actual.label}不超过{target}得{full}；超过的，得分＝{full}×{part}"
        if fixed is None:
            return f"{said}（{target}为0而实际超过的，不得分）"
        return said if fixed > 0 else f"{actual.label}不超过{target}得{full}，超过{target}的不得分"

    def _tiers(self, shape: Tiers) -> str:
        term = self._term(shape.measure)
        said = [
            f"{self._interval(tier, term)}{earned(self._at(tier.score))}" for tier in shape.tiers
        ]
        return term.label + "；".join(said)

    def _interval(self, tier: Tier, term: Term) -> str:
        lower = None if tier.lower is None else quantity(self._at(tier.lower), term)
        upper = None if tier.upper is None else quantity(self._at(tier.upper), term)
        if lower is not None and lower == upper:
            return f"为{lower}"
        bounds: list[str] = []
        if lower is not None:
            bounds.append(f"{'不低于' if tier.has_lower else '超过'}{lower}")
        if upper is not None:
            bounds.append(f"{'不超过' if tier.has_upper else '低于'}{upper}")
        return "且".join(bounds) or "为其他数值"

    def _deduction(self, shape: DeductPerStep, cap: Decimal | None) -> str:
        term, threshold = self._term(shape.measure), self._at(shape.threshold)
        step = step_of(self._at(shape.step), term)
        lost = score_text(self._at(shape.per_step))
        if shape.is_over and not threshold and term.is_counted:
            full = f"{term.label}为0得{score_text(cap)}；每有{step}扣{lost}"
        else:
            bound, beyond = ("不超过", "每超过") if shape.is_over else ("不低于", "每低")
            limit = quantity(threshold, term)
            full = f"{term.label}{bound}{limit}得{score_text(cap)}；{beyond}{step}扣{lost}"
        part = {
            Partial.WHOLE: f"，不足{step}的部分不扣",
            Partial.PRO_RATA: f"，不足{step}的按比例扣",
            Partial.STARTED: f"，不足{step}的按{step}扣",
        }[shape.partial]
        needs_part = not (term.is_counted and self._at(shape.step) == 1)
        return f"{full}{part if needs_part else ''}，扣完为止"

    def _checklist(self, shape: Checklist) -> str:
        if all(_is_yes_or_no(item) for item in shape.items):
            return self._questions(shape.items)
        said = []
        for item in shape.items:
            label = self._term(item.key).label
            answers = [f"{o.answer}{earned(self._at(o.score))}" for o in item.options]
            said.append(f"{label}：{'，'.join(answers)}")
        return "；".join(said)

    def _questions(self, items: Sequence[ChecklistItem]) -> str:
        scores = [self._at(item.options[0].score) for item in items]
        labels = [self._term(item.key).label for item in items]
        if len(items) == 1:
            return f"{labels[0]}：是{earned(scores[0])}，否不得分"
        if len(set(scores)) == 1:
            return f"{'；'.join(labels)}。以上{len(items)}项每符合一项得{score_text(scores[0])}"
        said = [f"{label}（{score_text(s)}）" for label, s in zip(labels, scores, strict=True)]
        return f"{'；'.join(said)}。符合的得括号内的分数，不符合的不得分"

    def _pace(self, shape: Pace, cap: Decimal | None) -> str:
        ratios = []
        for key, pace, weight in zip(shape.rates, shape.paces, shape.weights, strict=True):
            ratios.append(
                f"{self._term(key).label}÷{percent(self._at(pace))}×{score_text(self._at(weight))}"
            )
        mean_weight = self._at(shape.mean_weight)
        if mean_weight:
            ratios.append(f"{len(shape.rates)}个执行率的平均值×{score_text(mean_weight)}")
        ahead = "快于序时进度的按序时进度计，" if shape.caps_each else ""
        return f"得分＝{'＋'.join(ratios)}，{ahead}{_at_most(cap)}"

    def _condition(self, shape: ZeroIf) -> str:
        term = self._term(shape.key)
        if shape.over is not None:
            return f"{term.label}超过{quantity(self._at(shape.over), term)}"
        return term.label if shape.equals == YES else f"{term.label}为“{shape.equals}”"

    def _sum(self, shape: Sum) -> str:
        said = []
        for number, part in enumerate(shape.parts, 1):
            own = self._at(part.max_score)
            rule = self.shape(part.shape, own)
            said.append(f"（{number}）{part.name}，满分{score_text(own)}：{rule}")
        return "。".join(said)


def _at_most(cap: Decimal | None) -> str:
    return "不超过分值" if cap is None else f"最高{score_text(cap)}"


def _is_yes_or_no(item: ChecklistItem) -> bool:
    """是 with points against an answer without."""
    first, last = item.options[0], item.options[-1]
    return (
        len(item.options) == _YES_OR_NO
        and first.answer == YES
        and not any(score for _, score in last.score.steps)
    )


def _manual(levels: Sequence[Level], cap: Decimal | None) -> str:
    if not levels:
        return f"由评价人对照要求评定，{_at_most(cap)}"
    top = levels[0]
    said = [_level(level, cap, level is top) for level in levels]
    return f"由评价人评定：{'；'.join(said)}"


def _level(level: Level, cap: Decimal | None, is_top: bool) -> str:
    """The points of a level: its lower end belongs to it, its upper end only at the top."""
    if cap is None:
        lower, upper = f"分值的{percent(level.lower)}", f"{percent(level.upper)}"
    else:
        lower, upper = f"{plain(level.lower * cap)}", score_text(level.upper * cap)
    return f"“{level.name}”得{lower}至{'' if is_top else '不满'}{upper}"


def _is_divided(shape: Shape, year: int | None) -> bool:
    """Whether its points can come out with many decimals."""
    match shape:
        case Proportional():
            return (
                shape.better is Better.HIGHER
                or isinstance(shape.target, str)
                or (shape.target.at(year) > 0)
            )
        case MeanCompletion() | Pace():
            return True
        case DeductPerStep():
            return shape.partial is Partial.PRO_RATA
        case ZeroIf():
            return _is_divided(shape.otherwise, year)
        case Sum():
            return any(_is_divided(part.shape, year) for part in shape.parts)
        case _:
            return False
