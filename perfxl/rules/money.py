"""Amounts of the task table: totals by column and how exactly they are printed."""

from collections.abc import Sequence
from decimal import Decimal

from perfxl.model.form import TaskTable
from perfxl.model.number import Number, NumberKind

_YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}
# Amounts so many times apart are not two amounts but 元 taken for 万元.
WRONG_UNIT = Decimal(1000)
COLUMN_TITLES = {
    "budget_total": "预算数（总额）",
    "budget_fiscal": "预算数（财政拨款）",
    "executed_total": "执行数（总额）",
    "executed_fiscal": "执行数（财政拨款）",
}


def unit_factor(unit: str, wanted: str) -> Decimal:
    """What an amount is multiplied by to stand in another unit; 1 where one is unknown."""
    if unit not in _YUAN or wanted not in _YUAN:
        return Decimal(1)
    return _YUAN[unit] / _YUAN[wanted]


def column_total(table: TaskTable, column: str) -> Decimal | None:
    """A column's stated total, else the sum of its tasks; None when neither can be read."""
    stated = table.total.amounts.get(column) if table.total else None
    if stated is not None and stated.value is not None:
        return stated.value
    return column_sum(table, column)


def column_sum(table: TaskTable, column: str) -> Decimal | None:
    """The tasks' amounts of a column added, blanks as nothing; None if one cannot be read."""
    cells = [task.amounts[column] for task in table.tasks if column in task.amounts]
    if not all(cell.value is not None or cell.kind is NumberKind.BLANK for cell in cells):
        return None
    values = [cell.value for cell in cells if cell.value is not None]
    return sum(values, Decimal(0)) if values else None


def last_place(number: Number) -> Decimal:
    """One unit in the last place that an amount prints: 2624.8 → 0.1."""
    exponent = number.value.as_tuple().exponent if number.value is not None else 0
    return Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)


def rounding_slack(parts: Sequence[Number], stated: Number, unit: str) -> Decimal:
    """What rounding or cutting the printed places may account for; nothing in 元."""
    if unit == "元":
        return Decimal(0)
    halves = sum((last_place(part) / 2 for part in parts if part.value), Decimal(0))
    return halves + last_place(stated)
