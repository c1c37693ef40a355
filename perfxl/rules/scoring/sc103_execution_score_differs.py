"""执行率得分与执行率不符

检查什么
    资金表里的执行率得分：先用执行数÷预算数算执行率，再乘分值，最高不超过分值；表上没有金额的，用
    印出的执行率。全年预算数、年初预算数两种口径，有一种相符就不报。方案定了算法的，差0.1分以上为
    必改，0.01至0.1分多半是用了四舍五入后的执行率，请核实；没有方案的，差0.1分以上请核实。

依据
    预算执行率得分＝执行率×分值，最高不得超过分值。

示例：有误
    | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | 80 | 69 | 10 | 86% | 9 |

示例：正确
    | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | 80 | 69 | 10 | 86% | 8.63 |

如何修改
    按金额算出的执行率改得分；口径不同的请说明。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.finding import Severity
from perfxl.model.number import round_half_up, shown
from perfxl.model.sums import kept
from perfxl.rules.base import Hit, Need, Subject, Unchecked, at, rule
from perfxl.rules.basis import EVALUATION_MEASURES
from perfxl.rules.execution import ExecutionScore, execution_scores
from perfxl.rules.operands import cells_told
from perfxl.rules.recompute import TOLERANCE, UNKNOWN_STANDARD

_ROUGH = Decimal("0.1")  # points, as the audit tools of the platform allow
_ROUNDED = "；多半是按四舍五入后的执行率算的"


@rule(
    code="SC103",
    slug="execution-score-differs",
    severity=Severity.VERIFY,
    needs=(Need.FORM, Need.FUNDS),
    basis=(EVALUATION_MEASURES,),
    message="执行率得分填了{provided}分，{computed}{why}",
    fix="请改为{expected}分；口径不同的请说明",
)
def execution_score_differs(subject: Subject) -> Iterator[Hit | Unchecked]:
    """Yield the score of the funds block where no basis of the rate gives it."""
    assert subject.form
    block = subject.form.fund_block
    assert block
    if block.score is None or block.score.value is None or block.max_score is None:
        return
    cap = block.max_score.value
    if cap is None or block.score.value > cap:
        return  # above its cap it is another rule's
    bases, is_binding = execution_scores(subject, block, cap)
    if not bases:
        yield Unchecked("预算执行率", "预算数为零，或没有执行数" if is_binding is not None
                        else UNKNOWN_STANDARD)  # fmt: skip
        return
    stated = kept(block.score.value, subject.score_decimals)
    gap = min((_off(stated, one) for one in bases), key=abs)
    if abs(gap) <= (TOLERANCE if is_binding else _ROUGH):
        return
    first = bases[0]
    yield at(
        block.score,
        path=("预算执行率", "预算执行率"),
        provided=block.score.value,
        expected=first.score,
        difference=gap,
        severity=Severity.ERROR if is_binding and abs(gap) > _ROUGH else None,
        computed="；".join(_told(one, subject.form.sheet) for one in bases),
        why=_ROUNDED if abs(gap) <= _ROUGH else "",
    )


def _off(stated: Decimal, one: ExecutionScore) -> Decimal:
    """How far a score is from what a basis gives, 0 within it."""
    if stated > one.high:
        return stated - one.high
    return min(stated - one.low, Decimal(0))


def _told(one: ExecutionScore, home: str) -> str:
    rate = shown(round_half_up(one.rate * 100, 2))
    return f"{one.basis}执行率{rate}%（{cells_told(one.cells, home)}），应得{shown(one.score)}分"
