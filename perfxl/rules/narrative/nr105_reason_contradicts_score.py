"""原因里的分数与得分不符

检查什么
    原因里写明了“得几分”“扣几分”，与本行的得分、扣分都对不上；或扣了分却写“得满分”“不扣分”。
    几个分数里有一个或合计对得上的，不报。

依据
    原因应与得分一致。

示例：有误
    | 三级指标 | 分值 | 得分 | 未达标原因 |
    | 采购合同签订时效性 | 3 | 2 | 及时率81.82%，得1.5分 |

示例：正确
    | 三级指标 | 分值 | 得分 | 未达标原因 |
    | 采购合同签订时效性 | 3 | 2 | 及时率81.82%，得2分 |

如何修改
    核对是得分填错还是原因写错。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.reasons import contradiction
from perfxl.rules.shortfall import explainable_shortfalls


@rule(
    code="NR105",
    slug="reason-contradicts-score",
    severity=Severity.VERIFY,
    needs=(Need.FORM, Need.CAPS, Need.REASON_COLUMN),
    basis=(PRACTICE,),
    message="“{name}”得{score}分，原因里写的是“{provided}”",
    fix="请核对是得分填错还是原因写错",
)
def reason_contradicts_score(subject: Subject) -> Iterator[Hit]:
    """Yield each reason that names points which are not those of its row."""
    for leaf, lost in explainable_shortfalls(subject):
        reason, score = leaf.shortfall_reason, leaf.score.value
        if reason is None or score is None:
            continue
        said = contradiction(reason.value, score, lost)
        if said:
            yield at(reason.place, path=leaf.path, provided=said, score=score)
