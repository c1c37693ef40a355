"""得分在隐藏的行、列或工作表里

检查什么
    评分表的行、列或整张工作表隐藏了，里面有得分或总分。看表的人看不到，合计却算了进去。

依据
    自评表的每一项得分都应当看得见。

示例：有误
    | 行 | 三级指标 | 得分 |
    | 12（隐藏） | 数据质量 | 2 |

示例：正确
    | 行 | 三级指标 | 得分 |
    | 12 | 数据质量 | 2 |

如何修改
    取消隐藏，核对后再报；多余的行请删除。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL214",
    slug="scores-hidden",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="{detail}，看表的人看不到",
    fix="请取消隐藏，核对后再报",
)
def scores_hidden(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL214")
