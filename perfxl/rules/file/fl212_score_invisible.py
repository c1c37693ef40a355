"""得分的字看不见

检查什么
    得分或总分的字与底色相同或几乎相同（如白底白字，含主题颜色），或数字格式设成了什么都不显示。
    同一种情形合成一条，列出各格。

依据
    自评表的每一项得分都应当看得见。

示例：有误
    | 三级指标 | 得分 | 字色 | 底色 |
    | 数据质量 | 2 | 白 | 白 |

示例：正确
    | 三级指标 | 得分 | 字色 | 底色 |
    | 数据质量 | 2 | 黑 | 白 |

如何修改
    把字色改回黑色，或把格式改为数值。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL212",
    slug="score-invisible",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="{detail}，看不见",
    fix="请把字色或数字格式改回来，核对后再报",
)
def score_invisible(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL212")
