"""实际值没有达到目标值

检查什么
    绩效指标表里能比的目标值和实际值：带≥、≤、以上、以内等的数，单位相同或可以对上的。区间、
    增长率、文字和“不适用”不比。没有达标不是填错，只是提示；目标值就在评分表里的，由得分规则
    核对，这里不再提示。

依据
    未完成的指标应说明原因。

示例：有误
    | 三级指标 | 目标值 | 实际完成值 |
    | 预算执行率 | ≥95% | 94.5% |

示例：正确
    | 三级指标 | 目标值 | 实际完成值 |
    | 预算执行率 | ≥95% | 95.2% |

如何修改
    数据无误的不必改；请核对相应的得分是否扣分、原因是否写明。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.target import misses
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE


@rule(
    code="CS103",
    slug="target-missed",
    severity=Severity.NOTICE,
    scope=Scope.BOOK,
    needs=(Need.TARGETS,),
    basis=(PRACTICE,),
    message="“{name}”实际{provided}，没有达到目标{expected}",
    fix="数据无误的不必改；请核对得分和原因是否相应填写",
)
def target_missed(subject: Subject) -> Iterator[Hit]:
    """Yield each actual value that certainly misses its target."""
    for table in subject.returned.target_tables:
        for target in table.targets:
            if target.indicator is not None:
                continue  # beside its own score, which other rules weigh against it
            wanted, got = target.target_value.value, target.actual_value.value
            if misses(wanted, got, "".join(target.path)):
                yield at(
                    target.actual_value.place,
                    path=target.path,
                    provided=got.strip(),
                    expected=wanted.strip(),
                )
