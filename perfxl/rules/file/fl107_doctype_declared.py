"""声明了DOCTYPE

检查什么
    部件的XML里声明了DOCTYPE。正常的工作簿没有它；它能让很小的文件展开成极大的内容，或去取
    别处的文件，所以一概不读。

依据
    Office文件格式不许部件含有文档类型声明。

示例：有误
    | 部件 | 开头 |
    | xl/workbook.xml | <!DOCTYPE … |

示例：正确
    | 部件 | 开头 |
    | xl/workbook.xml | <workbook … |

如何修改
    用Excel或WPS打开原表另存一份再报；不是本单位所做的文件，请查清来源。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import FILE_FORMAT, remarks_of


@rule(
    code="FL107",
    slug="doctype-declared",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(FILE_FORMAT, PRACTICE),
    message="含有不许出现的声明：{detail}",
    fix="请用Excel或WPS重新另存，并查清文件来源",
)
def doctype_declared(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL107")
