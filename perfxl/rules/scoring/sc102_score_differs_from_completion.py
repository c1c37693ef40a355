"""定量得分与完成情况不符

检查什么
    没有达到目标值的定量指标：正向的按实际值÷目标值×分值，反向的（≤、＜）按1－超出的比例或
    目标值÷实际值算，两种都算对；差0.1分以内不报。得分偏高的，方案定了算法的为必改，没有方案的请
    核实；偏低的可能是评价时另有扣减，写了原因的不报。目标为零或负数的、时限、增长率不能按比例算，
    列在未核对里。没有达到却得满分的，另有规则去说。

依据
    定量指标达到目标值的得满分，未达到的按完成值与目标值的比例计分。

示例：有误
    | 三级指标 | 目标值 | 实际完成值 | 分值 | 得分 |
    | 检查企业数 | ≥80家 | 60家 | 10 | 9 |

示例：正确
    | 三级指标 | 目标值 | 实际完成值 | 分值 | 得分 |
    | 检查企业数 | ≥80家 | 60家 | 10 | 7.5 |

如何修改
    按完成比例改得分；实际值写错的改实际值。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.formula.shapes import Reverse
from perfxl.model.finding import Severity
from perfxl.model.form import Indicator
from perfxl.model.number import shown
from perfxl.rules.base import Hit, Need, Subject, Unchecked, at, rule
from perfxl.rules.basis import EVALUATION_MEASURES, PRACTICE
from perfxl.rules.completion import TOLERANCE, Earned, counted_leaves, earned, is_binding
from perfxl.rules.fields import cap_of, is_blank_text

_METHODS = {
    None: "按实际值÷目标值×分值",
    Reverse.PLATFORM: "按（1－超出部分÷目标值）×分值",
    Reverse.PLAIN: "按目标值÷实际值×分值",
}


@rule(
    code="SC102",
    slug="score-differs-from-completion",
    severity=Severity.VERIFY,
    needs=(Need.FORM, Need.CAPS, Need.RESULTS),
    basis=(EVALUATION_MEASURES, PRACTICE),
    message="“{name}”目标{target}，实际{actual}（{cells}），{method}应得{expected}分，填了{provided}分",
    fix="请按完成比例核对得分；实际值写错的请改实际值",
)
def score_differs_from_completion(subject: Subject) -> Iterator[Hit | Unchecked]:
    """Yield each counted score that its result does not earn."""
    for leaf, rows in counted_leaves(subject):
        score, cap = leaf.score.value, cap_of(leaf)
        if score is None or cap is None or cap.value is None or score > cap.value:
            continue  # above its cap it is another rule's
        outcome = earned(leaf, rows, subject.score_decimals)
        if isinstance(outcome, str):
            yield Unchecked(leaf.path[-1], outcome)
        elif outcome is not None:
            is_above = score > outcome.high + TOLERANCE
            is_below = score < outcome.low - TOLERANCE and _owes_reason(leaf)
            if is_above and (is_binding(rows) or score < cap.value):
                yield _hit(leaf, score, outcome, binding=is_binding(rows))
            elif is_below:
                yield _hit(leaf, score, outcome, binding=False)


def _hit(leaf: Indicator, score: Decimal, outcome: Earned, *, binding: bool) -> Hit:
    assert leaf.target_value
    assert leaf.actual_value
    low, high = outcome.low, outcome.high
    expected = shown(high) if low == high else f"{shown(low)}至{shown(high)}"
    nearest = high if score > high else low
    return at(
        leaf.score,
        path=leaf.path,
        provided=score,
        expected=expected,
        difference=score - nearest,
        severity=Severity.ERROR if binding else None,
        cause=leaf.shortfall_reason.place if leaf.shortfall_reason and score < low else None,
        target=outcome.target,
        actual=outcome.actual,
        cells=f"{leaf.target_value.place.cell}、{leaf.actual_value.place.cell}",
        method=_METHODS[outcome.reverse],
    )


def _owes_reason(leaf: Indicator) -> bool:
    """Whether the form asks for a reason and none is given why less was scored."""
    reason = leaf.shortfall_reason
    return reason is not None and is_blank_text(reason.value)
