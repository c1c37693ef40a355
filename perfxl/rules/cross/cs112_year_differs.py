"""标题的年度不一致

检查什么
    几处标题、“年度”一栏写的年度不一致，多半是用了往年的表。正文、书名号、文号里的年份不看：里面有
    别的年份很正常。

依据
    一份自评表只对应一个年度。

示例：有误
    | 标题 | 年度 |
    | 2021年度部门整体支出绩效自评表 | 2022 |

示例：正确
    | 标题 | 年度 |
    | 2022年度部门整体支出绩效自评表 | 2022 |

如何修改
    改成本次评价的年度，并看内容是否也是往年的。
"""

from collections.abc import Iterator

from perfxl.model.address import Place
from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE


@rule(
    code="CS112",
    slug="year-differs",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.HEAD,),
    basis=(PRACTICE,),
    message="标题写的是{provided}年度，{other}是{expected}年度",
    fix="请改成本次评价的年度，并看内容是否也是往年的",
)
def year_differs(subject: Subject) -> Iterator[Hit]:
    """Yield each title whose year is not that of the form."""
    year = subject.returned.year
    if year is None:
        return
    for title in subject.returned.titles:
        if title.year != year.value:
            yield at(
                title.text.place,
                provided=title.year,
                expected=year.value,
                other=_seen_from(title.text.place, year.place),
            )


def _seen_from(place: Place, other: Place) -> str:
    """The other cell, with its sheet where that is another one."""
    return other.cell if other.sheet == place.sheet else f"“{other.sheet}”表{other.cell}"
