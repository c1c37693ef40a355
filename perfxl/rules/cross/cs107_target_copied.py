"""实际值照抄了目标值

检查什么
    实际完成值连同≥、≤、以上、以内一起与目标值相同，像是照抄。只是数字相同的不报：按计划完成很正常。

依据
    实际完成值应是一个实际的数。

示例：有误
    | 三级指标 | 目标值 | 实际完成值 |
    | 群众满意度 | ≥90% | ≥90% |

示例：正确
    | 三级指标 | 目标值 | 实际完成值 |
    | 群众满意度 | ≥90% | 93% |

如何修改
    填实际的数，不带≥和“以上”。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.results import fold, states_bound


@rule(
    code="CS107",
    slug="target-copied",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.RESULTS,),
    basis=(PRACTICE,),
    message="“{name}”实际写“{provided}”，与目标一字不差，像是照抄",
    fix="请填实际的数，不带≥、≤和“以上”“以内”",
)
def target_copied(subject: Subject) -> Iterator[Hit]:
    """Yield each actual value that repeats its target with the sign."""
    for result in subject.returned.results():
        wanted, got = result.target_value.value, result.actual_value.value
        if states_bound(got) and fold(got) == fold(wanted):
            yield at(
                result.actual_value.place,
                path=result.path,
                provided=got.strip(),
                expected=wanted.strip(),
            )
