"""任务金额合计与各项相加不符

检查什么
    年度任务资金表的合计行，逐栏与各项任务相加对照。以元为单位的要分毫不差；以万元为单位的，
    各数末位的舍入可以解释的只请核实。

依据
    资金表的合计等于各项之和。

示例：有误
    | 任务名称 | 预算数（元） |
    | 日常运转 | 100 |
    | 安全生产 | 200 |
    | 金额合计 | 310 |

示例：正确
    | 任务名称 | 预算数（元） |
    | 日常运转 | 100 |
    | 安全生产 | 200 |
    | 金额合计 | 300 |

如何修改
    核对各项金额，合计用求和公式。
"""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.finding import Severity
from perfxl.model.form import TaskTable
from perfxl.model.number import Number
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.money import COLUMN_TITLES, column_sum, rounding_slack


@rule(
    code="CS102",
    slug="task-sum-differs",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(Need.TASKS,),
    basis=(PRACTICE,),
    message="{column}合计{provided}{unit}，各项相加是{expected}{unit}，差{gap}{unit}",
    fix="请核对各项金额和合计，最好用求和公式",
)
def task_sum_differs(subject: Subject) -> Iterator[Hit]:
    """Yield each column's stated total that its tasks do not add up to."""
    for table in subject.returned.task_tables:
        if table.total is None:
            continue
        for column in table.columns:
            stated, added = table.total.amounts.get(column), column_sum(table, column)
            if stated is None or stated.value is None or added is None or stated.value == added:
                continue
            gap = abs(stated.value - added)
            yield at(
                stated,
                provided=stated.value,
                expected=added,
                difference=stated.value - added,
                severity=Severity.VERIFY if gap <= _slack(table, column, stated) else None,
                column=COLUMN_TITLES.get(column, column),
                unit=table.unit,
                gap=gap,
            )


def _slack(table: TaskTable, column: str, stated: Number) -> Decimal:
    """What rounding or cutting the printed places may account for; nothing in 元."""
    parts = [task.amounts[column] for task in table.tasks if column in task.amounts]
    return rounding_slack(parts, stated, table.unit)
