"""旧版表格格式

检查什么
    文件是Excel 4.0（1992年）或更早的格式，本工具不读。Excel 5.0以后的.xls，以及与之相同的.et，
    照样核对，只提示公式不可见（FL210）。

依据
    过早的格式没有现在的工作簿结构，也没有中文的编码说明，读出来不可信。

示例：有误
    | 文件 | 格式 |
    | 自评表.xls | Excel 4.0工作表 |

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
    message="格式过旧，不能读：{detail}",
    fix="请另存为.xlsx后重新报送",
)
def legacy_xls(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL113")
