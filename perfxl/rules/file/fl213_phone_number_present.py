"""表里有电话号码

检查什么
    表里有手机或座机号码。自评表要公开的，公开前应删去；只报财政部门的，不必改。提示里不重复号码本身。

依据
    个人信息在公开前应当处理。

示例：有误
    | 填报人 | 联系电话 |
    | （略） | （手机号码） |

示例：正确
    | 填报人 | 联系电话 |
    | （略） | （公开前删去） |

如何修改
    公开的一份请删去号码；报送的一份可以保留。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.remarks import remarks_of


@rule(
    code="FL213",
    slug="phone-number-present",
    severity=Severity.NOTICE,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="表里有联系电话：{detail}",
    fix="公开前请删去；只报财政部门的不必改",
)
def phone_number_present(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL213")
