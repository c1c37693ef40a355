"""缺少部件

检查什么
    工作簿所列的工作表、文字等部件在文件里找不到，或没有一张工作表可读。

依据
    缺了部件，表就不完整。

示例：有误
    | 工作簿所列 | 文件里 |
    | 自评表 | 没有对应内容 |

示例：正确
    | 工作簿所列 | 文件里 |
    | 自评表 | xl/worksheets/sheet1.xml |

如何修改
    用Excel“打开并修复”后另存一份；仍不完整的，请报送单位重新发送。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import FILE_FORMAT, remarks_of


@rule(
    code="FL111",
    slug="missing-part",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(FILE_FORMAT, PRACTICE),
    message="缺少内容：{detail}",
    fix="请重新发送完整的文件",
)
def missing_part(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL111")
