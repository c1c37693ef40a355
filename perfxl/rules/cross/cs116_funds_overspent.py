"""资金表的执行数大于全年预算数

检查什么
    资金表的全年执行数与全年预算数（调整后）对照，先看年度资金总额，总额不超时再看其中各项。只有
    年初预算数的不看：年中追加后可以大于年初预算。

依据
    支出以批准的预算为限；也可能是预算数填成了年初的，故只请核实。

示例：有误
    | 资金名称 | 年初预算数 | 全年预算数 | 全年执行数 |
    | 年度资金总额 | 100 | 100 | 114 |

示例：正确
    | 资金名称 | 年初预算数 | 全年预算数 | 全年执行数 |
    | 年度资金总额 | 100 | 114 | 114 |

如何修改
    核对两个数；年中追加过的，全年预算数改填调整后的数。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.address import Place
from perfxl.model.finding import Severity
from perfxl.model.form import FundBlock, FundRow
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fund_parts import corrected
from perfxl.rules.funds import amount_of, column_title, common_unit, row_name


@rule(
    code="CS116",
    slug="funds-overspent",
    severity=Severity.VERIFY,
    needs=(Need.FUNDS,),
    basis=(PRACTICE,),
    message="“{row}”全年执行数{provided}{unit}，大于{budget}{expected}{unit}",
    fix="请核对两个数；年中追加过的，预算数改填调整后的数",
)
def funds_overspent(subject: Subject) -> Iterator[Hit]:
    """Yield the total, or else each part, that spent more than the budget of the full year."""
    assert subject.form
    block = subject.form.fund_block
    assert block
    right = corrected(block)
    if _excess(block, block.total):
        explained = right is not None and not _excess(right[0], right[0].total)
        yield _hit(block, block.total, right[1] if right and explained else None)
        return
    for row in block.rows:
        if _excess(block, row):  # a part that is too high is why its total does not add up
            yield _hit(block, row, right[1] if right else None)


def _excess(block: FundBlock, row: FundRow) -> Decimal | None:
    """What a row spent beyond its budget; None where it did not or cannot be told."""
    spent = amount_of(block, row.amounts.get("executed"))
    planned = amount_of(block, row.amounts.get("budget"))
    return (
        spent - planned if spent is not None and planned is not None and spent > planned else None
    )


def _hit(block: FundBlock, row: FundRow, cause: Place | None) -> Hit:
    cell = row.amounts["executed"]
    spent = amount_of(block, cell) or Decimal(0)
    excess = _excess(block, row) or Decimal(0)
    return at(
        cell,
        provided=spent,
        expected=spent - excess,
        difference=excess,
        cause=cause,
        row=row_name(row),
        budget=column_title(block, "budget"),
        unit=common_unit(block) or "",
    )
