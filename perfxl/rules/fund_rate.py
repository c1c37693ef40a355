"""执行率 as a 资金 block states it, against the block's own amounts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfxl.model.form import FundBlock, FundRow
from perfxl.model.number import Number, shown
from perfxl.model.target import parse_target
from perfxl.rules.funds import amount_of, column_title, row_name
from perfxl.rules.money import last_place

_BUDGETS = ("initial_budget", "budget")
_DECIMALS = re.compile(r"0(?:\.(0+))?")
_LITERAL = re.compile(r'"[^"]*"|\\.')  # 0.00"%" only writes a sign behind the number
_ONE_POINT = Decimal(1)
# A formula's value is kept at 15 digits; below this a difference is noise.
_NOISE = Decimal("1E-9")


@dataclass(frozen=True, slots=True)
class FundRate:
    """A block's stated rate beside those that its amounts give, all in percent points.

    `bases` holds (name of the basis, rate), at least one; `fitting` the names of those that agree
    with the stated rate within one unit of its last printed place, rounded or cut off. It is
    `certain` that a rate without a fitting basis is wrong if every basis of the total could be
    computed and the rate is off by what was typed, not only by zeros that the cell's format adds.
    """

    stated: Number
    percent: Decimal
    bases: tuple[tuple[str, Decimal], ...]
    fitting: tuple[str, ...]
    is_certain: bool

    @property
    def text(self) -> str:
        """The rate as people see it: 95%."""
        return f"{shown(self.percent)}%"


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a typed rate may mean, in points; one unit of what is printed and of what was typed."""

    percent: Decimal
    printed: Decimal
    typed: Decimal


def fund_rate(block: FundBlock) -> FundRate | None:
    """The block's rate against its amounts; None where either cannot be read."""
    readings = _readings(block)
    own = tuple(_bases(block, block.total))
    bases = own + tuple(_fiscal_bases(block, {rate for _, rate in own}))
    if not readings or not own or block.rate is None:
        return None
    fitting = tuple(
        name for name, rate in bases if any(abs(r.percent - rate) < r.printed for r in readings)
    )
    nearest = min(readings, key=lambda r: min(abs(r.percent - rate) for _, rate in own))
    is_close = any(abs(r.percent - rate) < r.typed for r in readings for _, rate in bases)
    is_whole = len(own) == sum(column in block.columns for column in _BUDGETS)
    return FundRate(block.rate, nearest.percent, bases, fitting, is_whole and not is_close)


def _bases(block: FundBlock, row: FundRow) -> Iterator[tuple[str, Decimal]]:
    """The row's execution rate in percent points by each budget that it has, zero ones aside."""
    spent = amount_of(block, row.amounts.get("executed"))
    for column in _BUDGETS:
        planned = amount_of(block, row.amounts.get(column))
        if spent is not None and planned is not None and planned > 0:
            yield column_title(block, column), spent / planned * 100


def _fiscal_bases(block: FundBlock, known: set[Decimal]) -> Iterator[tuple[str, Decimal]]:
    """The rates of 财政拨款 alone, where they are others than the total's."""
    for row in block.rows:
        if row is not block.total and "财政" in row_name(row):
            for name, rate in _bases(block, row):
                if rate not in known:
                    yield f"“{row_name(row)}”{name}", rate


def _readings(block: FundBlock) -> list[_Reading]:
    """A percent text as it says; a number as a fraction, as points, or either if unsaid."""
    rate = block.rate
    if rate is None or rate.value is None or rate.unit not in ("", "%"):
        return []
    if rate.unit == "%":
        typed = parse_target(rate.raw)
        if typed is None or typed.comparator:
            return []
        place = Decimal(1).scaleb(-typed.decimals)
        return [_Reading(typed.value, place, place)]
    number_format = _LITERAL.sub("", block.rate_format)
    as_fraction = _reading(rate.value.scaleb(2), last_place(rate).scaleb(2), number_format)
    if "%" in number_format:
        return [as_fraction]
    as_points = _reading(rate.value, last_place(rate), number_format)
    # 0.95 may be 95 % in a cell without a format, 95 is hardly ever 9500 %.
    return [as_points] if abs(rate.value) > 2 else [as_fraction, as_points]


def _reading(percent: Decimal, place: Decimal, number_format: str) -> _Reading:
    """A stored number: 0.9 may be a rounded 90 %, in a cell 0.00 % it prints 90.00 %."""
    typed = max(min(place, _ONE_POINT), _NOISE)
    match = _DECIMALS.search(number_format)
    printed = Decimal(1).scaleb(-len(match[1] or "")) if match else typed
    return _Reading(percent, max(min(typed, printed), _NOISE), typed)
