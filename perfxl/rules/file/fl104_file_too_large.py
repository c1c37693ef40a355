"""文件过大

检查什么
    文件超过100MB、解压后超过150MB、部件超过2000个，或某个部件压缩比异常的，不再往下读。
    一张自评表通常不到1MB。

依据
    异常大的文件会拖垮核对它的电脑，压缩炸弹就是这样做的。

示例：有误
    | 文件 | 大小 | 解压后 |
    | 自评表.xlsx | 2MB | 900MB |

示例：正确
    | 文件 | 大小 | 解压后 |
    | 自评表.xlsx | 85KB | 0.6MB |

如何修改
    删去表内的图片、扫描件和无用的工作表（佐证材料另行报送），再另存一份。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL104",
    slug="file-too-large",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="文件过大：{detail}",
    fix="请删去图片、扫描件等大件后另存再报",
)
def file_too_large(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's refusals of this code."""
    yield from remarks_of(subject, "FL104")
