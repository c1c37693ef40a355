"""What was decided about rows that a form leaves open, said to the user."""

from perfxl.model.counting import NotApplicable, is_not_applicable
from perfxl.model.form import AdjustmentKind, Decision, Indicator, SelfEvaluationForm
from perfxl.scheme.counted import counting_of
from perfxl.scheme.model import Scheme

_WAYS = {
    NotApplicable.FULL: "按满分计",
    NotApplicable.WITHIN_LEVEL2: "按所属二级指标其余各项的得分率计",
    NotApplicable.RESCALE_100: "不计，其余各项折算成满分",
}


def counting_decisions(
    form: SelfEvaluationForm | None, scheme: Scheme | None
) -> tuple[Decision, ...]:
    """How deductions typed as positive numbers, limits and rows that do not apply were counted."""
    if form is None:
        return ()
    counting = counting_of(form, scheme)
    found: list[Decision] = []
    leaves = list(form.leaves())
    positive = [leaf for leaf in leaves if _is_positive_deduction(leaf)]
    if positive and counting.fits:
        way = "从总分里减去" if counting.takes_away else "加进总分"
        message = f"{_names(positive)}填的是正数，{way}才与总分相符，按此计算"
        found.append(Decision("deduction-sign", positive[0].score.place, message))
    elif positive and counting.total is not None:
        message = f"{_names(positive)}填的是正数，减去、加进都与总分不符，暂按减去计算"
        found.append(Decision("deduction-sign", positive[0].score.place, message))
    if counting.is_held:
        first = next(leaf for leaf in leaves if leaf.adjustment)
        message = "加分、扣分按限额和满分计，才与总分相符"
        found.append(Decision("adjustment-limit", first.score.place, message))
    absent = [leaf for leaf in leaves if is_not_applicable(leaf)]
    if absent and counting.modes:
        ways = "，或".join(_WAYS[mode] for mode in counting.modes)
        why = "方案如此规定" if scheme and scheme.not_applicable else "与总分相符"
        message = f"{_names(absent)}不适用：{ways}（{why}）"
        found.append(Decision("not-applicable", absent[0].score.place, message))
    return tuple(found)


def _is_positive_deduction(leaf: Indicator) -> bool:
    is_deduction = leaf.adjustment is AdjustmentKind.DEDUCTION
    return is_deduction and leaf.score.value is not None and leaf.score.value > 0


def _names(leaves: list[Indicator]) -> str:
    """The first rows' names, and how many there are."""
    shown = "、".join(f"“{leaf.path[-1]}”" for leaf in leaves[:3])
    return shown if len(leaves) <= 3 else f"{shown}等{len(leaves)}项"
