"""旧版格式，只见数值

检查什么
    文件是Excel 97-2003（.xls）或与之相同的WPS表格（.et）格式。这种格式照样核对，但读不到公式，
    只能按文件存下的值核对：公式是否写对、存下的值是否最新，都看不出来。

依据
    旧格式里的公式另有一套存法，本工具不读，也不猜。

示例：有误
    | 文件 | 格式 |
    | 自评表.xls | Excel 97-2003工作簿 |

示例：正确
    | 文件 | 格式 |
    | 自评表.xlsx | Excel工作簿 |

如何修改
    不必改。要连公式一起核对，或要在原表上标注，请用Excel或WPS另存为“Excel 工作簿（.xlsx）”。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL210",
    slug="legacy-format",
    severity=Severity.NOTICE,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="旧版格式：{detail}",
    fix="不必改；要核对公式，请另存为.xlsx",
)
def legacy_format(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL210")
