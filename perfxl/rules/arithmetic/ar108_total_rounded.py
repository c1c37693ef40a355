"""总分少留了小数

检查什么
    总分正好是各项得分之和四舍五入到更少小数位。等级仍按没有舍入的合计来查。

依据
    评分方案规定的小数位数；先舍入再定等级会改变结论。

示例：有误
    | 各项得分之和 | 总分 |
    | 94.49 | 94.5 |

示例：正确
    | 各项得分之和 | 总分 |
    | 94.49 | 94.49 |

如何修改
    总分按规定的小数位数填写。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.stated_sums import disagreement


@rule(
    code="AR108",
    slug="total-rounded",
    severity=Severity.NOTICE,
    needs=(Need.FORM, Need.TOTAL, Need.SCORES),
    basis=(PRACTICE,),
    message="总分{provided}是四舍五入的数，各项得分相加是{expected}",
    fix="请按{decimals}位小数填写总分",
)
def total_rounded(subject: Subject) -> Iterator[Hit]:
    """Yield the total that is the sum of the leaves at fewer decimals."""
    assert subject.form
    assert subject.form.total
    total = subject.form.total.score
    leaves, counting = list(subject.form.leaves()), subject.counting
    found = disagreement(total, leaves, subject.score_decimals, counting.both)
    if found is None or not found.is_rounding:
        return
    yield at(
        total,
        provided=found.stated,
        expected=found.computed,
        difference=found.stated - found.computed,
        decimals=str(subject.score_decimals),
    )
