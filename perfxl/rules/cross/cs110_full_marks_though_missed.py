"""没有达到目标却得满分

检查什么
    表上有目标值和实际完成值的指标：实际值明明没有达到目标，得分却等于分值。得分怎么算各地不同，
    故只请核实；方案定了算法的，由得分与完成情况一条去说。

依据
    定量指标未达到目标值的，按完成比例计分。

示例：有误
    | 三级指标 | 目标值 | 实际完成值 | 分值 | 得分 |
    | 隐患整改率 | ≥95% | 90% | 15 | 15 |

示例：正确
    | 三级指标 | 目标值 | 实际完成值 | 分值 | 得分 |
    | 隐患整改率 | ≥95% | 90% | 15 | 14.21 |

如何修改
    按评分标准核对得分；实际值写错的改实际值。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.target import misses
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import EVALUATION_MEASURES, PRACTICE
from perfxl.rules.completion import surely_overscored
from perfxl.rules.shortfall import full_marks


@rule(
    code="CS110",
    slug="full-marks-though-missed",
    severity=Severity.VERIFY,
    needs=(Need.FORM, Need.CAPS, Need.RESULTS),
    basis=(EVALUATION_MEASURES, PRACTICE),
    message="“{name}”目标{expected}，实际{provided}，没有达到，却得满分{score}分",
    fix="请按评分标准核对得分，或改正实际完成值",
)
def full_marks_though_missed(subject: Subject) -> Iterator[Hit]:
    """Yield the score of each leaf with full points whose actual value misses its target."""
    told = surely_overscored(subject)  # with the points that are due, as an error
    for leaf in full_marks(subject):
        if id(leaf) in told:
            continue
        if leaf.target_value is None or leaf.actual_value is None:
            continue
        wanted, got = leaf.target_value.value, leaf.actual_value.value
        if misses(wanted, got, "".join(leaf.path)):
            yield at(
                leaf.score,
                path=leaf.path,
                provided=got.strip(),
                expected=wanted.strip(),
                score=leaf.score.value or "",
            )
