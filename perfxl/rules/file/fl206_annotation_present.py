"""带有标注

检查什么
    文件是本工具标注过的副本。“校验结果”页、标色和以【校验】开头的批注都不算填报内容，已按标注前
    的内容核对。

依据
    退回的表就在标注副本上修改再报，是正常做法。

示例：有误
    | 批注 |
    | 【校验】必改 得5分，超过分值3分 |

示例：正确
    | 批注 |
    | 本单位自己的说明 |

如何修改
    不必手工删除；要干净的一份，用“perfxl clean 文件”。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL206",
    slug="annotation-present",
    severity=Severity.NOTICE,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="是标注过的副本：{detail}",
    fix="不必处理；需要干净的一份时用clean命令",
)
def annotation_present(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL206")
