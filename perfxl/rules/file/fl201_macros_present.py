"""含有宏

检查什么
    工作簿带有VBA宏或宏表。核对时既不运行，也不读取；标注后的副本原样保留。

依据
    自评表不需要宏。来源不明的宏可能有害，打开前应知道它在。

示例：有误
    | 文件 | 宏 |
    | 自评表.xlsx | 有 |

示例：正确
    | 文件 | 宏 |
    | 自评表.xlsx | 无 |

如何修改
    宏不是下发模板自带的，请另存为.xlsx去掉；打开时不要点“启用内容”。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL201",
    slug="macros-present",
    severity=Severity.NOTICE,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="有宏：{detail}",
    fix="如非模板自带，请另存为.xlsx去掉",
)
def macros_present(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL201")
