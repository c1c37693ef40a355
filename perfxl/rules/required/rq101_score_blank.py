"""得分未填

检查什么
    每个指标都要有得分。得了零分就写0；零是得分，空白不是。加分项、扣分项没有发生的可以不填。
    整张表一个得分都没有的，只报一处。用下发的模板填报、得分由公式算出的，空着是基础数据没有填全，
    说明缺什么。

依据
    报送系统把得分列为必填项，没有值不能保存。

示例：有误
    | 三级指标 | 分值 | 得分 |
    | 结转结余率 | 2 | |

示例：正确
    | 三级指标 | 分值 | 得分 |
    | 结转结余率 | 2 | 0 |

如何修改
    填写该项得分，没有得分的写0，并写明未达标原因；由公式算出的，填基础数据。
"""

from collections.abc import Iterator

from perfxl.model.counting import is_not_applicable
from perfxl.model.finding import Severity
from perfxl.model.form import Indicator
from perfxl.model.number import NumberKind
from perfxl.rules.base import Hit, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.recompute import lacking_figures


@rule(
    code="RQ101",
    slug="score-blank",
    severity=Severity.ERROR,
    basis=(PRACTICE,),
    message="“{name}”没有填得分",
    fix="请填写得分；得零分也要写0",
)
def score_blank(subject: Subject) -> Iterator[Hit]:
    """Yield each scored leaf without a score; once for a form that has none at all."""
    assert subject.form
    leaves = [leaf for leaf in subject.form.leaves() if _is_scored(leaf)]
    blank = [leaf for leaf in leaves if leaf.score.kind is NumberKind.BLANK]
    lacking = lacking_figures(subject) if blank else {}
    if len(blank) == len(leaves) > 1:
        yield at(
            blank[0].score,
            path=blank[0].path,
            message=f"全部{len(leaves)}项指标都没有填得分，从这一格起",
            fix="请先填基础数据，得分由公式算出" if lacking else "请逐项填写得分",
        )
        return
    for leaf in blank:
        if id(leaf) in lacking:
            yield at(
                leaf.score,
                path=leaf.path,
                message="“{name}”的得分还没有算出：{why}",
                fix="得分由公式算出，请把基础数据填全，不要在这一格填数",
                why=lacking[id(leaf)],
            )
        else:
            yield at(leaf.score, path=leaf.path)


def _is_scored(leaf: Indicator) -> bool:
    """Whether the leaf is to be scored: no bonus or deduction, none that does not apply."""
    return leaf.adjustment is None and not is_not_applicable(leaf)
