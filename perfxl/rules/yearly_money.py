"""The year's money where a workbook states it more than once: budgets, tasks, what is left."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfxl.model.address import Place
from perfxl.model.form import Return, SelfEvaluationForm, TaskTable
from perfxl.model.number import Number
from perfxl.rules.funds import amount_of, column_title, common_unit
from perfxl.rules.money import COLUMN_TITLES, column_total, last_place, unit_factor


@dataclass(frozen=True, slots=True)
class Budget:
    """A yearly budget as stated: what it is called, its cell and its unit (元 or 万元)."""

    name: str
    number: Number
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class TaskSum:
    """A budget column of a task table added up: in the table's unit, with the cell to point at."""

    title: str
    place: Place
    amount: Decimal
    slack: Decimal  # what rounding of the tasks may account for


@dataclass(frozen=True, slots=True)
class Unspent:
    """Budget less execution, both above zero, with where they are stated."""

    amount: Decimal
    share: Decimal  # of the budget
    unit: str
    where: Place


def budgets_beside(returned: Return, table: TaskTable) -> Iterator[Budget]:
    """The budgets that a task table's sums may be held against, with their units known.

    A department's budget block; the 资金 block only of the sole form, on the table's own sheet:
    a project's funds are no bound for a department's tasks.
    """
    for block in returned.budget_blocks:
        total = block.amounts.get("total")
        unit = block.units.get("total", "")
        if total is not None and total.value is not None and unit:
            yield Budget("总预算", total, total.value, unit)
    funds = returned.forms[0].fund_block if len(returned.forms) == 1 else None
    if funds is None or funds.sheet != table.sheet:
        return
    for column in ("initial_budget", "budget"):
        number = funds.total.amounts.get(column)
        amount, stated_in = amount_of(funds, number), common_unit(funds)
        if number is not None and amount is not None and stated_in:
            yield Budget(column_title(funds, column), number, amount, stated_in)


def task_sums(table: TaskTable) -> Iterator[TaskSum]:
    """The budget columns of a task table, total and 财政拨款, that can be added up."""
    for column in ("budget_total", "budget_fiscal"):
        amount = column_total(table, column)
        cells = [task.amounts[column] for task in table.tasks if column in task.amounts]
        if amount is None or not cells:
            continue
        stated = table.total.amounts.get(column) if table.total else None
        at = stated if stated is not None and stated.value is not None else cells[0]
        halves = sum((last_place(cell) / 2 for cell in cells if cell.value), Decimal(0))
        slack = halves if table.unit == "万元" else Decimal(0)
        yield TaskSum(COLUMN_TITLES[column], at.place, amount, slack)


def exceeded(tasks: TaskSum, unit: str, budget: Budget) -> Decimal:
    """By how much tasks exceed a budget, in the budget's unit; not above zero if they do not."""
    factor = unit_factor(unit, budget.unit)
    slack = tasks.slack * factor
    if budget.unit == "万元":
        slack += last_place(budget.number)
    over = tasks.amount * factor - budget.amount
    return over if over > slack else Decimal(0)


def unspent(returned: Return, form: SelfEvaluationForm | None) -> Unspent | None:
    """What a form's 资金 block leaves unspent, else the workbook's only task table; None if nil."""
    funds = form.fund_block if form else None
    if funds is not None:
        spent = amount_of(funds, funds.total.amounts.get("executed"))
        column = "budget" if "budget" in funds.columns else "initial_budget"
        planned = amount_of(funds, funds.total.amounts.get(column))
        return _unspent(planned, spent, common_unit(funds) or "", funds.total.name.place)
    if len(returned.task_tables) != 1 or len(returned.forms) > 1:
        return None
    (table,) = returned.task_tables
    planned, spent = column_total(table, "budget_total"), column_total(table, "executed_total")
    at = table.total.name.place if table.total else table.tasks[0].name.place
    return _unspent(planned, spent, table.unit, at)


def _unspent(
    planned: Decimal | None, spent: Decimal | None, unit: str, where: Place
) -> Unspent | None:
    if planned is None or spent is None or not planned > spent >= 0:
        return None
    return Unspent(planned - spent, (planned - spent) / planned, unit, where)
