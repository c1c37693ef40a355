"""压缩方法不支持

检查什么
    工作簿的部件只应当不压缩，或用deflate方法压缩。用了LZMA、bzip2等方法的，Excel也打不开。

依据
    Office文件格式只允许这两种方法。

示例：有误
    | 部件 | 压缩方法 |
    | xl/workbook.xml | 14（LZMA） |

示例：正确
    | 部件 | 压缩方法 |
    | xl/workbook.xml | 8（deflate） |

如何修改
    不要用压缩软件重新打包工作簿；用Excel或WPS另存一份再报。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import FILE_FORMAT, remarks_of


@rule(
    code="FL106",
    slug="unsupported-compression",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(FILE_FORMAT, PRACTICE),
    message="压缩方法不支持：{detail}",
    fix="请用Excel或WPS另存为.xlsx，不要用压缩软件打包",
)
def unsupported_compression(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL106")
