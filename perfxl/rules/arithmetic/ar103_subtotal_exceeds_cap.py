"""一组得分之和超过本组分值

检查什么
    一级、二级指标下各项得分之和不得超过该级分值。某一项得分超过自己分值、改正它就不再超出的，
    根子在那一项。加分项合计超过限额的只请核实。

依据
    各级得分以分值为限。

示例：有误
    | 二级指标 | 分值 | 三级指标 | 分值 | 得分 |
    | 目标设置 | 10 | 绩效目标完整性 | 4 | 4 |
    | | | 绩效指标明确性 | 7 | 7 |

示例：正确
    | 二级指标 | 分值 | 三级指标 | 分值 | 得分 |
    | 目标设置 | 10 | 绩效目标完整性 | 3 | 3 |
    | | | 绩效指标明确性 | 7 | 7 |

如何修改
    核对本组各项的得分和分值。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.address import Place
from perfxl.model.counting import Counting
from perfxl.model.finding import Severity
from perfxl.model.form import Group
from perfxl.model.sums import held_to_cap, is_over_cap, kept
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import cap_of


@rule(
    code="AR103",
    slug="subtotal-exceeds-cap",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.CAPS),
    basis=(PRACTICE,),
    message="“{name}”各项得分相加是{provided}分，超过本组分值{expected}分",
    fix="请核对本组各项的得分，合计不超过{expected}分",
)
def subtotal_exceeds_cap(subject: Subject) -> Iterator[Hit]:
    """Yield each group whose scores add up to more than its cap."""
    assert subject.form
    decimals, counting = subject.score_decimals, subject.counting
    for group in subject.form.groups():
        excess = _excess(group, counting, decimals)
        adjusted = [leaf for leaf in group.leaves() if leaf.adjustment]
        if group.max_score is None or group.max_score.value is None or excess <= 0:
            continue
        yield at(
            group.max_score,
            path=group.path,
            provided=group.max_score.value + excess,
            expected=group.max_score.value,
            difference=excess,
            # A limit may be printed for what counts in the end, not for what is listed.
            severity=Severity.VERIFY if adjusted else None,
            cause=_cause(group, counting, decimals),
        )


def _excess(group: Group, counting: Counting, decimals: int) -> Decimal:
    """By how much the scores below exceed the group's cap; 0 where that is unknown."""
    cap = cap_of(group)
    if cap is None or cap.value is None:
        return Decimal(0)
    values = [counting.earned(leaf) for leaf in group.leaves()]
    return sum((kept(value, decimals) for value in values if value is not None), -cap.value)


def _cause(group: Group, counting: Counting, decimals: int) -> Place | None:
    """The cell to put right: a leaf over its cap that explains the excess, else a group's cap.

    With every leaf within its cap, the caps below the smallest group that exceeds do not add up.
    """
    cap = cap_of(group)
    if cap is None or cap.value is None:
        return None
    held = sum((held_to_cap(leaf, decimals) for leaf in group.leaves()), Decimal(0))
    over = [leaf.score.place for leaf in group.leaves() if is_over_cap(leaf)]
    if over and held <= cap.value:
        return over[0]
    for child in group.children:
        if isinstance(child, Group) and _excess(child, counting, decimals) > 0:
            return _cause(child, counting, decimals)
    return cap.place
