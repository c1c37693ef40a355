"""表里有电话号码

检查什么
    自评表、任务表、指标表这些会公开的工作表里有手机或座机号码。只看表格里面，和表格上下不是填报人、
    联系人一行的文字；“填报人、联系电话”一行和“填报信息”等不公开的工作表照常填写，不提示。只报财政
    部门的不必改。提示里不重复号码本身。

依据
    个人信息在公开前应当处理。

示例：有误
    | 三级指标 | 改进措施 |
    | 数据质量 | 由办公室每月核对，有疑问请拨（手机号码） |

示例：正确
    | 三级指标 | 改进措施 |
    | 数据质量 | 由办公室每月核对 |

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
    message="{detail}，自评表公开时会一并公开",
    fix="要公开的请删去号码；只报财政部门的不必改",
)
def phone_number_present(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's remarks of this code."""
    yield from remarks_of(subject, "FL213")
