"""有未读的工作表

检查什么
    图表页、对话框页没有单元格，不读。填报内容不应放在这里。

依据
    未读的页上如有填报内容，须人工另看。

示例：有误
    | 工作表 | 类型 |
    | 得分图 | 图表页 |

示例：正确
    | 工作表 | 类型 |
    | 自评表 | 工作表 |

如何修改
    图表请放在普通工作表里；与填报无关的不必改。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL205",
    slug="unread-sheet",
    severity=Severity.NOTICE,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="有一页没有读：{detail}",
    fix="与填报无关的不必改",
)
def unread_sheet(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL205")
