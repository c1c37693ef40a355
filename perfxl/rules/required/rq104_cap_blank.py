"""分值未填

检查什么
    每个指标都要有分值。同级指标印有分值、唯独一个没有的，也要核实。加分项、扣分项没有分值的不提。

依据
    分值是评分的上限，报送系统要求大于零。

示例：有误
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | | 2 |

示例：正确
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | 2 | 2 |

如何修改
    照下发表补上分值，不要自己定；方案由单位自设分值的，各项合计应等于本组的分值。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.form import Group, SelfEvaluationForm
from perfxl.model.number import NumberKind
from perfxl.rules.alignment import alignment_of, own_leaves
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE

_OPEN_FIX = "请填写自设的分值，各项合计应等于本组的分值"


@rule(
    code="RQ104",
    slug="cap-blank",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.CAPS),
    basis=(PRACTICE,),
    message="“{name}”没有分值",
    fix="请照下发表补上分值",
)
def cap_blank(subject: Subject) -> Iterator[Hit]:
    """Yield leaves without a cap, and groups without one when others of their level have it."""
    assert subject.form
    open_caps = _set_by_unit(subject)
    for leaf in subject.form.leaves():
        if leaf.adjustment or leaf.max_score is None:
            continue
        if leaf.max_score.kind is NumberKind.BLANK:
            is_open = id(leaf) in open_caps
            yield at(leaf.max_score, path=leaf.path, fix=_OPEN_FIX if is_open else "")
    for group in _groups_without_cap(subject.form):
        assert group.max_score
        yield at(
            group.max_score,
            path=group.path,
            message="“{name}”没有分值，同级的其他指标都有",
            severity=Severity.VERIFY,
        )


def _set_by_unit(subject: Subject) -> set[int]:
    """The leaves, by `id`, whose caps the scheme leaves to the unit."""
    if subject.scheme is None:
        return set()
    pairs = (*alignment_of(subject).leaves, *alignment_of(subject).renamed)
    left_open = {id(leaf) for leaf, wanted in pairs if wanted.max_score is None}
    return left_open | own_leaves(subject).keys()


def _groups_without_cap(form: SelfEvaluationForm) -> Iterator[Group]:
    groups = list(form.groups())
    levels = {group.level for group in groups if group.max_score and group.max_score.value}
    for group in groups:
        cap = group.max_score
        if group.is_adjustment or group.level not in levels or cap is None:
            continue
        if cap.kind is NumberKind.BLANK:
            yield group
