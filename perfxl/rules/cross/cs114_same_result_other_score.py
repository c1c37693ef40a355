"""完成情况相同，得分不同

检查什么
    同一张表里，目标值、实际完成值和分值都相同的两个指标，得分却不同。

依据
    同样的完成情况按同样的标准计分。

示例：有误
    | 三级指标 | 目标值 | 实际完成值 | 分值 | 得分 |
    | 隐患整改率 | 100% | 90% | 10 | 9 |
    | 按期完成率 | 100% | 90% | 10 | 8 |

示例：正确
    | 三级指标 | 目标值 | 实际完成值 | 分值 | 得分 |
    | 隐患整改率 | 100% | 90% | 10 | 9 |
    | 按期完成率 | 100% | 90% | 10 | 9 |

如何修改
    核对两项的评分标准；标准相同的得分应相同。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.finding import Severity
from perfxl.model.form import Indicator
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.results import fold, is_quantity


@rule(
    code="CS114",
    slug="same-result-other-score",
    severity=Severity.VERIFY,
    needs=(Need.FORM, Need.RESULTS),
    basis=(PRACTICE,),
    message="“{name}”目标{target}、实际{actual}、得{provided}分；"
    "{where}“{other}”目标、实际、分值都一样，得{expected}分",
    fix="请核对两项的评分标准；标准相同的得分应相同",
)
def same_result_other_score(subject: Subject) -> Iterator[Hit]:
    """Yield each leaf scored otherwise than the first one with the same cap and result."""
    assert subject.form
    first: dict[tuple[str, str, Decimal], Indicator] = {}
    for leaf in subject.form.leaves():
        target, actual, cap = leaf.target_value, leaf.actual_value, leaf.max_score
        if target is None or actual is None or cap is None or cap.value is None:
            continue
        if not is_quantity(target.value) or not is_quantity(actual.value):
            continue
        if leaf.score.value is None or leaf.adjustment:
            continue
        other = first.setdefault((fold(target.value), fold(actual.value), cap.value), leaf)
        if other.score.value is not None and other.score.value != leaf.score.value:
            yield at(
                leaf.score,
                path=leaf.path,
                provided=leaf.score.value,
                expected=other.score.value,
                difference=leaf.score.value - other.score.value,
                target=target.value.strip(),
                actual=actual.value.strip(),
                where=other.score.place.cell,
                other=other.path[-1],
            )
