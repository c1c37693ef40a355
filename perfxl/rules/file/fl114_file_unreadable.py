"""文件读不到

检查什么
    文件是空的、没有读取权限、正被占用，或根本不是普通文件（文件夹、链接、管道）。

依据
    读不到内容，就无从核对。

示例：有误
    | 文件 | 大小 |
    | 自评表.xlsx | 0字节 |

示例：正确
    | 文件 | 大小 |
    | 自评表.xlsx | 85KB |

如何修改
    关掉正打开它的程序，确认文件不是空的、本人有读取权限，再试一次。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL114",
    slug="file-unreadable",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="文件读不到：{detail}",
    fix="请关闭占用它的程序或重新发送，再试一次",
)
def file_unreadable(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL114")
