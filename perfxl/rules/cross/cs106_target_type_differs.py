"""目标值与实际值不是一类

检查什么
    目标是数、实际写的是词（如≥95%对“良好”），或目标是词、实际写的是数（如“显著”对100%）：
    没法比。写“不适用”的不算。

依据
    实际完成值应与目标值可比，定量指标的值应为数值。

示例：有误
    | 三级指标 | 目标值 | 实际完成值 |
    | 安全生产形势 | 显著 | 100% |

示例：正确
    | 三级指标 | 目标值 | 实际完成值 |
    | 安全生产形势 | 显著 | 显著 |

如何修改
    实际完成值按目标值的写法填：目标是数填数，目标是词填词。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.results import is_quantity, is_word


@rule(
    code="CS106",
    slug="target-type-differs",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.RESULTS,),
    basis=(PRACTICE,),
    message="“{name}”目标是“{expected}”，实际写“{provided}”，没法比",
    fix="目标是数，请填实际的数；不便用数的，写明怎样算完成",
)
def target_type_differs(subject: Subject) -> Iterator[Hit]:
    """Yield each result where one side is a quantity and the other a word."""
    for result in subject.returned.results():
        wanted, got = result.target_value.value, result.actual_value.value
        wants_word = is_word(wanted) and is_quantity(got)
        if wants_word or (is_quantity(wanted) and is_word(got)):
            yield at(
                result.actual_value.place,
                path=result.path,
                provided=got.strip(),
                expected=wanted.strip(),
                fix="目标是词，请照目标写达到的程度，数写在说明里" if wants_word else "",
            )
