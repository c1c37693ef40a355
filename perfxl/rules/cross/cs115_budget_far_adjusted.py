"""全年预算比年初预算变动三成以上

检查什么
    资金表年度资金总额一行，全年预算数比年初预算数增加或减少超过30%。未完成原因里写了追加、调整的
    不报；年初预算为零的不比。

依据
    年中调整较大的应说明原因，通常要有批复；是否合规要看批复，故只请核实。

示例：有误
    | 资金名称 | 年初预算数 | 全年预算数 |
    | 年度资金总额 | 100 | 131 |

示例：正确
    | 资金名称 | 年初预算数 | 全年预算数 |
    | 年度资金总额 | 100 | 130 |

如何修改
    核对两个数；无误的写明调整原因和批复文号。
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.finding import Severity
from perfxl.model.form import FundBlock
from perfxl.model.number import round_half_up, shown
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fund_parts import corrected
from perfxl.rules.funds import amount_of, common_unit
from perfxl.rules.money import WRONG_UNIT

_MOST = Decimal("0.3")
_EXPLAINED = re.compile("追加|追减|调整|调增|调减|增拨|压减|核减|收回")


@rule(
    code="CS115",
    slug="budget-far-adjusted",
    severity=Severity.VERIFY,
    needs=(Need.FUNDS,),
    basis=(PRACTICE,),
    message="全年预算数{provided}{unit}，年初预算数{expected}{unit}，{change}",
    fix="请核对两个数；无误的写明调整原因和批复文号",
)
def budget_far_adjusted(subject: Subject) -> Iterator[Hit]:
    """Yield the full-year budget that is more than 30 % off the initial one, unexplained."""
    assert subject.form
    block = subject.form.fund_block
    assert block
    adjustment = _adjustment(block)
    if adjustment is None or (block.reason and _EXPLAINED.search(block.reason.value)):
        return
    initial, budget = adjustment
    right = corrected(block)
    yield at(
        block.total.amounts["budget"],
        provided=budget,
        expected=initial,
        difference=budget - initial,
        unit=common_unit(block) or "",
        cause=right[1] if right and _adjustment(right[0]) is None else None,
        change=_told((budget - initial) / initial),
    )


def _adjustment(block: FundBlock) -> tuple[Decimal, Decimal] | None:
    """The two budgets where they are far apart, initial first."""
    initial = amount_of(block, block.total.amounts.get("initial_budget"))
    budget = amount_of(block, block.total.amounts.get("budget"))
    if budget is None or initial is None or initial <= 0:
        return None
    return (initial, budget) if abs(budget - initial) > initial * _MOST else None


def _told(share: Decimal) -> str:
    if share >= WRONG_UNIT or (share <= 1 / WRONG_UNIT - 1 and share != -1):
        return "疑似单位写错"
    return f"{'增加' if share > 0 else '减少'}{shown(round_half_up(abs(share) * 100, 1))}%"
