"""得分的小数位太多

检查什么
    得分的小数位数不得超过方案规定的位数（没有方案的按两位）。核对时按规定位数四舍五入；
    存了很多位的，多半是公式没有取整。

依据
    报送系统限制得分的小数位数。

示例：有误
    | 三级指标 | 分值 | 得分 |
    | 固定资产利用率 | 3 | 2.3333 |

示例：正确
    | 三级指标 | 分值 | 得分 |
    | 固定资产利用率 | 3 | 2.33 |

如何修改
    按规定的位数四舍五入后填写；公式外面加ROUND。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.number import NumberKind
from perfxl.model.sums import kept
from perfxl.rules.base import Hit, Subject, at, rule
from perfxl.rules.basis import PRACTICE


@rule(
    code="VL104",
    slug="too-many-decimals",
    severity=Severity.NOTICE,
    basis=(PRACTICE,),
    message="“{name}”得{provided}分，小数超过{limit}位；合计时算作{expected}分",
    fix="请改为{expected}；是公式的，外面加ROUND取{limit}位",
)
def too_many_decimals(subject: Subject) -> Iterator[Hit]:
    """Yield each score with more decimals than scores are kept at."""
    assert subject.form
    limit = subject.score_decimals
    for leaf in subject.form.leaves():
        score = leaf.score.value
        if score is None or leaf.score.kind is not NumberKind.NUMBER:
            continue
        rounded = kept(score, limit)
        if rounded != score:
            yield at(
                leaf.score,
                path=leaf.path,
                provided=score,
                expected=rounded,
                limit=str(limit),
            )
