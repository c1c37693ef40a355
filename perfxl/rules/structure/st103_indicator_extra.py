"""多出指标

检查什么
    表上有而方案里没有的指标。整组都是多出来的，按组报一处。

依据
    评分方案所列指标体系。

示例：有误
    | 三级指标 | 分值 | 得分 |
    | 宣传报道篇数 | 2 | 2 |

示例：正确
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | 2 | 2 |

如何修改
    删去自己加的行；确需增加的，请主管部门先改方案。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.form import Indicator
from perfxl.rules.alignment import alignment_of, is_fixed
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import LOCAL_SCHEME
from perfxl.scheme.pairing import name_key


@rule(
    code="ST103",
    slug="indicator-extra",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.SCHEME),
    basis=(LOCAL_SCHEME,),
    message="下发表里没有指标“{provided}”",
    fix="请照下发表填写，删去多出的行；确需增加的，写明依据",
)
def indicator_extra(subject: Subject) -> Iterator[Hit]:
    """Yield extra groups, and extra leaves that do not stand under one of these."""
    alignment = alignment_of(subject)
    severity = None if is_fixed(subject) else Severity.VERIFY
    told: set[tuple[str, ...]] = set()
    extra = {leaf.path for leaf in alignment.extra}
    for group in alignment.extra_groups:
        if any(group.path[: len(path)] == path for path in told):
            continue
        if group.is_adjustment and all(_is_listed(x, subject) for x in group.leaves()):
            continue
        if group.path and all(leaf.path in extra for leaf in group.leaves()):
            told.add(group.path)
            mild = Severity.VERIFY if group.is_adjustment else severity
            yield at(group.name.place, path=group.path, provided=group.path[-1], severity=mild)
    for leaf in alignment.extra:
        if _is_listed(leaf, subject):
            continue
        if not any(leaf.path[: len(path)] == path for path in told):
            mild = Severity.VERIFY if leaf.adjustment else severity
            yield at(leaf.name.place, path=leaf.path, provided=leaf.path[-1], severity=mild)


def _is_listed(leaf: Indicator, subject: Subject) -> bool:
    """Whether a row is a bonus or a deduction that the scheme has beyond its indicators."""
    assert subject.scheme
    if leaf.adjustment is None:
        return False
    said = name_key("".join(leaf.path))
    return any(name_key(one.name) in said for one in subject.scheme.adjustments)
