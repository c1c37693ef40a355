"""不适用没有依据

检查什么
    方案写明不适用怎么计分的，得分填“不适用”的指标要写理由；方案没有列为可以不适用的指标，也要核实。

依据
    不适用的分由其余各项承担，要看得出为什么不涉及。

示例：有误
    | 三级指标 | 分值 | 得分 | 未达标原因 |
    | 合同备案时效性 | 1 | 不适用 | |

示例：正确
    | 三级指标 | 分值 | 得分 | 未达标原因 |
    | 合同备案时效性 | 1 | 不适用 | 全年没有签订采购合同 |

如何修改
    在原因栏写明为什么不涉及；其实涉及的，填得分。
"""

from collections.abc import Iterator

from perfxl.model.counting import is_not_applicable
from perfxl.model.finding import Severity
from perfxl.rules.alignment import alignment_of
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import is_blank_text


@rule(
    code="NR109",
    slug="not-applicable-unexplained",
    severity=Severity.VERIFY,
    needs=(Need.FORM, Need.SCHEME),
    basis=(PRACTICE,),
    message="“{name}”填了不适用，没有写理由",
    fix="请写明为什么不涉及；其实涉及的，请填得分",
)
def not_applicable_unexplained(subject: Subject) -> Iterator[Hit]:
    """Yield rows that do not apply without a reason, or though the scheme does not exempt them."""
    assert subject.form
    assert subject.scheme
    if subject.scheme.not_applicable is None:
        return
    alignment = alignment_of(subject)
    exempt = {
        id(leaf)
        for leaf, wanted in (*alignment.leaves, *alignment.renamed)
        if wanted.may_be_not_applicable
    }
    for leaf in subject.form.leaves():
        if not is_not_applicable(leaf):
            continue
        if id(leaf) not in exempt:
            yield at(
                leaf.score,
                path=leaf.path,
                provided=leaf.score.raw.strip(),
                message="“{name}”填了不适用，方案没有把它列为可以不适用的指标",
                fix="请填得分；确实不涉及的，请附同意不适用的依据",
            )
        elif leaf.shortfall_reason and is_blank_text(leaf.shortfall_reason.value):
            yield at(leaf.shortfall_reason.place, path=leaf.path)
