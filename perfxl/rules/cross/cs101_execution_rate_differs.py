"""预算执行率与任务表算出的不符

检查什么
    绩效指标表里的预算执行率，与年度任务资金表的执行数÷预算数对照。按总额、按财政拨款算，有一个
    相符就不报；四舍五入或截尾都算对，末位相差一以内。预算为零的算不了，不报。

依据
    预算执行率＝预算执行数÷预算数×100%；口径（年初、调整后、财政拨款、年均）各地不同，故只请核实。

示例：有误
    | 三级指标 | 预期指标值 | 实际完成指标值 | 任务表执行数÷预算数 |
    | 预算执行率 | ≥95% | 98% | 94.54% |

示例：正确
    | 三级指标 | 预期指标值 | 实际完成指标值 | 任务表执行数÷预算数 |
    | 预算执行率 | ≥95% | 94.5% | 94.54% |

如何修改
    按任务表重算，或注明所用的口径。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.number import round_half_up, shown
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import COMMON_INDICATORS
from perfxl.rules.rates import stated_rates


@rule(
    code="CS101",
    slug="execution-rate-differs",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.TASKS, Need.TARGETS),
    basis=(COMMON_INDICATORS,),
    message="“{name}”填{provided}，任务表算出的是：{computed}",
    fix="请按任务表改正，或注明所用的口径",
)
def execution_rate_differs(subject: Subject) -> Iterator[Hit]:
    """Yield the stated rate that fits no basis which the task table gives."""
    for stated in stated_rates(subject.returned):
        if stated.fitting:
            continue
        target, bases = stated.target, stated.bases
        told = [f"按{basis}{shown(round_half_up(rate, 2))}%" for basis, rate in bases]
        yield at(
            target.actual_value.place,
            path=target.path,
            provided=target.actual_value.value,
            expected=f"{shown(round_half_up(bases[0][1], 2))}%",
            difference=round_half_up(stated.value - bases[0][1], 2),
            computed="，".join(told),
        )
