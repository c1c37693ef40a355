"""部件名不安全

检查什么
    压缩包里的部件名指向文件之外（如带“..”或盘符），或同一个名字出现两次。后一种情形下，
    不同软件会读到不同的内容。

依据
    Excel和WPS保存的文件不会这样；这样的文件多由别的工具拼成，读哪一份都不可靠。

示例：有误
    | 部件名 |
    | ../../xl/workbook.xml |

示例：正确
    | 部件名 |
    | xl/workbook.xml |

如何修改
    用Excel或WPS打开原表另存一份再报；不是本单位所做的文件，请查清来源。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import FILE_FORMAT, remarks_of


@rule(
    code="FL105",
    slug="unsafe-member-name",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(FILE_FORMAT, PRACTICE),
    message="部件名不安全：{detail}",
    fix="请用Excel或WPS重新另存，并查清文件来源",
)
def unsafe_member_name(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL105")
