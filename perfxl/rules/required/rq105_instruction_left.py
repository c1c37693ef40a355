"""填表说明没有删掉

检查什么
    原因、措施、实际完成值和部门名称里，留着“请填写”“（此处填）”“××”“好坏”这类模板的提示语或待选项。

依据
    填报内容应由本单位写明。

示例：有误
    | 三级指标 | 未达标原因 |
    | 数据质量 | （请填写未达标的具体原因） |

示例：正确
    | 三级指标 | 未达标原因 |
    | 数据质量 | 年报有两处数据填错 |

如何修改
    删掉提示语，写本单位的情况。
"""

import re
from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.form import Text
from perfxl.rules.base import Hit, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import whose


@rule(
    code="RQ105",
    slug="instruction-left",
    severity=Severity.VERIFY,
    basis=(PRACTICE,),
    message="{what}里留着下发表的提示语“{provided}”",
    fix="请删掉提示语，写本单位的情况",
)
def instruction_left(subject: Subject) -> Iterator[Hit]:
    """Yield each answer that still holds words of the template."""
    assert subject.form
    if subject.returned.unit is not None and _is_left(subject.returned.unit.value):
        yield _hit(subject.returned.unit, (), "部门名称")
    for leaf in subject.form.leaves():
        for label, text in (
            ("实际完成值", leaf.actual_value),
            ("未达标原因", leaf.shortfall_reason),
            ("改进措施", leaf.improvement_measures),
        ):
            if text is not None and _is_left(text.value):
                yield _hit(text, leaf.path, label)


_CHOICES = ("好坏", "好/坏", "是/否", "有/无", "优/良/中/差", "优良中差", "高中低")
_PROMPT = re.compile(
    r"请(?:在此|在此处|如实|简要|逐项|按实际情况)?(?:填写|填报|说明|选择|描述|列明)"
    r"|此处(?:填|写)|(?:在此|请)输入|填写(?:说明|示例|要求)|[xX×╳＊*]{2,}(?![a-zA-Z])|_{3,}|…{3,}"
)
_LONGEST_PROMPT = 60  # a long text that says 请说明 somewhere is an answer


def _is_left(text: str) -> bool:
    flat = "".join(text.split())
    return flat in _CHOICES or (len(flat) <= _LONGEST_PROMPT and bool(_PROMPT.search(flat)))


def _hit(text: Text, path: tuple[str, ...], label: str) -> Hit:
    return at(text.place, path=path, provided=text.value, what=whose(path, label))
