"""分值与下发表不同

检查什么
    分值固定的方案，一、二、三级指标的分值和总分的分值都不能改。

依据
    评分方案所列分值。

示例：有误
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | 3 | 3 |

示例：正确
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | 2 | 2 |

如何修改
    恢复下发表的分值；不涉及的指标写“不适用”并写理由，不要把分值挪给别的指标。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.alignment import alignment_of, is_fixed, paired
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import LOCAL_SCHEME
from perfxl.rules.fields import cap_of


@rule(
    code="ST105",
    slug="cap-differs",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.SCHEME, Need.CAPS),
    basis=(LOCAL_SCHEME,),
    message="“{name}”分值改成了{provided}，下发表为{expected}",
    fix="分值不能改，请恢复为{expected}；不涉及的指标写“不适用”并写理由",
)
def cap_differs(subject: Subject) -> Iterator[Hit]:
    """Yield each cap that is not the one its scheme fixes, the total's included."""
    assert subject.form
    assert subject.scheme
    if not is_fixed(subject):
        return
    for node, wanted in paired(alignment_of(subject)):
        cap = cap_of(node)
        if cap is None or cap.value is None:
            continue
        if wanted.max_score is None or cap.value == wanted.max_score:
            continue
        yield at(
            cap,
            path=node.path,
            provided=cap.value,
            expected=wanted.max_score,
            difference=cap.value - wanted.max_score,
        )
    total = subject.form.total
    stated = total.max_score if total else None
    if stated and stated.value is not None and stated.value != subject.scheme.total_score:
        yield at(
            stated,
            provided=stated.value,
            expected=subject.scheme.total_score,
            difference=stated.value - subject.scheme.total_score,
            message="总分的分值改成了{provided}，下发表为{expected}",
        )
