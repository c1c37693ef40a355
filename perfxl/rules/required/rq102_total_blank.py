"""总分未填

检查什么
    总分行要有总分。表上找不到总分行的，请人看一眼：可能是表被截断了，也可能这种表本来就没有。

依据
    报送系统把总分列为必填项。

示例：有误
    | 一级指标 | 分值 | 得分 |
    | 总分 | 100 | |

示例：正确
    | 一级指标 | 分值 | 得分 |
    | 总分 | 100 | 94.49 |

如何修改
    填写总分，它等于各三级指标得分之和。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.number import NumberKind, shown
from perfxl.rules.base import Hit, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import corner


@rule(
    code="RQ102",
    slug="total-blank",
    severity=Severity.ERROR,
    basis=(PRACTICE,),
    message="总分没有填",
    fix="请填写总分，等于各项得分之和",
)
def total_blank(subject: Subject) -> Iterator[Hit]:
    """Yield the blank total, or the form that has no total row."""
    assert subject.form
    form = subject.form
    if form.total is None:
        yield at(
            corner(form),
            message="没有找到总分行，可能漏贴了表的末尾",
            fix="请补上“总分”一行；本表式没有总分行的不用改",
            severity=Severity.VERIFY,
        )
    elif form.total.score.kind is NumberKind.BLANK and not form.total.score.formula:
        total = subject.counting.total
        if total is None:
            yield at(form.total.score)
        else:
            yield at(
                form.total.score,
                expected=total,
                message=f"总分没有填，各项得分相加是{shown(total)}分",
            )
