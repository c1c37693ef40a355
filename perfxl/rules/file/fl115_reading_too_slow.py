"""读取时间过长

检查什么
    收表时一份文件读了很久也没有读完（一般的表不到0.1秒，最多等60秒，再试一次），只停这一份，其余
    照常校验。旧格式（.xls）最多等10秒。

依据
    读不完，就无从核对；也不能让一份文件拖住整批。

示例：有误
    | 文件 | 用时 |
    | 自评表.xlsx | 超过60秒 |

示例：正确
    | 文件 | 用时 |
    | 自评表.xlsx | 0.1秒 |

如何修改
    先把文件拷到本机再试。还是这样的，请报送单位新建一个工作簿，把表格复制过去，另存为.xlsx再报；
    或把文件发给维护者。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL115",
    slug="reading-too-slow",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="文件读取时间过长：{detail}",
    fix="请拷到本机再试；仍不行，请把表格复制到新建的工作簿，另存为.xlsx再报",
)
def reading_too_slow(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL115")
