"""有隐藏的工作表

检查什么
    隐藏的工作表里有内容，但没有评分表，多半是模板的辅助页。

依据
    隐藏页打印不出来，报送前应知道它在。

示例：有误
    | 工作表 | 状态 |
    | 计算过程 | 隐藏 |

示例：正确
    | 工作表 | 状态 |
    | 计算过程 | 显示 |

如何修改
    模板自带的不必改；自己加的请删除或取消隐藏。
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
    message="有隐藏的工作表：{detail}",
    fix="如非模板自带，请删除或取消隐藏",
)
def sheet_hidden(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL211")
