"""执行数大于预算数

检查什么
    年度任务资金表里，每项任务的执行数与同一口径的预算数对照。年中追加预算后可以大于年初预算，
    所以只请核实。合计行只在各项都不超出时才看。

依据
    支出以批准的预算为限；预算数应注明是年初还是调整后。

示例：有误
    | 任务名称 | 预算数 | 执行数 |
    | 安全生产 | 200 | 210 |

示例：正确
    | 任务名称 | 预算数 | 执行数 |
    | 安全生产 | 200 | 200 |

如何修改
    核对两个数；年中追加过预算的，预算数改填调整后的数并注明。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.form import Task
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.money import COLUMN_TITLES

_PAIRS = (("budget_total", "executed_total"), ("budget_fiscal", "executed_fiscal"))


@rule(
    code="CS104",
    slug="executed-exceeds-budget",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.TASKS,),
    basis=(PRACTICE,),
    message="“{task}”{column}{provided}{unit}，大于预算数{expected}{unit}",
    fix="请核对两个数；年中追加过预算的请注明",
)
def executed_exceeds_budget(subject: Subject) -> Iterator[Hit]:
    """Yield each task, or else the total row, that spent more than its budget."""
    for table in subject.returned.task_tables:
        hits = [hit for task in table.tasks for hit in _over(task, table.unit)]
        if not hits and table.total is not None:
            hits = list(_over(table.total, table.unit))
        yield from hits


def _over(task: Task, unit: str) -> Iterator[Hit]:
    for budget, executed in _PAIRS:
        planned, spent = task.amounts.get(budget), task.amounts.get(executed)
        if planned is None or spent is None or planned.value is None or spent.value is None:
            continue
        if spent.value > planned.value:
            yield at(
                spent,
                provided=spent.value,
                expected=planned.value,
                difference=spent.value - planned.value,
                task=task.name.value.strip(),
                column=COLUMN_TITLES[executed],
                unit=unit,
            )
