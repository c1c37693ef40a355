"""标题的单位与部门名称不一致

检查什么
    标题里的单位名称与“部门名称”一栏不是同一个，多半是借用了别的单位的表。简称、加地名不算不一致。

依据
    一份自评表只对应一个单位。

示例：有误
    | 标题 | 部门名称 |
    | 2022年度某市农业农村局部门整体支出绩效自评表 | 某市应急管理局 |

示例：正确
    | 标题 | 部门名称 |
    | 2022年度某市应急管理局部门整体支出绩效自评表 | 某市应急管理局 |

如何修改
    改成本单位的全称，并看内容是否也是别的单位的。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE


@rule(
    code="CS113",
    slug="unit-name-differs",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.HEAD,),
    basis=(PRACTICE,),
    message="标题写的是“{provided}”，部门名称是“{expected}”",
    fix="请改成本单位的全称，并看内容是否也是别的单位的",
)
def unit_name_differs(subject: Subject) -> Iterator[Hit]:
    """Yield each title that names another unit than the form's head."""
    unit = subject.returned.unit
    if unit is None:
        return
    for title in subject.returned.titles:
        if title.unit.endswith(_ENDINGS) and not _is_same(title.unit, unit.value):
            yield at(title.text.place, provided=title.unit, expected=unit.value)


# What a name ends with that is certainly a unit's; 县级, 本级 and the like are not names.
_ENDINGS = (
    "局", "委", "委员会", "办", "办公室", "厅", "院", "校", "学校", "中心", "处", "会", "所", "站",
    "馆", "队", "政府", "街道", "街道办事处", "镇", "乡",
)  # fmt: skip


def _is_same(one: str, other: str) -> bool:
    """Whether one name is the other, part of it, or an abbreviation of it."""
    short, long = sorted(("".join(one.split()), "".join(other.split())), key=len)
    rest = iter(long)
    return all(character in rest for character in short)
