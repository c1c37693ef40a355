"""得满分却写了没有做到

检查什么
    得了满分的指标，原因栏里却说未完成、超期、存在问题。或是分没有扣，或是原因写错了行。

依据
    扣分与原因应当对得上。

示例：有误
    | 三级指标 | 分值 | 得分 | 未达标原因 |
    | 合同备案时效性 | 1 | 1 | 2份合同备案超期 |

示例：正确
    | 三级指标 | 分值 | 得分 | 未达标原因 |
    | 合同备案时效性 | 1 | 0.5 | 2份合同备案超期 |

如何修改
    核对得分；原因写错行的移到对应的指标。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.reasons import tells_of_shortfall
from perfxl.rules.shortfall import full_marks


@rule(
    code="NR104",
    slug="full-marks-yet-shortfall-told",
    severity=Severity.VERIFY,
    needs=(Need.FORM, Need.CAPS, Need.REASON_COLUMN),
    basis=(PRACTICE,),
    message="“{name}”得满分{score}分，原因栏却写着“{provided}”",
    fix="请核对得分，或把原因移到对应的指标",
)
def full_marks_yet_shortfall_told(subject: Subject) -> Iterator[Hit]:
    """Yield the reason of each leaf that has its full points and yet tells of a shortfall."""
    for leaf in full_marks(subject):
        reason = leaf.shortfall_reason
        if reason is not None and tells_of_shortfall(reason.value):
            yield at(
                reason.place,
                path=leaf.path,
                provided=reason.value,
                score=leaf.score.value or "",
            )
