"""嵌入了对象

检查什么
    工作簿里嵌有别的文件或控件（如Word文档、ActiveX控件）。核对时不打开，标注后的副本原样保留。

依据
    嵌入的内容不在核对之列，须人工另看。

示例：有误
    | 文件 | 嵌入对象 |
    | 自评表.xlsx | 佐证材料.docx |

示例：正确
    | 文件 | 嵌入对象 |
    | 自评表.xlsx | 无 |

如何修改
    佐证材料请按要求单独报送，不要嵌在表里。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL203",
    slug="embedded-object",
    severity=Severity.NOTICE,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="表内嵌有对象：{detail}",
    fix="如为佐证材料，请单独报送",
)
def embedded_object(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL203")
