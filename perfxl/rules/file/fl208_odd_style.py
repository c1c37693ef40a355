"""格式编号有误

检查什么
    单元格所用的格式在文件里不存在。值照常读取，但日期、百分比等显示方式无从知道。

依据
    格式不影响数值，只影响看到的样子。

示例：有误
    | 单元格 | 格式编号 | 文件里共有 |
    | H8 | 99 | 40种 |

示例：正确
    | 单元格 | 格式编号 | 文件里共有 |
    | H8 | 12 | 40种 |

如何修改
    用Excel打开后另存一份，格式会重新编号。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL208",
    slug="odd-style",
    severity=Severity.NOTICE,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="格式有误：{detail}",
    fix="用Excel另存一份即可",
)
def odd_style(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL208")
