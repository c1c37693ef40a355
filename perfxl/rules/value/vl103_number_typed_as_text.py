"""数字存成了文本

检查什么
    看起来是数字、其实是文本的分值和得分。本工具照数字读，但Excel的求和公式会跳过它。
    总分或小计是公式的，请核实合计是否漏了这一格；单位写成“%”“元”的也请核实。
    分值全是文本的，多半是表发下来就这样，只说一次。

依据
    Excel的SUM只加数字，不加文本。

示例：有误
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | 2 | "1.5分" |

示例：正确
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | 2 | 1.5 |

如何修改
    把单元格格式改为数值，重新输入数字，不带单位和空格。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.form import SelfEvaluationForm
from perfxl.model.number import NumberKind, shown
from perfxl.rules.base import Hit, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import Field, numeric_fields, whose


@rule(
    code="VL103",
    slug="number-typed-as-text",
    severity=Severity.NOTICE,
    basis=(PRACTICE,),
    message="{what}“{provided}”是文本，已按{expected}读取",
    fix="请把单元格格式改为数值，再重新输入{expected}",
)
def number_typed_as_text(subject: Subject) -> Iterator[Hit]:
    """Yield each number kept as text; verify where a sum formula leaves it out."""
    assert subject.form
    caps = _caps_all_text(subject.form)
    if caps:
        yield at(
            caps[0].number,
            provided=caps[0].number.raw,
            message=f"{len(caps)}格分值全是文本（如“{{provided}}”），已按数字读取",
            fix="下发表就是这样的不必改；自己改过格式的请改回数值",
        )
    for field in numeric_fields(subject.form):
        number = field.number
        if caps and field.label == "分值":
            continue
        if number.kind is not NumberKind.TEXT_NUMBER or number.value is None:
            continue
        message, severity = "", None
        if number.unit in _OTHER_UNITS:
            severity = Severity.VERIFY
            message = "{what}“{provided}”带的单位不是分，已按{expected}读取"
        elif _is_summed(field, subject.form):
            severity = Severity.VERIFY
            message = "{what}“{provided}”是文本，求和公式会漏掉它"
        yield at(
            number,
            path=field.path,
            provided=number.raw,
            expected=shown(number.value),
            message=message,
            severity=severity,
            what=whose(field.path, field.label),
        )


def _caps_all_text(form: SelfEvaluationForm) -> list[Field]:
    """The caps, where every one of them is text: the form was issued so, which is one cause."""
    caps = [field for field in numeric_fields(form) if field.label == "分值"]
    kinds = {(field.number.kind, field.number.unit in _OTHER_UNITS) for field in caps}
    is_so = len(caps) >= _FEWEST and kinds == {(NumberKind.TEXT_NUMBER, False)}
    return caps if is_so else []


_OTHER_UNITS = ("%", "元", "万元")
_FEWEST = 3


def _is_summed(field: Field, form: SelfEvaluationForm) -> bool:
    """Whether the total or a subtotal above a leaf's score is a formula."""
    if field.label != "得分":
        return False
    sums = [group.subtotal for group in form.groups() if group.path == field.path[: group.level]]
    sums.append(form.total.score if form.total else None)
    return any(number is not None and number.formula for number in sums)
