"""公式列里有手填的数

检查什么
    得分栏大多是公式，个别格却是直接填的数；或各组小计都是公式，有一个是填的。改了别处，它不会跟着变。

依据
    同一栏的算法应当一致。

示例：有误
    | 三级指标 | 得分 |
    | 预算执行率 | =F5*0.95 |
    | 数据质量 | 2 |
    | 其余十项 | 公式 |

示例：正确
    | 三级指标 | 得分 |
    | 预算执行率 | =F5*0.95 |
    | 数据质量 | =F6 |
    | 其余十项 | 公式 |

如何修改
    恢复这一格的公式；确需手填的请注明。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.form import Indicator, SelfEvaluationForm
from perfxl.rules.base import Hit, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import whose


@rule(
    code="AR110",
    slug="constant-among-formulas",
    severity=Severity.VERIFY,
    basis=(PRACTICE,),
    message="{what}是手填的{provided}，同一栏其余{count}格是公式",
    fix="请恢复公式；确需手填的请注明",
)
def constant_among_formulas(subject: Subject) -> Iterator[Hit]:
    """Yield the few constants of a column that otherwise holds formulas."""
    assert subject.form
    leaves = [(leaf.path, "得分", leaf.score) for leaf in _ordinary(subject.form)]
    sums = [(g.path, "小计", g.subtotal) for g in subject.form.groups() if g.subtotal is not None]
    # A template of ours has typed scores beside computed ones; its own formulas are known.
    for fields in (sums,) if subject.returned.is_template else (leaves, sums):
        formulas = sum(number.formula is not None for _, _, number in fields)
        typed = [
            field for field in fields if field[2].formula is None and field[2].value is not None
        ]
        if formulas < _FEWEST_FORMULAS or len(typed) * _FORMULAS_FOR_ONE > formulas:
            continue
        for path, label, number in typed:
            yield at(
                number,
                path=path,
                provided=number.raw,
                what=whose(path, label),
                count=str(formulas),
            )


def _ordinary(form: SelfEvaluationForm) -> Iterator[Indicator]:
    """The leaves without bonuses and deductions, which are typed even where scores are computed."""
    return (leaf for leaf in form.leaves() if leaf.adjustment is None)


# Fewer formulas, or more typed numbers among them, are a template that mixes both on purpose.
_FEWEST_FORMULAS = 3
_FORMULAS_FOR_ONE = 4
