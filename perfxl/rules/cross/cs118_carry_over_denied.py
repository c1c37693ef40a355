"""钱没有用完，结转结余却填零

检查什么
    指标“结转结余率”“结转结余额”的实际完成值填零，而同一表的资金表（没有资金表的，工作簿里唯一的
    任务资金表）预算数大于执行数。没有用完的很小、按所填的位数确实印成零的不报；旁边写了原因的不报。

依据
    没有用完的资金，或结转结余，或被收回；已被收回的结转结余可以为零，故只请核实。

示例：有误
    | 全年预算数 | 全年执行数 | 结转结余率实际完成值 |
    | 120 | 114 | 0% |

示例：正确
    | 全年预算数 | 全年执行数 | 结转结余率实际完成值 |
    | 120 | 114 | 5% |

如何修改
    按决算改正；已被财政收回的，在原因栏说明。
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.finding import Severity
from perfxl.model.form import SelfEvaluationForm, Target
from perfxl.model.number import round_half_up, shown
from perfxl.model.target import parse_target
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import COMMON_INDICATORS
from perfxl.rules.results import fold, unexplained_results
from perfxl.rules.yearly_money import Unspent, unspent

_LEFT_OVER = re.compile("(?:资金|预算|年末|当年|本年)*(?:结转结余|结余结转|结转和结余|结转|结余)"
                        "(?:资金)?(?:率|额|总额|金额|数)?")  # fmt: skip


@rule(
    code="CS118",
    slug="carry-over-denied",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.MONEY, Need.RESULTS),
    basis=(COMMON_INDICATORS,),
    message="“{name}”填{provided}，但预算比执行多{left}{unit}（{where}，占{share}%）",
    fix="请按决算核对；没用完的已被收回的，在原因栏说明",
)
def carry_over_denied(subject: Subject) -> Iterator[Hit]:
    """Yield each zero carry-over beside money that was not spent."""
    seen = set()
    for result in unexplained_results(subject.returned):
        cell = result.actual_value.place
        left = unspent(subject.returned, _form_of(subject, result))
        if left is None or cell in seen or not _denies(result, left):
            continue
        seen.add(cell)
        other = "" if left.where.sheet == cell.sheet else f"{left.where.sheet}!"
        yield at(
            cell,
            path=result.path,
            provided=result.actual_value.value.strip(),
            expected=_expected(result, left),
            left=left.amount,
            unit=left.unit,
            where=f"{other}{left.where.cell}",
            share=round_half_up(left.share * 100, 2),
        )


def _denies(result: Target, left: Unspent) -> bool:
    """Whether a result says that nothing is left, as far as its printed places go."""
    actual = parse_target(result.actual_value.value)
    if not result.path or not _LEFT_OVER.fullmatch(fold(result.path[-1])):
        return False
    if actual is None or actual.comparator or actual.value:
        return False
    place = Decimal(1).scaleb(-actual.decimals)
    # An amount may be in 元 or 万元; one unit left of either is no zero.
    return (left.share * 100 if _is_rate(result) else left.amount) >= place


def _is_rate(result: Target) -> bool:
    return fold(result.path[-1]).endswith("率") or "%" in fold(result.actual_value.value)


def _expected(result: Target, left: Unspent) -> str:
    if _is_rate(result):
        return f"{shown(round_half_up(left.share * 100, 2))}%"
    return f"{shown(left.amount)}{left.unit}"


def _form_of(subject: Subject, result: Target) -> SelfEvaluationForm | None:
    """The form that a result belongs to: the one it stands in, else the workbook's only one."""
    forms = subject.returned.forms
    if len(forms) == 1:
        return forms[0]
    own = [f for f in forms for leaf in f.leaves() if leaf.actual_value == result.actual_value]
    return own[0] if own else None
