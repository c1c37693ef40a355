"""参考分值作了调整

检查什么
    方案的分值只供参考、单位可以调整的，列出调整过的分值，供审核人看一眼。分值加不起来的，
    由分值合计一条去说，这里不重复。

依据
    评分方案附注：分值为参考分值，可结合实际设置。

示例：有误
    | 三级指标 | 参考分值 | 分数 |
    | 预算编制合理性 | 6 | 6 |
    | 预算编制规范性 | 4 | 4 |

示例：正确
    | 三级指标 | 参考分值 | 分数 |
    | 预算编制合理性 | 5 | 5 |
    | 预算编制规范性 | 5 | 5 |

如何修改
    不必改；请确认调整有依据。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.finding import Severity
from perfxl.model.form import Group
from perfxl.rules.alignment import alignment_of, paired
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import LOCAL_SCHEME
from perfxl.rules.fields import cap_of
from perfxl.scheme.model import CapMode


@rule(
    code="ST106",
    slug="reference-cap-changed",
    severity=Severity.NOTICE,
    needs=(Need.FORM, Need.SCHEME, Need.CAPS),
    basis=(LOCAL_SCHEME,),
    message="“{name}”分值{provided}，参考分值为{expected}，合计仍相符",
    fix="不必改；请确认调整有依据",
)
def reference_cap_changed(subject: Subject) -> Iterator[Hit]:
    """Yield each changed reference cap in a group whose caps still add up."""
    assert subject.form
    assert subject.scheme
    if subject.scheme.cap_mode is not CapMode.REFERENCE:
        return
    broken = {group.path for group in subject.form.groups() if not _adds_up(group)}
    for node, wanted in paired(alignment_of(subject)):
        cap = cap_of(node)
        if cap is None or cap.value is None:
            continue
        if wanted.max_score is None or cap.value == wanted.max_score:
            continue
        if node.path in broken or node.path[:-1] in broken:
            continue
        yield at(
            cap,
            path=node.path,
            provided=cap.value,
            expected=wanted.max_score,
            difference=cap.value - wanted.max_score,
        )


def _adds_up(group: Group) -> bool:
    """Whether the children's caps make the group's own."""
    own = cap_of(group)
    caps = [cap_of(child) for child in group.children]
    if own is None or any(cap is None for cap in caps):
        return True
    values = (cap.value for cap in caps if cap is not None and cap.value is not None)
    return sum(values, Decimal(0)) == own.value
