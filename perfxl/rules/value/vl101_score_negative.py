"""得分是负数

检查什么
    得分、小计和总分都不能小于零：扣分扣到零为止。单列的扣分项填负数的不提，加分项填负数的请核实。

依据
    各地评分标准都写“扣完为止”，没有负分。

示例：有误
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | 2 | -1 |

示例：正确
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | 2 | 0 |

如何修改
    在“得分”栏写扣完以后剩下的分，不要写扣了几分；最少写0。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.address import Place
from perfxl.model.finding import Severity
from perfxl.model.form import AdjustmentKind, SelfEvaluationForm
from perfxl.rules.base import Hit, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import Field, numeric_fields, whose


@rule(
    code="VL101",
    slug="score-negative",
    severity=Severity.ERROR,
    basis=(PRACTICE,),
    message="{what}是{provided}，得分最低为0",
    fix="请填扣分以后的得分，扣完为止，最低写0",
)
def score_negative(subject: Subject) -> Iterator[Hit]:
    """Yield each score, subtotal and total below zero."""
    assert subject.form
    for field in numeric_fields(subject.form):
        value = field.number.value
        if field.is_score and value is not None and value < 0:
            if field.is_adjustment:
                if field.leaf is not None and field.leaf.adjustment is AdjustmentKind.BONUS:
                    yield _negative_bonus(field, value)
                continue
            yield at(
                field.number,
                path=field.path,
                provided=value,
                expected="≥0",
                cause=_negative_part(field, subject.form),
                what=whose(field.path, field.label),
            )


def _negative_bonus(field: Field, value: Decimal) -> Hit:
    """A bonus below zero: it may stand in the wrong row."""
    return at(
        field.number,
        path=field.path,
        provided=value,
        expected="≥0",
        message="{what}是加分项，填的是{provided}",
        fix="请核对是加分还是扣分；扣分请填在扣分项里",
        severity=Severity.VERIFY,
        what=whose(field.path, field.label),
    )


def _negative_part(field: Field, form: SelfEvaluationForm) -> Place | None:
    """The first negative leaf, when the field is a subtotal or the total."""
    if field.label == "得分":
        return None
    depth = len(field.path)
    return next(
        (
            leaf.score.place
            for leaf in form.leaves()
            if leaf.path[:depth] == field.path
            and leaf.adjustment is None
            and leaf.score.value is not None
            and leaf.score.value < 0
        ),
        None,
    )
