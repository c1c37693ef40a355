"""单元格过多

检查什么
    单元格超过300万个、合并区域超过6万处，或公式总长异常的，不再往下读。多因把格式刷到了整列
    整行。

依据
    自评表不过几百行；多出来的都不是填报内容。

示例：有误
    | 工作表 | 单元格 |
    | 自评表 | 1600万个 |

示例：正确
    | 工作表 | 单元格 |
    | 自评表 | 800个 |

如何修改
    选中表格以外的整行整列，用“清除－全部清除”去掉，再另存一份。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL110",
    slug="too-many-cells",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="单元格过多：{detail}",
    fix="请清除表格以外的行列后另存再报",
)
def too_many_cells(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL110")
