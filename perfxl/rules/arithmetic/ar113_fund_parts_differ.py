"""资金总额与其中各项对不上

检查什么
    资金表的年度资金总额与其中各项，逐栏对照。列全了的（当年财政拨款、上年结转资金、其他资金三项都
    有）相加应等于总额；列有“其他资金”的别的分法，相加不等只请核实。没有列全的，每一项不应大于
    总额。总额空着或为零、各项却有数的也报。元、万元先换算一致；末位的舍入可以解释的只请核实。
    其中各项又填的分值、得分不看。

依据
    资金总额等于各部分之和；只列一部分的，不大于总额。

示例：有误
    | 资金名称 | 全年预算数 |
    | 年度资金总额 | 120 |
    | 其中：当年财政拨款 | 100 |
    | 上年结转资金 | 10 |
    | 其他资金 | 0 |

示例：正确
    | 资金名称 | 全年预算数 |
    | 年度资金总额 | 120 |
    | 其中：当年财政拨款 | 110 |
    | 上年结转资金 | 10 |
    | 其他资金 | 0 |

如何修改
    对照预算批复和决算核对各数，总额最好用求和公式。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.finding import Severity
from perfxl.model.number import shown
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fund_parts import Clash, clashes
from perfxl.rules.funds import column_title, row_name
from perfxl.rules.money import WRONG_UNIT

_EMPTY = "资金总额的{column}没有填数，其中各项有{expected}{unit}"
_OVER = "“{part}”的{column}{expected}{unit}，大于资金总额{provided}{unit}，{told}"


@rule(
    code="AR113",
    slug="fund-parts-differ",
    severity=Severity.ERROR,
    needs=(Need.FUNDS,),
    basis=(PRACTICE,),
    message="资金总额的{column}{provided}{unit}，其中各项相加是{expected}{unit}，{told}",
    fix="请核对总额和其中各项，总额最好用求和公式",
)
def fund_parts_differ(subject: Subject) -> Iterator[Hit]:
    """Yield each column of the block whose total and parts cannot both be right."""
    assert subject.form
    block = subject.form.fund_block
    for clash in clashes(block) if block else ():
        assert block
        total = clash.total or Decimal(0)
        yield at(
            clash.stated,
            provided="" if clash.total is None else clash.total,
            expected=clash.amount,
            difference=total - clash.amount,
            message=_message(clash),
            severity=None if clash.is_certain else Severity.VERIFY,
            column=column_title(block, clash.column),
            part=row_name(clash.part) if clash.part else "",
            unit=clash.unit,
            told=_told(clash),
        )


def _message(clash: Clash) -> str:
    if clash.total is None:
        return _EMPTY
    return _OVER if clash.part else ""


def _told(clash: Clash) -> str:
    """The gap, unless it is so wide that a unit must be wrong."""
    total = clash.total or Decimal(0)
    if clash.amount >= total * WRONG_UNIT > 0:
        return "疑似单位写错"
    return f"{'多' if clash.part else '差'}{shown(abs(total - clash.amount))}{clash.unit}"
