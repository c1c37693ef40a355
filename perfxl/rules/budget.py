"""The ways in which a budget block may add up."""

from dataclasses import dataclass
from decimal import Decimal

from perfxl.model.form import BudgetBlock
from perfxl.model.number import Number, NumberKind
from perfxl.rules.money import rounding_slack, unit_factor

_READINGS = (
    (
        "基本支出＋项目支出＋专项资金＋其他事业发展支出",
        ("basic", "project", "special", "other"),
    ),
    ("基本支出＋项目支出＋其他事业发展支出（专项资金含在内）", ("basic", "project", "other")),
    ("基本支出＋项目支出＋本级资金＋对下转移支付", ("basic", "project", "own", "passed_down")),
    ("基本支出＋项目支出", ("basic", "project")),
)


@dataclass(frozen=True, slots=True)
class BudgetReading:
    """One way of adding: its name, the sum in the total's unit, and total minus sum."""

    name: str
    added: Decimal
    gap: Decimal
    fits: bool


def budget_readings(block: BudgetBlock) -> list[BudgetReading]:
    """Every reading that the block's parts allow, without those that give the same sum twice.

    Basic and project expenditure alone are a reading only where the block has no other parts.
    Empty when the total or a part that is needed cannot be read.
    """
    total = block.amounts.get("total")
    if total is None or total.value is None:
        return []
    present = set(block.amounts) - {"total"}
    readings: dict[Decimal, BudgetReading] = {}
    for name, parts in _READINGS:
        is_whole = len(parts) > 2 or present == set(parts)
        if not is_whole or not present.issuperset(parts):
            continue
        reading = _reading(block, total, total.value, name, parts)
        if reading is None:
            return []
        readings.setdefault(reading.added, reading)
    return list(readings.values())


def _reading(
    block: BudgetBlock, total: Number, stated: Decimal, name: str, parts: tuple[str, ...]
) -> BudgetReading | None:
    unit = block.units["total"]
    numbers = [block.amounts[part] for part in parts]
    if not all(n.value is not None or n.kind is NumberKind.BLANK for n in numbers):
        return None
    added = sum(
        (n.value * unit_factor(block.units[part], unit)
         for part, n in zip(parts, numbers, strict=True) if n.value is not None),
        Decimal(0),
    )  # fmt: skip
    gap = stated - added
    slack = rounding_slack(numbers, total, unit)
    return BudgetReading(name, added, gap, abs(gap) <= slack)
