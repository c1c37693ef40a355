"""文字里说的扣分与表里的不同

检查什么
    评分表以外的文字（总体情况、说明等）写“扣分项4.3分”“共扣4.3分”，或“某指标扣1分”，与表里该
    项、该组或全表的失分都对不上。写上年、财政复评扣分的不比；得分或分值没读到的不比。

依据
    说明里的扣分应与评分表一致。

示例：有误
    | 三级指标 | 分值 | 得分 | 说明 |
    | 公用经费控制率 | 6 | 4 | 公用经费控制率扣1分 |

示例：正确
    | 三级指标 | 分值 | 得分 | 说明 |
    | 公用经费控制率 | 6 | 4 | 公用经费控制率扣2分 |

如何修改
    核对该项应扣几分，文字和表改成一致；得分改了的，总分一并改。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.deductions import wrong_deductions
from perfxl.rules.said import beside_the_scores


@rule(
    code="CS125",
    slug="deduction-differs",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.FORM, Need.CAPS, Need.TEXTS),
    basis=(PRACTICE,),
    message="写“{quote}”，评分表里{whose}失分是{expected}分",
    fix="请核对应扣几分，把文字和评分表改成一致",
)
def deduction_differs(subject: Subject) -> Iterator[Hit]:
    """Yield each deduction told beside the score tables that they do not bear out."""
    for text in beside_the_scores(subject.returned):
        for each in wrong_deductions(text.value, subject.returned):
            yield at(
                text.place,
                provided=each.said,
                expected=each.lost,
                difference=abs(each.said - each.lost),
                quote=each.quote,
                whose=f"“{each.name}”" if each.name else "全表",
            )
