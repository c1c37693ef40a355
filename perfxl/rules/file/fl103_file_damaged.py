"""文件损坏

检查什么
    工作簿是一个压缩包。目录残缺、长度不符、校验码不符、部件重叠的，说明文件没有收全，或在
    传输、拷贝中损坏。

依据
    损坏的文件里，读出来的数未必是填的数，所以不读。

示例：有误
    | 文件 | 原大小 | 收到 |
    | 自评表.xlsx | 85KB | 64KB |

示例：正确
    | 文件 | 原大小 | 收到 |
    | 自评表.xlsx | 85KB | 85KB |

如何修改
    请报送单位重新发送；原件也打不开的，用Excel“打开并修复”后另存一份。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL103",
    slug="file-damaged",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="文件损坏：{detail}",
    fix="请重新发送；原件也打不开时，用“打开并修复”另存后再报",
)
def file_damaged(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL103")
