"""Every amount of money that a workbook states, in its tables and in its texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfxl.model.address import Place
from perfxl.model.form import Return
from perfxl.model.number import Number, plain
from perfxl.rules.money import COLUMN_TITLES, last_place
from perfxl.rules.quantities import Quantity, flat, quantities

_BUDGET_TITLES = {
    "total": "总预算",
    "basic": "基本支出",
    "project": "项目支出",
    "special": "专项资金",
    "other": "其他事业发展支出",
    "own": "本级资金",
    "passed_down": "对下转移支付",
}
_FUND_TITLES = {"initial_budget": "年初预算数", "budget": "全年预算数", "executed": "全年执行数"}
# A task table without a unit counts as 元; below this it may as well be 万元.
_SURELY_YUAN = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount with its cell and what it is called; `kind` is its key in its table, "" in texts.

    `before` is what a text says right before it.
    """

    money: Quantity
    place: Place
    title: str
    kind: str = ""
    before: str = ""

    @property
    def shown(self) -> str:
        """4610.04万元."""
        return f"{plain(self.money.value)}{self.money.unit}"


def amounts_in_texts(returned: Return) -> Iterator[Amount]:
    """Amounts with their unit, as the texts state them."""
    for text in returned.texts:
        if "元" not in text.value:
            continue
        said = flat(text.value)
        for figure in quantities(said):
            if figure.is_money:
                before = said[max(figure.start - 16, 0) : figure.start]
                yield Amount(figure, text.place, "", before=before)


def amounts_in_tables(returned: Return) -> Iterator[Amount]:
    """Amounts of the tables whose unit is certain."""
    for block in returned.budget_blocks:
        for key, number in block.amounts.items():
            yield from _amount(number, block.units.get(key, ""), _BUDGET_TITLES[key], key)
    for table in returned.task_tables:
        for task in (*([table.total] if table.total else []), *table.tasks):
            for key, number in task.amounts.items():
                title = f"“{task.name.value}”{COLUMN_TITLES[key]}"
                kind = key if task is table.total else ""
                yield from _amount(number, table.unit, title, kind)
    for form in returned.forms:
        if form.fund_block is not None:
            for key, number in form.fund_block.total.amounts.items():
                yield from _amount(number, form.fund_block.unit, _FUND_TITLES[key], key)


def _amount(number: Number, unit: str, title: str, kind: str) -> Iterator[Amount]:
    if number.value is None or unit not in ("元", "万元"):
        return
    if unit == "元" and abs(number.value) < _SURELY_YUAN:
        return
    quote = f"{plain(number.value)}{unit}"
    money = Quantity(number.value, unit, last_place(number), quote, 0, 0)
    yield Amount(money, number.place, title, kind)
