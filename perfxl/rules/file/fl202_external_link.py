"""引用了文件之外的数据

检查什么
    公式引用了别的工作簿、设有DDE链接或外部数据连接。核对时不去取这些数据，只看文件里存下的值。

依据
    别人打开时取不到那些文件，数会变；DDE链接还可能启动别的程序。

示例：有误
    | 单元格 | 公式 |
    | C9 | =[决算.xlsx]Sheet1!B4 |

示例：正确
    | 单元格 | 值 |
    | C9 | 4610.04 |

如何修改
    在“数据－编辑链接”里断开链接，把引用来的数改为数值。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL202",
    slug="external-link",
    severity=Severity.NOTICE,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="引用了文件之外的数据：{detail}",
    fix="请断开链接，改填数值",
)
def external_link(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL202")
