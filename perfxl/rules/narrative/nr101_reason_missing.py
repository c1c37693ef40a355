"""扣了分没有写原因

检查什么
    得分低于分值的指标，“未达标原因”栏要写明原因。只写“无”或划一道斜杠的，等于没有写。
    扣多少分以上要写原因可以设置，默认扣一点就要写。

依据
    报送系统在得分小于分值而原因为空时不让保存。

示例：有误
    | 三级指标 | 分值 | 得分 | 未达标原因 |
    | 合同备案时效性 | 1 | 0.5 | |

示例：正确
    | 三级指标 | 分值 | 得分 | 未达标原因 |
    | 合同备案时效性 | 1 | 0.5 | 2份合同备案晚了3天，供应商确认慢 |

如何修改
    写清哪件事、差多少、为什么；改进措施写做什么、谁负责、何时完成。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import EVALUATION_MEASURES, PRACTICE
from perfxl.rules.fields import is_blank_text
from perfxl.rules.shortfall import explainable_shortfalls


@rule(
    code="NR101",
    slug="reason-missing",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.CAPS, Need.REASON_COLUMN),
    basis=(PRACTICE, EVALUATION_MEASURES),
    message="“{name}”扣了{lost}分，没有写未达标原因",
    fix="请写明哪件事、差多少、为什么{action}",
)
def reason_missing(subject: Subject) -> Iterator[Hit]:
    """Yield the reason's cell of each shortfall that gives none."""
    for leaf, lost in explainable_shortfalls(subject):
        reason, action = leaf.shortfall_reason, leaf.improvement_measures
        if reason is None or not is_blank_text(reason.value):
            continue
        where = ""
        if action is not None and is_blank_text(action.value):
            where = f"；{action.place.cell}写措施、责任科室、完成时间"
        said = reason.value.strip()
        yield at(
            reason.place,
            path=leaf.path,
            provided=said,
            difference=lost,
            message=said and "“{name}”扣了{lost}分，未达标原因只写了“{provided}”",
            lost=lost,
            action=where,
        )
