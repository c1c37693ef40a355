"""公式被改成了数

检查什么
    用下发的模板填报时，得分和比率由公式从基础数据算出。公式被手填的数盖住、而数与公式算出的不同的，
    为必改；基础数据没有填、算不出来的，请核实。只粘贴了数值、与算出的相同的不报。

依据
    下发的模板里，得分由基础数据按评分标准算出，不必手填。

示例：有误
    | 三级指标 | 分值 | 得分（手填） | 公式算出 |
    | 项目完成及时性 | 6 | 6 | 5.4 |

示例：正确
    | 三级指标 | 分值 | 得分（公式） | 公式算出 |
    | 项目完成及时性 | 6 | 5.4 | 5.4 |

如何修改
    从下发的模板复制这一格的公式；数据有出入的改基础数据。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.formula.shapes import is_manual
from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.operands import quantity
from perfxl.rules.recompute import recomputed_leaves
from perfxl.rules.standards import differing
from perfxl.rules.typed_over import is_typed_over, measures_typed_over, shows_formulas


@rule(
    code="SC107",
    slug="formula-overwritten",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.SCHEME, Need.TEMPLATE),
    basis=(PRACTICE,),
    message="“{name}”得分原是公式，被改成了{provided}；{standard}应得{expected}分，依据：{operands}",
    fix="请恢复公式（{expected}分，{change}）；数据填错的请改基础数据",
)
def formula_overwritten(subject: Subject) -> Iterator[Hit]:
    """Yield scores and measures of our template that were typed and are not what they would be."""
    assert subject.form
    assert subject.scheme
    for leaf, wanted, outcome in recomputed_leaves(subject):
        if is_typed_over(subject, outcome) and not isinstance(outcome, str):
            yield differing(outcome, subject.scheme, subject.form.sheet)
        elif isinstance(outcome, str) and leaf.score.formula is None and shows_formulas(subject):
            scoring = wanted.scoring
            if scoring is None or not scoring.is_published or is_manual(scoring.shape):
                continue  # typed in the template, too
            yield at(
                leaf.score,
                path=leaf.path,
                provided=leaf.score.raw,
                message="“{name}”得分原是公式，被改成了{provided}，现在算不出来（{why}）",
                fix="请恢复公式，把基础数据填全",
                severity=Severity.VERIFY,
                why=outcome,
            )
    for measure, cell, computed in measures_typed_over(subject):
        yield at(
            cell,
            path=(measure.name,),
            provided=quantity(cell.value or Decimal(0), measure.unit),
            expected=computed.raw,
            message="“{name}”原是公式，被改成了{provided}，按基础数据应为{expected}",
            fix="请恢复公式；数据填错的请改基础数据",
        )
