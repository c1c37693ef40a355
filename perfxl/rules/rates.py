"""执行率 as a target table states it, against the amounts of the task table."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfxl.model.form import Return, Target, TaskTable
from perfxl.model.target import parse_target
from perfxl.rules.money import column_total

_NAMES = ("预算执行率", "部门预算资金支出率", "部门预算执行率", "资金执行率", "执行率")
_BASES = (
    ("总额", "executed_total", "budget_total"),
    ("财政拨款", "executed_fiscal", "budget_fiscal"),
)


@dataclass(frozen=True, slots=True)
class StatedRate:
    """A stated rate beside those that the amounts give, all in percent points.

    `bases` holds (name of the basis, rate), at least one; `fitting` the names of those that agree
    with `value` within one unit of its last printed place, rounded or cut off.
    """

    target: Target
    value: Decimal
    bases: tuple[tuple[str, Decimal], ...]
    fitting: tuple[str, ...]


def stated_rates(returned: Return) -> Iterator[StatedRate]:
    """Every execution rate that is stated where amounts allow it to be computed."""
    bases = tuple(rate for table in returned.task_tables for rate in _rates(table))
    if not bases:
        return
    for table in returned.target_tables:
        for target in table.targets:
            stated = _stated_rate(target)
            if stated is not None:
                value, unit = stated
                fitting = tuple(name for name, rate in bases if abs(value - rate) < unit)
                yield StatedRate(target, value, bases, fitting)


def _stated_rate(target: Target) -> tuple[Decimal, Decimal] | None:
    """A rate row's actual value in percent points, and one unit of its last printed place."""
    if not target.path or target.path[-1].strip() not in _NAMES:
        return None
    actual = parse_target(target.actual_value.value)
    if actual is None or actual.comparator or actual.unit not in ("", "%"):
        return None
    unit = Decimal(1).scaleb(-actual.decimals)
    if not actual.unit and abs(actual.value) <= 2:  # a cell formatted 0.0% stores a fraction
        return actual.value * 100, unit * 100
    return actual.value, unit


def _rates(table: TaskTable) -> Iterator[tuple[str, Decimal]]:
    """The execution rate in percent points by each basis that the table has."""
    for basis, executed, budget in _BASES:
        spent, planned = column_total(table, executed), column_total(table, budget)
        if spent is not None and planned:
            yield basis, spent / planned * 100
