"""得分是负数

检查什么
    得分、小计和总分都不能小于零：扣分扣到零为止。加分项、扣分项按加减的分填写，
    不在此列。

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

from perfxl.model.address import Place
from perfxl.model.finding import Severity
from perfxl.model.form import SelfEvaluationForm
from perfxl.rules.base import Hit, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import Field, is_beyond, numeric_fields, whose


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
        if not field.is_score or is_beyond(field.path):
            continue
        if value is not None and value < 0:
            yield at(
                field.number,
                path=field.path,
                provided=value,
                expected="≥0",
                cause=_negative_part(field, subject.form),
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
            and leaf.score.value is not None
            and leaf.score.value < 0
        ),
        None,
    )
