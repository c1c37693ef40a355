"""工作表重名

检查什么
    两张工作表同名（不分大小写），或两张共用同一份内容。公式里提到这个名字时，指的是哪一张
    说不清。

依据
    Excel不许工作表重名；这样的文件不是Excel保存的。

示例：有误
    | 工作表 |
    | 自评表 |
    | 自评表 |

示例：正确
    | 工作表 |
    | 自评表 |
    | 基础数据 |

如何修改
    用Excel或WPS打开，给其中一张改名，另存一份再报。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import FILE_FORMAT, remarks_of


@rule(
    code="FL112",
    slug="ambiguous-sheets",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(FILE_FORMAT, PRACTICE),
    message="工作表分不清：{detail}",
    fix="请给工作表改名后另存再报",
)
def ambiguous_sheets(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL112")
