"""同一个数有的写元、有的写万元

检查什么
    文字里的金额与表里（或别处文字里）的金额数字一样，单位却一个是元、一个是万元；或写成元的数，正好
    是表里以元计的金额折成的万元数。只比有五位以上有效数字的，凑整的数、人均和单价不比。

依据
    同一笔钱只有一个数，单位应一致。

示例：有误
    | 总预算（万元） | 说明 |
    | 4610.04 | 本年预算4610.04元，全部到位 |

示例：正确
    | 总预算（万元） | 说明 |
    | 4610.04 | 本年预算4610.04万元，全部到位 |

如何修改
    核对原始数据，把写错的单位改过来，全表统一。
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.quantities import Quantity, digits_of
from perfxl.rules.stated_amounts import Amount, amounts_in_tables, amounts_in_texts

_FEWEST_DIGITS = 5
_PER_HEAD = re.compile("人均|户均|每|单价|均价|标准|限额")
# From here on an amount with the unit 万元 is the one in doubt, below it the one with 元.
_TOO_MUCH = Decimal(1_000_000)


@rule(
    code="CS121",
    slug="amount-unit-differs",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(Need.TEXTS,),
    basis=(PRACTICE,),
    message="写的是“{provided}”，{other}是{expected}，数一样单位不一样，疑似单位写错",
    fix="请核对后改正单位，全表统一",
)
def amount_unit_differs(subject: Subject) -> Iterator[Hit]:
    """Yield each amount in a text whose figure stands elsewhere with the other unit."""
    said = [
        amount
        for amount in amounts_in_texts(subject.returned)
        if digits_of(amount.money.value) >= _FEWEST_DIGITS and not _PER_HEAD.search(amount.before)
    ]
    others = _Others([*amounts_in_tables(subject.returned), *said])
    told = set()
    for amount in said:
        key = amount.place, amount.money.quote
        other = others.with_the_other_unit(amount.money)
        if other is not None and key not in told:
            told.add(key)
            yield at(
                amount.place,
                provided=amount.money.quote,
                expected=other.shown,
                other=_where(other, amount),
            )


class _Others:
    """Every amount to compare with, found by its figure; what comes first counts first."""

    def __init__(self, amounts: list[Amount]) -> None:
        self._exact: dict[tuple[Decimal, str], Amount] = {}
        for amount in amounts:
            self._exact.setdefault((amount.money.value, amount.money.unit), amount)
        self._large = sorted(
            (a for a in amounts if a.money.unit == "元" and a.money.value >= _TOO_MUCH),
            key=_value,
        )

    def with_the_other_unit(self, ours: Quantity) -> Amount | None:
        """The amount that shows our unit, not its own, to be the one in doubt."""
        if ours.unit == "万元":
            return self._exact.get((ours.value, "元")) if ours.value >= _TOO_MUCH else None
        if ours.unit != "元" or ours.value >= _TOO_MUCH:
            return None
        return self._exact.get((ours.value, "万元")) or self._ten_thousandfold(ours)

    def _ten_thousandfold(self, ours: Quantity) -> Amount | None:
        """4610.04元 beside 46100418.53元: meant as 万元, cut or rounded to its printed places."""
        low = (ours.value - ours.place) * 10_000
        index = bisect_right(self._large, low, key=_value)
        if index < len(self._large):
            found = self._large[index]
            if found.money.value < (ours.value + ours.place) * 10_000:
                return found
        return None


def _value(amount: Amount) -> Decimal:
    return amount.money.value


def _where(other: Amount, amount: Amount) -> str:
    if other.place == amount.place:
        return "同一格另一处"
    sheet = f"{other.place.sheet}!" if other.place.sheet != amount.place.sheet else ""
    return f"{sheet}{other.place.cell}{other.title}"
