"""得分与标准算出的不同

检查什么
    方案给出评分标准、所需数据表上都有的指标，照标准重新计算，与填的得分对照，差0.01分以内不报。
    数据来自基础数据或同一张表的金额、标准为公开的，差了就是错；标准是推得或借用的，或用的是表上
    印出的比率的，只请核实，少得分而写了原因的不报。缺数据、要由人评的，列在未核对里。

依据
    评分方案所列评分标准。

示例：有误
    | 三级指标 | 分值 | 得分 | 基础数据：计划数 | 完成数 |
    | 项目完成及时性 | 6 | 6 | 10 | 9 |

示例：正确
    | 三级指标 | 分值 | 得分 | 基础数据：计划数 | 完成数 |
    | 项目完成及时性 | 6 | 5.4 | 10 | 9 |

如何修改
    数据无误的改得分；数据填错的改基础数据，得分会重算。
"""

from collections.abc import Iterator
from dataclasses import replace

from perfxl.formula.shapes import DeductPerStep, Tiers
from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, Unchecked, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.recompute import Recomputed, recomputed_leaves
from perfxl.rules.standards import differing
from perfxl.rules.typed_over import is_typed_over, measures_typed_over


@rule(
    code="SC101",
    slug="score-differs-from-standard",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.SCHEME, Need.STANDARD),
    basis=(PRACTICE,),
    message="“{name}”填了{provided}分，{standard}应得{expected}分；依据：{operands}",
    fix="请改为{expected}分，{change}；数据填错的请改数据",
)
def score_differs_from_standard(subject: Subject) -> Iterator[Hit | Unchecked]:
    """Yield each score that its standard does not give, and what could not be computed."""
    assert subject.form
    assert subject.scheme
    causes = {m.name: cell.place for m, cell, _ in measures_typed_over(subject)}
    for leaf, _, outcome in recomputed_leaves(subject):
        if isinstance(outcome, str):
            yield Unchecked(leaf.path[-1], outcome)
            continue
        if is_typed_over(subject, outcome) or not (outcome.is_above or outcome.is_below):
            continue
        hit = differing(outcome, subject.scheme, subject.form.sheet)
        if outcome.is_certain:
            cause = next((causes[o.name] for o in outcome.operands if o.name in causes), None)
            yield replace(hit, cause=cause)
        elif not _is_told_elsewhere(outcome):
            yield replace(
                hit,
                severity=Severity.VERIFY,
                fix="请核对；若改为{expected}分，{change}；口径不同的请说明",
            )


def _is_told_elsewhere(outcome: Recomputed) -> bool:
    """Whether a rule of its own tells of it (a tier that was not reached), or a reason does."""
    is_tiered = isinstance(outcome.scoring.shape, Tiers | DeductPerStep)
    return is_tiered if outcome.is_above else outcome.is_explained
