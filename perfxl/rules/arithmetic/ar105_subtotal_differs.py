"""小计与各项得分之和不符

检查什么
    表上印有小计的，小计等于本组各项得分之和。

依据
    报送系统规定上级得分等于下级得分之和。

示例：有误
    | 三级指标 | 得分 |
    | 数据质量 | 2 |
    | 固定资产利用率 | 1.5 |
    | 小计 | 4 |

示例：正确
    | 三级指标 | 得分 |
    | 数据质量 | 2 |
    | 固定资产利用率 | 1.5 |
    | 小计 | 3.5 |

如何修改
    小计用求和公式；有文本数字的，先重新输入那一格。
"""

from collections.abc import Iterator, Sequence

from perfxl.model.counting import Counting
from perfxl.model.finding import Severity
from perfxl.model.form import Group, Indicator
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.stated_sums import Disagreement, disagreement


@rule(
    code="AR105",
    slug="subtotal-differs",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.SUBTOTALS),
    basis=(PRACTICE,),
    message="“{name}”小计{provided}，本组得分相加是{expected}，差{gap}{why}",
    fix="请核对本组得分和小计，最好用求和公式",
)
def subtotal_differs(subject: Subject) -> Iterator[Hit]:
    """Yield each stated subtotal that is not the sum of its leaves."""
    assert subject.form
    counting = subject.counting
    for group in subject.form.groups():
        leaves = list(group.leaves())
        if group.subtotal is None:
            continue
        sums = counting.sums(leaves, subject.score_decimals)
        found = disagreement(group.subtotal, leaves, subject.score_decimals, sums)
        if found is None or _is_taken_off(found, group, counting):
            continue
        yield at(
            group.subtotal,
            path=group.path,
            provided=found.stated,
            expected=found.computed,
            difference=found.stated - found.computed,
            fix="请在该格重新输入数字，不要改小计" if found.has_text else "",
            severity=_severity(found, leaves),
            gap=abs(found.stated - found.computed),
            why=found.why,
        )


def _is_taken_off(found: Disagreement, group: Group, counting: Counting) -> bool:
    """Whether a subtotal of deductions alone prints what is taken off as a positive number."""
    return group.is_adjustment and counting.takes_away and found.stated == -found.computed


def _severity(found: Disagreement, leaves: Sequence[Indicator]) -> Severity | None:
    """A rounded sum is a notice; one with bonuses or deductions may have a limit not printed."""
    if found.is_rounding:
        return Severity.NOTICE
    return Severity.VERIFY if any(leaf.adjustment for leaf in leaves) else None
