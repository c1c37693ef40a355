"""旧版表格格式

检查什么
    文件是Excel 97-2003（.xls）或与之相同的WPS表格（.et）格式。本版只读.xlsx和.xlsm。

依据
    旧格式的内容要换一种方式读取，目前尚未提供。

示例：有误
    | 文件 | 格式 |
    | 自评表.xls | Excel 97-2003工作簿 |

示例：正确
    | 文件 | 格式 |
    | 自评表.xlsx | Excel工作簿 |

如何修改
    用Excel或WPS打开，另存为“Excel 工作簿（.xlsx）”再报。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL113",
    slug="legacy-xls",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="旧版格式，暂不能读：{detail}",
    fix="请另存为.xlsx后重新报送",
)
def legacy_xls(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL113")
