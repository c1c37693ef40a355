"""公式的值是旧的

检查什么
    公式存下的值，与按表内现有数字重算的结果不同。多因用别的程序改了数而没有重算，或Excel设成了
    手动重算。核对以重算结果为准。

依据
    存下的值与公式不符时，打印的和再打开看到的会不同。

示例：有误
    | 单元格 | 公式 | 存下的值 | 应为 |
    | H40 | =SUM(H5:H39) | 99 | 94.49 |

示例：正确
    | 单元格 | 公式 | 存下的值 | 应为 |
    | H40 | =SUM(H5:H39) | 94.49 | 94.49 |

如何修改
    用Excel打开，按F9重算，核对后保存再报。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL209",
    slug="stale-cached-value",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="公式的值不是最新的：{detail}",
    fix="请打开文件按F9重算，核对后保存再报",
)
def stale_cached_value(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL209")
