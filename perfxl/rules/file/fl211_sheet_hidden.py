"""有隐藏的工作表

检查什么
    隐藏的工作表里有内容，但没有评分表，多半是下发表的辅助页。

依据
    隐藏页打印不出来，报送前应知道它在。

示例：有误
    | 工作表 | 状态 |
    | 计算过程 | 隐藏 |

示例：正确
    | 工作表 | 状态 |
    | 计算过程 | 显示 |

如何修改
    下发表自带的不必改；自己加的请取消隐藏，不用的删去。深度隐藏的页要在Visual Basic编辑器的
    属性窗口里改Visible，或请做表的人处理。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL211",
    slug="sheet-hidden",
    severity=Severity.NOTICE,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="工作表{detail}",
    fix="下发表自带的不必改；自己加的请取消隐藏，不用的删去",
)
def sheet_hidden(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL211")
