"""得分高于达到的档次

检查什么
    按档次或按超过、不足的幅度扣分的指标：表上写明的比率只够某一档，得分却是更高的一档。比率可能
    是四舍五入或截尾印出的，按最有利的算仍然偏高才报。标准在本地没有取得、借用他处的，写明出处。

依据
    评分方案所列评分标准。

示例：有误
    | 三级指标 | 分值 | 得分 | 实际完成值 |
    | 公众满意度（90%得4分，95%得6分） | 6 | 6 | 90% |

示例：正确
    | 三级指标 | 分值 | 得分 | 实际完成值 |
    | 公众满意度（90%得4分，95%得6分） | 6 | 4 | 90% |

如何修改
    按达到的档次改得分；确实达到更高一档的，附调查或统计材料并改正比率。
"""

from collections.abc import Iterator

from perfxl.formula.shapes import DeductPerStep, Tiers
from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.recompute import Recomputed, recomputed_leaves
from perfxl.rules.standards import bound_for, differing


@rule(
    code="SC104",
    slug="score-above-tier",
    severity=Severity.VERIFY,
    needs=(Need.FORM, Need.SCHEME, Need.STANDARD),
    basis=(PRACTICE,),
    message="“{name}”{operands}，{standard}应得{expected}分，填了{provided}分",
    fix="请改正（改为{expected}分的，{change}）{evidence}",
)
def score_above_tier(subject: Subject) -> Iterator[Hit]:
    """Yield each score above what the stated rate earns by tiers or steps."""
    assert subject.form
    assert subject.scheme
    for _, _, outcome in recomputed_leaves(subject):
        if not isinstance(outcome, Recomputed) or outcome.is_certain or not outcome.is_above:
            continue
        if isinstance(outcome.scoring.shape, Tiers | DeductPerStep):
            bound = bound_for(outcome, subject.scheme)
            hit = differing(outcome, subject.scheme, subject.form.sheet)
            hit.params["evidence"] = f"，或附达到{bound}的材料" if bound else "，或附证明材料"
            yield hit
