"""远处有零星内容

检查什么
    离表格1000行以上或100列以上的地方还有内容，多半是误按了键盘，或残留的旧数据。

依据
    这样的内容打印不出来，却会进合计、撑大文件。

示例：有误
    | 单元格 | 内容 |
    | A1048576 | 1 |

示例：正确
    | 单元格 | 内容 |
    | A1048576 | 空 |

如何修改
    按Ctrl+End找到它，确认无用后清除。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL204",
    slug="stray-cell",
    severity=Severity.NOTICE,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="{detail}",
    fix="请看一眼，不用的清除",
)
def stray_cell(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL204")
