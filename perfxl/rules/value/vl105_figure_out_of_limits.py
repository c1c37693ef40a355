"""基础数据超出范围

检查什么
    用下发的模板填报的，“基础数据”里每个数都要是数，不小于下限、不大于上限，个数、人数要是整数；
    选择题要从给出的答案里选。空着的不在此列：缺了它算不出的得分会另外说明。

依据
    方案对每一项的规定。数据错了，由它算出的得分也就错了；数据本身是否属实要对照账目，所以只请核实。

示例：有误
    | 项目 | 单位 | 全部门 |
    | 年末在编人数 | 人 | -23 |

示例：正确
    | 项目 | 单位 | 全部门 |
    | 年末在编人数 | 人 | 23 |

如何修改
    对照来源改正这个数，得分会重算；确实如此的，在说明栏写明。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.number import Number, NumberKind, shown
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import LOCAL_SCHEME
from perfxl.scheme.model import SchemeInput


@rule(
    code="VL105",
    slug="figure-out-of-limits",
    severity=Severity.VERIFY,
    scope=Scope.FORM,
    needs=(Need.TEMPLATE, Need.SCHEME),
    basis=(LOCAL_SCHEME,),
    message="基础数据“{item}”填的是“{provided}”，应{expected}",
    fix="请对照来源改正，得分会重算；确实如此的请写明原因",
)
def figure_out_of_limits(subject: Subject) -> Iterator[Hit]:
    """Yield each figure that its scheme's own limits do not allow."""
    assert subject.scheme
    for one in subject.scheme.inputs:
        number = subject.returned.inputs.get(one.key)
        if number is None or number.kind is NumberKind.BLANK:
            continue
        wanted = _wanted(one, number)
        if wanted:
            yield at(number, provided=_said(one, number), expected=wanted, item=one.name)


def _wanted(one: SchemeInput, number: Number) -> str:
    """What the figure should be, "" when it is."""
    if one.options:
        return "" if number.raw.strip() in one.options else f"从{'、'.join(one.options)}里选"
    value = number.value
    if value is None or number.kind is not NumberKind.NUMBER:
        return "为数字"
    scale = 100 if one.unit == "%" else 1
    if one.minimum is not None and value < one.minimum:
        return f"不小于{shown(one.minimum * scale)}{one.unit}"
    if one.maximum is not None and value > one.maximum:
        return f"不大于{shown(one.maximum * scale)}{one.unit}"
    if one.is_integer and value != value.to_integral_value():
        return "为整数"
    return ""


def _said(one: SchemeInput, number: Number) -> str:
    if one.unit == "%" and number.kind is NumberKind.NUMBER and number.value is not None:
        return f"{shown(number.value * 100)}%"
    return number.raw
