"""目标值与实际值的单位不一致

检查什么
    同一行的目标值和实际值都是一个数，单位却不是一回事：家对家次、人对%、万元对元且换算后相差百倍
    以上；或指标是“××率”，两边都以人、家等计。场与次、个与项等只是说法不同的不报，换算后对得上的
    不报，有一边没写单位的不报。

依据
    实际完成值应与目标值同一单位、同一口径。

示例：有误
    | 三级指标 | 目标值 | 实际完成值 |
    | 检查企业数 | 80家 | 96家次 |

示例：正确
    | 三级指标 | 目标值 | 实际完成值 |
    | 检查企业数 | 80家 | 83家 |

如何修改
    实际完成值改用目标值的单位，数也按这个单位重新统计。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.units import unit_conflict


@rule(
    code="CS120",
    slug="unit-differs",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.RESULTS,),
    basis=(PRACTICE,),
    message="“{name}”目标是“{expected}”，实际写“{provided}”：{why}",
    fix="请按目标值的单位和口径填实际完成值",
)
def unit_differs(subject: Subject) -> Iterator[Hit]:
    """Yield each result whose unit cannot be that of its target."""
    seen = set()
    for result in subject.returned.results():
        wanted, got = result.target_value.value, result.actual_value.value
        name = result.path[-1] if result.path else ""
        why = unit_conflict(wanted, got, name)
        if why and result.actual_value.place not in seen:
            seen.add(result.actual_value.place)
            yield at(
                result.actual_value.place,
                path=result.path,
                provided=got.strip(),
                expected=wanted.strip(),
                why=why,
            )
