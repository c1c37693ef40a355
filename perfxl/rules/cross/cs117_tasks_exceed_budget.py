"""任务预算合计大于总预算

检查什么
    任务资金表的预算合计，与同一工作簿里的年度总预算对照；只有一张评分表、资金表又在同一工作表的，
    也与资金表的年初、全年预算对照。总额、财政拨款有一个不超就不报，几个预算数有一个够大就不报。
    小于总预算的不报：任务表可以只列主要任务。元、万元先换算一致，末位的舍入不计。

依据
    各项任务的预算包含在总预算之内；口径可能不同，故只请核实。

示例：有误
    | 总预算（万元） | 任务表预算数合计（元） |
    | 900 | 10000000 |

示例：正确
    | 总预算（万元） | 任务表预算数合计（元） |
    | 1000 | 10000000 |

如何修改
    核对两处的数和单位；一处是年初、一处是调整后的，注明口径。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.number import shown
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.money import WRONG_UNIT, unit_factor
from perfxl.rules.yearly_money import budgets_beside, exceeded, task_sums


@rule(
    code="CS117",
    slug="tasks-exceed-budget",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.TASK_BUDGET,),
    basis=(PRACTICE,),
    message="任务表{column}合计{provided}{unit}，大于{budget}{expected}{unit}（{where}）{hint}",
    fix="请核对两处的数和单位；口径不同的请注明",
)
def tasks_exceed_budget(subject: Subject) -> Iterator[Hit]:
    """Yield each task table whose budget exceeds every budget stated beside it."""
    for table in subject.returned.task_tables:
        budgets = list(budgets_beside(subject.returned, table))
        sums = list(task_sums(table))
        if not budgets or not sums:
            continue
        if not all(exceeded(each, table.unit, budget) for each in sums for budget in budgets):
            continue
        budget = max(budgets, key=lambda each: each.amount * unit_factor(each.unit, "元"))
        least = min(sums, key=lambda each: each.amount)
        added = least.amount * unit_factor(table.unit, budget.unit)
        is_far = budget.amount > 0 and added >= budget.amount * WRONG_UNIT
        place = budget.number.place
        other = "" if place.sheet == table.sheet else f"{place.sheet}!"
        yield at(
            least.place,
            provided=added,
            expected=budget.amount,
            difference=added - budget.amount,
            column=least.title,
            unit=budget.unit,
            budget=budget.name,
            where=f"{other}{place.cell}",
            hint="，疑似单位写错" if is_far else f"，多{shown(added - budget.amount)}{budget.unit}",
        )
