"""表上没有填写原因的栏

检查什么
    表里没有“未达标原因”栏，又有指标扣了分：原因只能写在自评报告里，请对照报告核实。
    方案规定必须有这一栏的，按缺栏处理，这里不重复报。

依据
    扣分要说明原因；表式不含原因栏的，以自评报告为准。

示例：有误
    | 三级指标 | 参考分值 | 分数 |
    | 编外人员控制率 | 1 | 0 |

示例：正确
    | 三级指标 | 参考分值 | 分数 |
    | 编外人员控制率 | 1 | 1 |

如何修改
    核对自评报告是否逐项写明扣分原因和改进措施。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.finding import Severity
from perfxl.model.number import shown
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import corner
from perfxl.rules.shortfall import explainable_shortfalls


@rule(
    code="NR103",
    slug="reason-column-missing",
    severity=Severity.VERIFY,
    needs=(Need.FORM, Need.CAPS),
    basis=(PRACTICE,),
    message="本表没有未达标原因栏，有{count}项扣分：{items}",
    fix="请核对自评报告是否逐项写明了原因和改进措施",
)
def reason_column_missing(subject: Subject) -> Iterator[Hit]:
    """Yield one hit, at the form's corner, for a form that has nowhere to explain any shortfall."""
    assert subject.form
    if subject.form.has_reason_column:
        return
    if subject.scheme and "shortfall_reason" in subject.scheme.required_columns:
        return
    short = list(explainable_shortfalls(subject))
    if not short:
        return
    items = "、".join(
        f"“{leaf.path[-1]}”{shown(leaf.max_score.value)}分得{shown(leaf.score.value)}分"
        for leaf, _ in short[:_MOST_NAMED]
        if leaf.score.value is not None and leaf.max_score and leaf.max_score.value is not None
    )
    yield at(
        corner(subject.form),
        difference=sum((lost for _, lost in short), Decimal(0)),
        count=str(len(short)),
        items=items + ("等" if len(short) > _MOST_NAMED else ""),
    )


_MOST_NAMED = 8  # the list of lost points names them all
