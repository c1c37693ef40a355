"""分值未填

检查什么
    每个指标都要有分值；由单位定的一个也没有填的，合在一起提一次。同级指标印有分值、唯独一个没有的，
    也要核实。加分项、扣分项和自设指标上面的小标题没有分值的不提。

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
from perfxl.model.form import Group, Indicator, SelfEvaluationForm
from perfxl.model.number import NumberKind
from perfxl.rules.alignment import alignment_of, own_leaves
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE

_ALL_OPEN = "由单位定的{count}项分值都没有填，从这一格起"
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
    leaves = [leaf for leaf in subject.form.leaves() if leaf.max_score and not leaf.adjustment]
    left_open = [leaf for leaf in leaves if id(leaf) in open_caps]
    none_yet = len(left_open) > 1 and all(map(_is_blank, left_open))
    if none_yet:
        first = left_open[0].max_score
        assert first
        yield at(first, message=_ALL_OPEN, fix=_OPEN_FIX, count=str(len(left_open)))
    for leaf in leaves:
        is_open = id(leaf) in open_caps
        if leaf.max_score and _is_blank(leaf) and not (is_open and none_yet):
            yield at(leaf.max_score, path=leaf.path, fix=_OPEN_FIX if is_open else "")
    within = _own_paths(subject)
    for group in _groups_without_cap(subject.form):
        if any(group.path[: len(path)] == path for path in within):
            continue
        assert group.max_score
        yield at(
            group.max_score,
            path=group.path,
            message="“{name}”没有分值，同级的其他指标都有",
            severity=Severity.VERIFY,
        )


def _is_blank(leaf: Indicator) -> bool:
    return leaf.max_score is not None and leaf.max_score.kind is NumberKind.BLANK


def _own_paths(subject: Subject) -> list[tuple[str, ...]]:
    """Where units enter indicators of their own: headings there need no caps."""
    if subject.scheme is None:
        return []
    pairs = (*alignment_of(subject).groups, *alignment_of(subject).renamed_groups)
    return [group.path for group, wanted in pairs if wanted.custom]


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
