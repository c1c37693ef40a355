"""缺少指标

检查什么
    方案里有而表上没有的指标。整组都没有的，按组报一处。分值固定的方案为必改；允许单位自行
    设置指标的方案为请核实。

依据
    评分方案所列指标体系。

示例：有误
    | 二级指标 | 三级指标 | 分值 | 得分 |
    | 资产管理 | 数据质量 | 2 | 2 |

示例：正确
    | 二级指标 | 三级指标 | 分值 | 得分 |
    | 资产管理 | 数据质量 | 2 | 2 |
    | | 资产盘点情况 | 1 | 1 |

如何修改
    照下发表补上这一行；不涉及的指标不要删，写“不适用”并写理由。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.form import Group
from perfxl.model.number import shown
from perfxl.rules.alignment import alignment_of, group_standing_for, is_fixed, shown_name
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import LOCAL_SCHEME
from perfxl.rules.fields import corner
from perfxl.scheme.match import Alignment


@rule(
    code="ST102",
    slug="indicator-missing",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.SCHEME),
    basis=(LOCAL_SCHEME,),
    message="{where}缺少指标“{missing}”{cap}",
    fix="请照下发表补上；不涉及的写“不适用”并写理由",
)
def indicator_missing(subject: Subject) -> Iterator[Hit]:
    """Yield what the form lacks, at the nearest group above it that the form has."""
    assert subject.form
    alignment = alignment_of(subject)
    for wanted in alignment.missing:
        parent = _nearest_group(alignment, wanted.path[:-1])
        yield at(
            parent.name.place if parent else corner(subject.form),
            path=wanted.path,
            expected=shown_name(wanted),
            severity=None if is_fixed(subject) else Severity.VERIFY,
            where=f"“{parent.path[-1]}”下" if parent else "本表",
            missing=shown_name(wanted),
            cap="" if wanted.max_score is None else f"（分值{shown(wanted.max_score)}）",
        )


def _nearest_group(alignment: Alignment, path: tuple[str, ...]) -> Group | None:
    """The deepest group of the form on a path of the scheme."""
    for depth in range(len(path), 0, -1):
        group = group_standing_for(alignment, path[:depth])
        if group is not None:
            return group
    return None
