"""文件加了密

检查什么
    工作簿设了打开密码、受权限管理保护，或压缩包带密码时，里面的内容读不出来。工作表保护和
    工作簿结构保护不影响读取，不在此列。

依据
    报送的电子表须能直接打开核对。

示例：有误
    | 文件 | 打开时 |
    | 自评表.xlsx | 要求输入密码 |

示例：正确
    | 文件 | 打开时 |
    | 自评表.xlsx | 直接显示内容 |

如何修改
    打开文件，在“文件－信息－保护工作簿－用密码进行加密”里清空密码，保存后再报。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL102",
    slug="file-encrypted",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="文件加密，无法读取：{detail}",
    fix="请取消打开密码后重新报送",
)
def file_encrypted(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL102")
