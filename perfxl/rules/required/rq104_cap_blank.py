"""分值未填

检查什么
    每个指标都要有分值。同级指标印有分值、唯独一个没有的，也要核实。加分项、扣分项可以
    没有分值。

依据
    分值是评分的上限，报送系统要求大于零。

示例：有误
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | | 2 |

示例：正确
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | 2 | 2 |

如何修改
    照下发表补上分值，不要自己定。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.form import Group, SelfEvaluationForm
from perfxl.model.number import NumberKind
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import is_beyond


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
    for leaf in subject.form.leaves():
        cap = leaf.max_score
        if cap is not None and cap.kind is NumberKind.BLANK and not is_beyond(leaf.path):
            yield at(cap, path=leaf.path)
    for group in _groups_without_cap(subject.form):
        assert group.max_score
        yield at(
            group.max_score,
            path=group.path,
            message="“{name}”没有分值，同级的其他指标都有",
            severity=Severity.VERIFY,
        )


def _groups_without_cap(form: SelfEvaluationForm) -> Iterator[Group]:
    groups = list(form.groups())
    levels = {group.level for group in groups if group.max_score and group.max_score.value}
    for group in groups:
        cap = group.max_score
        is_blank = cap is not None and cap.kind is NumberKind.BLANK
        if group.level in levels and is_blank and not is_beyond(group.path):
            yield group
