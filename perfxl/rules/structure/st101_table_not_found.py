"""没有找到评分表

检查什么
    在各工作表里按表头找评分表：要有指标名称和“得分”一类的栏。一张都没有找到的，说明找过什么、
    看到了什么；找到了评分表而另有表没有认出来的，只请核实。

依据
    报送的工作簿须含部门整体支出绩效自评表。

示例：有误
    | 项目 | 金额 |
    | 办公费 | 12 |

示例：正确
    | 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 得分 |
    | 管理效率 | 2 | 资产管理 | 2 | 数据质量 | 2 | 2 |

如何修改
    用下发的表填写，保留表头一行；表头改过的，改回原来的名称。
"""

from collections.abc import Iterator

from perfxl.model.address import Place
from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE


@rule(
    code="ST101",
    slug="table-not-found",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(),
    basis=(PRACTICE,),
    message="没有找到评分表：{detail}",
    fix="请用下发的表填写，保留原来的表头",
)
def table_not_found(subject: Subject) -> Iterator[Hit]:
    """Yield one hit for a book without a score table, and each table that was not placed."""
    unplaced = subject.returned.unplaced
    if not subject.returned.forms:
        if any(remark.code.startswith("FL1") for remark in subject.remarks):
            return  # the file was refused, and told so: there was nothing to look in
        yield at(
            unplaced[0].place if unplaced else Place("", ""),
            detail=_what_was_seen(subject),
        )
        return
    for decision in unplaced:
        yield at(
            decision.place,
            message="有一张表没有认出来：{detail}",
            fix="请核对这张表的表头；不需要报送的不用改",
            severity=Severity.VERIFY,
            detail=decision.message,
        )


def _what_was_seen(subject: Subject) -> str:
    """What was looked for and what stood there, of the first sheet, and how many more."""
    unplaced = subject.returned.unplaced
    if not unplaced:
        return "工作表都是空的，或都没有含指标名称和得分的表头"
    more = f"；另有{len(unplaced) - 1}个工作表也没有" if len(unplaced) > 1 else ""
    return unplaced[0].message + more
