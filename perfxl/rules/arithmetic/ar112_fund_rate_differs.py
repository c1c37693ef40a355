"""资金表的执行率与执行数除以预算数不符

检查什么
    资金表年度资金总额一行填的执行率，与同一行的执行数÷预算数对照。按年初预算、按全年预算、按财政
    拨款算，有一个相符就不报，并说明与哪个口径相符。四舍五入或截尾都算对，末位相差一以内。预算为零
    的算不了，不报；有一个口径算不了、或只是显示位数比填的多，只请核实。

依据
    执行率＝执行数÷预算数×100%，表上印有两个预算数的，用哪个由布置通知定。

示例：有误
    | 资金名称 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
    | 年度资金总额 | 100 | 120 | 114 | 98% |

示例：正确
    | 资金名称 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
    | 年度资金总额 | 100 | 120 | 114 | 95% |

如何修改
    按金额重算执行率；金额写错的改金额。
"""

from collections.abc import Iterator

from perfxl.model.address import Place
from perfxl.model.finding import Severity
from perfxl.model.form import FundBlock
from perfxl.model.number import round_half_up, shown
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import EVALUATION_MEASURES
from perfxl.rules.fund_parts import corrected
from perfxl.rules.fund_rate import fund_rate


@rule(
    code="AR112",
    slug="fund-rate-differs",
    severity=Severity.ERROR,
    needs=(Need.FUNDS,),
    basis=(EVALUATION_MEASURES,),
    message="执行率填{provided}，按本表金额算出的是：{computed}",
    fix="请按金额重算执行率；金额写错的改金额",
)
def fund_rate_differs(subject: Subject) -> Iterator[Hit]:
    """Yield the block's rate when it fits no basis that its amounts give."""
    assert subject.form
    block = subject.form.fund_block
    assert block
    rate = fund_rate(block)
    if rate is None or rate.fitting:
        return
    _, nearest = min(rate.bases, key=lambda basis: abs(basis[1] - rate.percent))
    yield at(
        rate.stated,
        provided=rate.text,
        expected=f"{shown(round_half_up(nearest, 2))}%",
        difference=round_half_up(rate.percent - nearest, 2),
        severity=None if rate.is_certain else Severity.VERIFY,
        cause=_cause(block),
        computed="，".join(
            f"按{basis}{shown(round_half_up(value, 2))}%" for basis, value in rate.bases
        ),
    )


def _cause(block: FundBlock) -> Place | None:
    """The wrong total by which the rate was not reckoned, if it fits the right one."""
    right = corrected(block)
    rate = fund_rate(right[0]) if right else None
    return right[1] if right and rate and rate.fitting else None
