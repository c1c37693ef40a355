"""指标改了名称

检查什么
    表上的名称与方案不同，但位置、分值或字面相近，多半是改了名或写错了字。

依据
    评分方案所列指标体系；改了名称，汇总时对不上。

示例：有误
    | 三级指标 | 分值 | 得分 |
    | 资产盘点状况 | 1 | 1 |

示例：正确
    | 三级指标 | 分值 | 得分 |
    | 资产盘点情况 | 1 | 1 |

如何修改
    恢复下发表上的名称。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.form import Group, Indicator
from perfxl.rules.alignment import alignment_of, is_fixed, shown_name
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import LOCAL_SCHEME
from perfxl.scheme.model import SchemeGroup, SchemeIndicator


@rule(
    code="ST104",
    slug="indicator-renamed",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.SCHEME),
    basis=(LOCAL_SCHEME,),
    message="名称“{provided}”与下发表不同，是不是“{expected}”",
    fix="请恢复为“{expected}”",
)
def indicator_renamed(subject: Subject) -> Iterator[Hit]:
    """Yield each row or group that most likely stands for one of another name."""
    alignment = alignment_of(subject)
    renamed: list[tuple[Group | Indicator, SchemeGroup | SchemeIndicator]]
    renamed = [*alignment.renamed_groups, *alignment.renamed]
    for node, wanted in renamed:
        yield at(
            node.name.place,
            path=node.path,
            provided=node.path[-1],
            expected=shown_name(wanted),
            severity=None if is_fixed(subject) else Severity.VERIFY,
        )
