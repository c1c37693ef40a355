"""比率像是弄反了

检查什么
    控制率一类的比率，表上填的不等于按金额或人数算出的，却正好是1减去它：多半填成了节约率。两个数都
    在表上才查，末位四舍五入或截尾的差别不算。

依据
    控制率＝实际数÷预算（核定）数×100%；1减去它是节约率，不是控制率。

示例：有误
    | 指标 | 实际支出 | 预算安排 | 填报 |
    | “三公”经费控制率 | 0.42 | 5 | 91.6% |

示例：正确
    | 指标 | 实际支出 | 预算安排 | 填报 |
    | “三公”经费控制率 | 0.42 | 5 | 8.4% |

如何修改
    改为实际数÷预算数；确是另一口径的请说明。得分不一定变。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import COMMON_INDICATORS
from perfxl.rules.operands import PERCENT, Operand, cells_told, figures_of, quantity


@rule(
    code="SC106",
    slug="rate-turned-round",
    severity=Severity.VERIFY,
    needs=(Need.FORM, Need.SCHEME, Need.MEASURES),
    basis=(COMMON_INDICATORS,),
    message="“{name}”填{provided}，按{operands}计算为{expected}；填的像节约率（1－{expected}）",
    fix="请改为{expected}，或说明口径；得分不一定变",
)
def rate_turned_round(subject: Subject) -> Iterator[Hit]:
    """Yield each stated rate that is one minus what its amounts give."""
    assert subject.form
    figures = figures_of(subject)
    assert figures
    home = subject.form.sheet
    for measure in figures.scheme.measures:
        computed = figures.computed(measure) if measure.unit == PERCENT else None
        if computed is None or not isinstance(computed.value, Decimal):
            continue
        for stated in figures.rows_stating(measure):
            if _may_be(stated, 1 - computed.value) and not _may_be(stated, computed.value):
                yield at(
                    stated.cells[0],
                    path=(measure.name,),
                    provided=stated.raw,
                    expected=quantity(computed.value, PERCENT),
                    operands=cells_told(computed.cells, home),
                )


def _may_be(stated: Operand, value: Decimal) -> bool:
    return stated.low is not None and stated.high is not None and stated.low <= value <= stated.high
