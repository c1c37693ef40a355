"""部件内容不合语法

检查什么
    部件的XML不合语法，或编码不是UTF-8、UTF-16。多为非Excel的程序生成，或文件中途损坏。

依据
    不合语法的部件，从出错处往后都不可信。

示例：有误
    | 部件 | 内容 |
    | xl/worksheets/sheet1.xml | 到一半中断 |

示例：正确
    | 部件 | 内容 |
    | xl/worksheets/sheet1.xml | 完整 |

如何修改
    用Excel“打开并修复”后另存一份再报；由系统导出的，请系统厂商改正。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import FILE_FORMAT, remarks_of


@rule(
    code="FL108",
    slug="malformed-xml",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(FILE_FORMAT, PRACTICE),
    message="内容不合语法：{detail}",
    fix="请用Excel“打开并修复”后另存再报",
)
def malformed_xml(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL108")
