"""实际完成值未填

检查什么
    有目标值的指标，实际完成值要填。没有发生的填0，不适用的写“不适用”；目标值已写“不适用”的不提。

依据
    报送系统把实际完成值列为必填项。

示例：有误
    | 三级指标 | 目标值 | 实际完成值 |
    | 检查企业数 | ≥80家 |  |

示例：正确
    | 三级指标 | 目标值 | 实际完成值 |
    | 检查企业数 | ≥80家 | 85家 |

如何修改
    补填实际完成值；没有完成的也要填实际数。
"""

from collections.abc import Iterator

from perfxl.model.counting import DASHES, NOT_APPLICABLE
from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE


@rule(
    code="RQ106",
    slug="actual-blank",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(Need.RESULTS,),
    basis=(PRACTICE,),
    message="“{name}”目标{expected}，实际完成值没有填",
    fix="请补填；没有完成的填实际数，不适用的写“不适用”",
)
def actual_blank(subject: Subject) -> Iterator[Hit]:
    """Yield the blank cell beside each stated target."""
    for result in subject.returned.results():
        target = result.target_value.value.strip()
        if target in ("", *NOT_APPLICABLE, *DASHES) or result.actual_value.value.strip():
            continue
        yield at(result.actual_value.place, path=result.path, expected=target)
