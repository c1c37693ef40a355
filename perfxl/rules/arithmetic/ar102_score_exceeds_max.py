"""得分超过分值

检查什么
    每个指标的得分不得超过它的分值。同一组里一项超出、另一项不足，合计正好等于本组分值的，
    多半是按平均数填的，两项一并说明，只报一处。加分项超过限额的只请核实。

依据
    报送系统在保存时即校验“得分必须小于等于分值”。

示例：有误
    | 三级指标 | 分值 | 得分 |
    | 绩效目标完整性 | 3 | 5 |

示例：正确
    | 三级指标 | 分值 | 得分 |
    | 绩效目标完整性 | 3 | 3 |

如何修改
    把得分改为不超过分值的数；总分会随之改变，请一并核对。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.finding import Severity
from perfxl.model.form import Group, Indicator
from perfxl.model.number import shown
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import EVALUATION_MEASURES, PRACTICE


@rule(
    code="AR102",
    slug="score-exceeds-max",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.CAPS),
    basis=(PRACTICE, EVALUATION_MEASURES),
    message="“{name}”得{provided}分，超过分值{expected}分",
    fix="请把得分改为不超过{expected}的数，总分会重算",
)
def score_exceeds_max(subject: Subject) -> Iterator[Hit]:
    """Yield each leaf whose score exceeds its cap."""
    assert subject.form
    for group in subject.form.groups():
        for leaf in group.children:
            if not isinstance(leaf, Indicator) or leaf.max_score is None:
                continue
            score, cap = leaf.score.value, leaf.max_score.value
            if score is None or cap is None or score <= cap:
                continue
            if leaf.adjustment:
                yield _beyond_limit(leaf, score, cap)
                continue
            partner = _averaged_with(leaf, group)
            yield at(
                leaf.score,
                path=leaf.path,
                provided=score,
                expected=cap,
                difference=score - cap,
                message=partner and _AVERAGED.format(partner=partner, cap=shown(cap)),
                fix=partner and "请按标准分别填写，各不超过自己的分值，总分会重算",
            )


_AVERAGED = "“{{name}}”得{{provided}}分，超过分值{{expected}}分；{partner}，疑似平均填写"


def _beyond_limit(leaf: Indicator, score: Decimal, limit: Decimal) -> Hit:
    """A bonus above its limit: the row may well state what was earned before it is cut."""
    return at(
        leaf.score,
        path=leaf.path,
        provided=score,
        expected=limit,
        difference=score - limit,
        message="“{name}”得{provided}分，超过限额{expected}分",
        fix="请核对限额；总分里只能计{expected}分",
        severity=Severity.VERIFY,
    )


def _averaged_with(leaf: Indicator, group: Group) -> str:
    """The sibling that fell short by as much, when a group's total was spread evenly; else ""."""
    leaves = [child for child in group.children if isinstance(child, Indicator)]
    if len(leaves) < 2 or group.max_score is None or group.max_score.value is None:
        return ""
    scores = [child.score.value for child in leaves]
    if any(s is None or s != leaf.score.value for s in scores):
        return ""
    if sum(s for s in scores if s is not None) != group.max_score.value:
        return ""
    others = "、".join(
        f"“{child.name.value}”分值{shown(child.max_score.value)}分也填{shown(child.score.value)}分"
        for child in leaves
        if child is not leaf
        and child.max_score is not None
        and child.max_score.value is not None
        and child.score.value is not None
    )
    return f"同组{others}，合计正好{shown(group.max_score.value)}分"
