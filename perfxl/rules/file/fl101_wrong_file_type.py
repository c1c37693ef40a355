"""不是Excel工作簿

检查什么
    文件开头的字节表明它是什么格式。扩展名写着.xlsx，内容却是网页、CSV、PDF、图片、Word文档或
    别的压缩包的，都在这里说明它究竟是什么。

依据
    只有.xlsx、.xlsm里才有能逐格核对的表；改扩展名不会改变内容。

示例：有误
    | 文件名 | 内容 |
    | 自评表.xlsx | 网页（HTML），从系统导出后改了扩展名 |

示例：正确
    | 文件名 | 内容 |
    | 自评表.xlsx | Excel工作簿 |

如何修改
    用Excel或WPS打开原表，另存为“Excel 工作簿（.xlsx）”再报；压缩包请先解压。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL101",
    slug="wrong-file-type",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="不是Excel工作簿：{detail}",
    fix="请用Excel或WPS另存为.xlsx后重新报送",
)
def wrong_file_type(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL101")
