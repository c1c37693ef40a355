"""表头说没有未完成，产出或效益却扣了分

检查什么
    表头的“未能完成原因”写“无”，下面的产出、效益、效果指标却有扣分。或是原因漏写，或是扣分与
    目标完成无关。

依据
    表头与评分表应当一致。

示例：有误
    | 未能完成原因 | 产出指标完成情况 |
    | 无 | 分值20，得19.54 |

示例：正确
    | 未能完成原因 | 产出指标完成情况 |
    | 2个产出指标受疫情影响未完成 | 分值20，得19.54 |

如何修改
    把没有完成的指标和原因写到表头；扣分与此无关的，在原因栏说明。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.number import plain
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import is_blank_text
from perfxl.rules.shortfall import explainable_shortfalls


@rule(
    code="CS111",
    slug="loss-denied",
    severity=Severity.VERIFY,
    needs=(Need.FORM, Need.CAPS, Need.HEAD),
    basis=(PRACTICE,),
    message="表头“未能完成原因”写“{provided}”，下面{items}",
    fix="请写上没有完成的指标和原因；扣分与完成情况无关的不必改",
)
def loss_denied(subject: Subject) -> Iterator[Hit]:
    """Yield the head's 无 when output or outcome indicators lost points."""
    assert subject.form
    said = subject.returned.unfinished_reason
    if said is None or not said.value.strip() or not is_blank_text(said.value):
        return
    if said.place.sheet != subject.form.sheet and len(subject.returned.forms) > 1:
        return
    short = [
        (leaf, lost)
        for leaf, lost in explainable_shortfalls(subject)
        if any(word in name for name in leaf.path for word in _RESULT_WORDS)
    ]
    if short:
        yield at(
            said.place,
            provided=said.value,
            items="、".join(f"“{leaf.path[-1]}”扣了{plain(lost)}分" for leaf, lost in short),
        )


_RESULT_WORDS = ("产出", "效益", "效果")
