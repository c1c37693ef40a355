"""扣了分没有写改进措施

检查什么
    得分低于分值的指标，“改进措施”栏要写明怎么改。只写“无”或划斜杠的，等于没有写。
    原因也没有写的，两处一并补，合在原因一处说明。

依据
    自评要求对未达标的指标逐项提出改进措施。

示例：有误
    | 三级指标 | 分值 | 得分 | 未达标原因 | 改进措施 |
    | 合同备案时效性 | 1 | 0.5 | 2份合同备案晚了3天 | |

示例：正确
    | 三级指标 | 分值 | 得分 | 未达标原因 | 改进措施 |
    | 合同备案时效性 | 1 | 0.5 | 2份合同备案晚了3天 | 办公室专人催办，6月底前建台账 |

如何修改
    写做什么、哪个科室负责、什么时候完成。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import is_blank_text
from perfxl.rules.shortfall import explainable_shortfalls


@rule(
    code="NR102",
    slug="action-missing",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.CAPS, Need.MEASURES_COLUMN),
    basis=(PRACTICE,),
    message="“{name}”扣了{lost}分，没有写改进措施",
    fix="请写做什么、责任科室和完成时间",
)
def action_missing(subject: Subject) -> Iterator[Hit]:
    """Yield the action's cell of each shortfall that names none."""
    for leaf, lost in explainable_shortfalls(subject):
        reason, action = leaf.shortfall_reason, leaf.improvement_measures
        if action is None or not is_blank_text(action.value):
            continue
        if reason is not None and reason.place == action.place:
            continue  # one column for both: the reason's rule has said it
        said = action.value.strip()
        yield at(
            action.place,
            path=leaf.path,
            provided=said,
            difference=lost,
            message=said and "“{name}”扣了{lost}分，改进措施只写了“{provided}”",
            cause=reason.place if reason is not None else None,
            lost=lost,
        )
