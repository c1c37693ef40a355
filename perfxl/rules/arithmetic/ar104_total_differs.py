"""总分与各项得分之和不符

检查什么
    总分等于各三级指标得分之和：每项先取到规定小数再相加。小计、“其中”行不重复加。因为某格
    数字存成文本而漏加的，指出是哪一格。总分取整的另按提示报。有加分项、扣分项的一并计算；扣分写成
    正数的、有限额的、填“不适用”的，几种算法有一种与总分相符即可，相符的算法写在读取说明里。限额
    没有印在表上、差额又不超过加分扣分的，只请核实。

依据
    报送系统按末级指标得分汇总总分。

示例：有误
    | 三级指标 | 得分 |
    | 数据质量 | 2 |
    | 固定资产利用率 | 1.5 |
    | 总分 | 4 |

示例：正确
    | 三级指标 | 得分 |
    | 数据质量 | 2 |
    | 固定资产利用率 | 1.5 |
    | 总分 | 3.5 |

如何修改
    总分用求和公式；有文本数字的，先重新输入那一格，不要去改总分。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.stated_sums import Disagreement, disagreement


@rule(
    code="AR104",
    slug="total-differs",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.TOTAL, Need.SCORES),
    basis=(PRACTICE,),
    message="总分{provided}，各项得分相加是{expected}，差{gap}{why}",
    fix="请核对各项得分和总分，最好用求和公式",
)
def total_differs(subject: Subject) -> Iterator[Hit]:
    """Yield the total when it is not the sum of the leaves, even rounded."""
    assert subject.form
    assert subject.form.total
    total = subject.form.total.score
    leaves, counting = list(subject.form.leaves()), subject.counting
    found = disagreement(total, leaves, subject.score_decimals, counting.both)
    if found is None or found.is_rounding:
        return
    is_open = counting.may_be(found.stated)
    yield at(
        total,
        provided=found.stated,
        expected=found.computed,
        difference=found.stated - found.computed,
        message=_WITH_ADJUSTMENTS if is_open else "",
        fix="请核对加分、扣分的算法和限额，写明依据" if is_open else _fix(found),
        severity=Severity.VERIFY if is_open else None,
        gap=abs(found.stated - found.computed),
        why=found.why,
    )


_WITH_ADJUSTMENTS = "总分{provided}，各项得分连同加分扣分相加是{expected}，差{gap}{why}"


def _fix(found: Disagreement) -> str:
    return "请在该格重新输入数字，不要改总分" if found.has_text else ""
