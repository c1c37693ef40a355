"""公式没有算出值

检查什么
    公式所在的格没有存下结果，本工具也算不出（用了不支持的函数、引用了文件之外的数据或循环
    引用）。依赖它的核对一并略过。

依据
    没有值的格不能当作0，也不能当作空白。

示例：有误
    | 单元格 | 公式 | 存下的值 |
    | H40 | =SUMPRODUCT(…) | 无 |

示例：正确
    | 单元格 | 公式 | 存下的值 |
    | H40 | =SUM(H5:H39) | 94.49 |

如何修改
    用Excel或WPS打开，等它算完后保存再报。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL207",
    slug="formula-not-computed",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="公式没有值，也无法代算：{detail}",
    fix="请用Excel或WPS打开、保存后再报",
)
def formula_not_computed(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL207")
