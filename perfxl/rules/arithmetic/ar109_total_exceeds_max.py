"""总分超过满分

检查什么
    填写的总分不得超过满分：表上印有总分分值的以它为准，没有印的看方案，再没有的看各项分值之和。
    某一项得分超过自己的分值、改正它就不再超出的，根子在那一项。含加分项、扣掉加分就不超出的，只请核实。

依据
    得分以分值为限。

示例：有误
    | 一级指标 | 分值 | 得分 |
    | 总分 | 100 | 102 |

示例：正确
    | 一级指标 | 分值 | 得分 |
    | 总分 | 100 | 100 |

如何修改
    核对各项得分，再重算总分。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.address import Place
from perfxl.model.finding import Severity
from perfxl.model.sums import held_to_cap, is_over_cap
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import cap_of


@rule(
    code="AR109",
    slug="total-exceeds-max",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.TOTAL),
    basis=(PRACTICE,),
    message="总分{provided}，超过满分{expected}",
    fix="请核对各项得分，再重算总分",
)
def total_exceeds_max(subject: Subject) -> Iterator[Hit]:
    """Yield the stated total that exceeds the most that can be earned."""
    assert subject.form
    assert subject.form.total
    total, most = subject.form.total.score, _most(subject)
    if total.value is None or most is None or total.value <= most:
        return
    with_bonus = total.value - most <= _bonus(subject)
    yield at(
        total,
        provided=total.value,
        expected=most,
        difference=total.value - most,
        message=_WITH_BONUS if with_bonus else "",
        fix="请核对方案是否允许加分后超过满分" if with_bonus else "",
        severity=Severity.VERIFY if with_bonus else None,
        cause=_cause(subject, total.value, most),
    )


_WITH_BONUS = "总分{provided}，连同加分超过了满分{expected}"


def _bonus(subject: Subject) -> Decimal:
    """What bonuses add to the sum."""
    assert subject.form
    counting = subject.counting
    earned = [counting.earned(leaf) for leaf in subject.form.leaves() if leaf.adjustment]
    return sum((value for value in earned if value is not None and value > 0), Decimal(0))


def _most(subject: Subject) -> Decimal | None:
    """The total's cap as stated, else the scheme's, else the leaves' caps added; None unknown."""
    assert subject.form
    total = subject.form.total
    if total and total.max_score and total.max_score.value is not None:
        return total.max_score.value
    if subject.scheme:
        return subject.scheme.total_score
    caps = [cap_of(leaf) for leaf in subject.form.leaves() if leaf.adjustment is None]
    values = [cap.value for cap in caps if cap is not None and cap.value is not None]
    return sum(values, Decimal(0)) if values and len(values) == len(caps) else None


def _cause(subject: Subject, total: Decimal, most: Decimal) -> Place | None:
    """The leaf over its cap that explains a total which is the sum of its leaves."""
    form, decimals = subject.form, subject.score_decimals
    if form is None or subject.counting.total != total:
        return None
    held = sum((held_to_cap(leaf, decimals) for leaf in form.leaves()), Decimal(0))
    over = [leaf.score.place for leaf in form.leaves() if is_over_cap(leaf)]
    return over[0] if over and held <= most else None
