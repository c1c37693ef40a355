"""实际值超过目标三成以上

检查什么
    实际完成值比目标值高出30%及以上，多半是目标定低了，或单位、口径不同。目标带≤的、越小越好的、
    目标为零的不看。已写原因的不报。

依据
    超额完成较多的应分析目标是否定低。

示例：有误
    | 三级指标 | 目标值 | 实际完成值 |
    | 检查企业数 | ≥80家 | 104家 |

示例：正确
    | 三级指标 | 目标值 | 实际完成值 |
    | 检查企业数 | ≥80家 | 95家 |

如何修改
    数据无误的写明原因；下年把目标定准。
"""

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from perfxl.model.finding import Severity
from perfxl.model.target import exceeds_by
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import EVALUATION_MEASURES, PRACTICE
from perfxl.rules.results import unexplained_results


@rule(
    code="CS108",
    slug="target-far-exceeded",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.RESULTS,),
    basis=(EVALUATION_MEASURES, PRACTICE),
    message="“{name}”目标{expected}，实际{provided}，比目标高{over}%",
    fix="请核对实际值的单位和口径；无误的写明超额的原因",
)
def target_far_exceeded(subject: Subject) -> Iterator[Hit]:
    """Yield each unexplained result that far exceeds its floor."""
    for result in unexplained_results(subject.returned):
        wanted, got = result.target_value.value, result.actual_value.value
        over = exceeds_by(wanted, got, "".join(result.path))
        if over is not None and over >= Decimal("0.3"):
            yield at(
                result.actual_value.place,
                path=result.path,
                provided=got.strip(),
                expected=wanted.strip(),
                over=(over * 100).quantize(Decimal("0.1"), ROUND_DOWN),
            )
