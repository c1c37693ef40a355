"""没有扣分却填了原因

检查什么
    得满分的指标，原因栏不必填。写“无”“/”的也列出，供要求留空的地方用。

依据
    原因栏只为扣分的指标而设。

示例：有误
    | 三级指标 | 分值 | 得分 | 未达标原因 |
    | 数据质量 | 2 | 2 | 无 |

示例：正确
    | 三级指标 | 分值 | 得分 | 未达标原因 |
    | 数据质量 | 2 | 2 |  |

如何修改
    不必改；要求留空的请清掉。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.shortfall import full_marks


@rule(
    code="NR108",
    slug="reason-where-none-is-due",
    severity=Severity.NOTICE,
    needs=(Need.FORM, Need.CAPS, Need.REASON_COLUMN),
    basis=(PRACTICE,),
    message="“{name}”没有扣分，原因栏写着“{provided}”",
    fix="不必改；要求留空的请清掉",
    status="preview",
)
def reason_where_none_is_due(subject: Subject) -> Iterator[Hit]:
    """Yield every reason beside full points."""
    for leaf in full_marks(subject):
        reason = leaf.shortfall_reason
        if reason is not None and reason.value.strip():
            yield at(reason.place, path=leaf.path, provided=reason.value)
