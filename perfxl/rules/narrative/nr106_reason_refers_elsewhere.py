"""原因只写了见附件

检查什么
    扣了分的指标，原因栏只写“详见附件”“见报告”，没有写事情本身。附件可能没有一起报来。

依据
    原因应在表上写明，便于逐项审核。

示例：有误
    | 三级指标 | 分值 | 得分 | 未达标原因 |
    | 数据质量 | 2 | 1 | 详见附件 |

示例：正确
    | 三级指标 | 分值 | 得分 | 未达标原因 |
    | 数据质量 | 2 | 1 | 年报有两处数据填错，详见附件 |

如何修改
    在表上写一句话说明，再注明附件。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.reasons import refers_elsewhere
from perfxl.rules.shortfall import explainable_shortfalls


@rule(
    code="NR106",
    slug="reason-refers-elsewhere",
    severity=Severity.NOTICE,
    needs=(Need.FORM, Need.CAPS, Need.REASON_COLUMN),
    basis=(PRACTICE,),
    message="“{name}”扣了{lost}分，原因只写“{provided}”",
    fix="请在表上写一句原因，附件照附",
)
def reason_refers_elsewhere(subject: Subject) -> Iterator[Hit]:
    """Yield the reason of each shortfall that only points to another document."""
    for leaf, lost in explainable_shortfalls(subject):
        reason = leaf.shortfall_reason
        if reason is not None and refers_elsewhere(reason.value):
            yield at(
                reason.place,
                path=leaf.path,
                provided=reason.value.strip(),
                difference=lost,
                lost=lost,
            )
