"""单元格不合理

检查什么
    单元格地址超出表格范围、同一格出现两次、行或列次序颠倒、引用了不存在的文字、合并区域
    写错。各家软件遇到这些会读出不同的数，所以不猜。

依据
    同一格有两个值时，取哪一个都可能错。

示例：有误
    | 单元格 | 值 |
    | H8 | 3 |
    | H8 | 5 |

示例：正确
    | 单元格 | 值 |
    | H8 | 3 |

如何修改
    用Excel“打开并修复”，核对所指单元格的值后另存一份再报。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import FILE_FORMAT, remarks_of


@rule(
    code="FL109",
    slug="impossible-cell",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(FILE_FORMAT, PRACTICE),
    message="单元格不合理：{detail}",
    fix="请用Excel“打开并修复”，核对该处后另存再报",
)
def impossible_cell(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL109")
