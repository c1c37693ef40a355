"""年度资金总额 against its parts (其中：…), column by column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfxl.model.address import Place
from perfxl.model.form import FundBlock, FundRow
from perfxl.model.number import Number, NumberKind
from perfxl.rules.funds import amount_of, common_unit, is_empty, row_name, total_row
from perfxl.rules.money import last_place

_FISCAL = ("当年财政拨款", "本年财政拨款", "财政拨款", "财政资金")
_CARRIED = ("上年结转资金", "上年结转", "以前年度结转资金")
_REST = ("其他资金", "其他")
_TIER = re.compile("中央|省|市|县|区|地方")


@dataclass(frozen=True, slots=True)
class Clash:
    """A column in which total and parts cannot both be right.

    Where the list of parts is complete, `part` is None and `amount` their sum; otherwise `part`
    is the one that exceeds the total and `amount` is its own. `stated` is the total's cell,
    `total` its amount (None if it is empty), in the unit `unit`.
    """

    column: str
    stated: Number
    total: Decimal | None
    amount: Decimal
    part: FundRow | None
    unit: str
    is_certain: bool


def clashes(block: FundBlock) -> Iterator[Clash]:
    """Every column whose total and parts disagree; none where no row is the total."""
    total = total_row(block)
    unit = common_unit(block)
    parts = [row for row in block.rows if row is not total]
    if total is None or unit is None or not any(row.is_part for row in parts):
        return
    for column in block.columns:
        stated = total.amounts.get(column)
        if stated is not None:
            clash = _clash(block, column, stated, parts, unit)
            if clash is not None:
                yield clash


def corrected(block: FundBlock) -> tuple[FundBlock, Place] | None:
    """The block with its certainly wrong totals set to what the parts say, and the first's cell.

    What is wrong with the block as it stands and right with this one follows from that cell.
    """
    wrong = {clash.column: clash for clash in clashes(block) if clash.is_certain}
    if not wrong or total_row(block) is not block.total:
        return None
    total = replace(block.total, amounts={**block.total.amounts, **_righted(wrong)})
    rows = tuple(total if row is block.total else row for row in block.rows)
    return replace(block, rows=rows, total=total), next(iter(wrong.values())).stated.place


def _righted(wrong: dict[str, Clash]) -> dict[str, Number]:
    return {
        column: replace(clash.stated, kind=NumberKind.NUMBER, value=clash.amount, unit=clash.unit)
        for column, clash in wrong.items()
    }


def _clash(
    block: FundBlock, column: str, stated: Number, parts: Sequence[FundRow], unit: str
) -> Clash | None:
    total = amount_of(block, stated)
    if total is None and not is_empty(stated):
        return None
    filled = [row for row in parts if not is_empty(row.amounts.get(column))]
    amounts = {row.row: amount_of(block, row.amounts.get(column)) for row in filled}
    known = {row: amount for row, amount in amounts.items() if amount is not None}
    if not known:
        return None
    if len(known) == len(filled) and _is_complete(parts):
        return _sum_clash(column, stated, total, parts, known, unit)
    over = [row for row in filled if row.is_part and row.row in known]
    if not over or min(known.values()) < 0:  # with a part taken off, another may exceed the total
        return None
    most = max(over, key=lambda row: known[row.row])
    amount = known[most.row]
    if amount <= (total or 0):
        return None
    slack = Decimal(0)
    if total and unit != "元":
        slack = _slack([most.amounts[column]], stated)
    return Clash(column, stated, total, amount, most, unit, amount - (total or 0) > slack)


def _sum_clash(
    column: str,
    stated: Number,
    total: Decimal | None,
    parts: Sequence[FundRow],
    known: dict[int, Decimal],
    unit: str,
) -> Clash | None:
    """The nearest way of adding a complete list up, unless one gives the total."""
    wanted = total or Decimal(0)
    sums = [_added(rows, known) for rows in _lists(parts)]
    if wanted in sums:
        return None
    nearest = min(sums, key=lambda added: abs(wanted - added))
    cells = [row.amounts[column] for row in parts if row.row in known]
    # An empty or zero total over parts that are not was never added up; no rounding explains it.
    slack = _slack(cells, stated) if total and unit != "元" else Decimal(0)
    is_certain = _is_national(parts) and abs(wanted - nearest) > slack
    return Clash(column, stated, total, nearest, None, unit, is_certain)


def _slack(parts: Sequence[Number], stated: Number) -> Decimal:
    """What rounding or cutting the printed places may account for.

    A whole number among parts with decimals has lost its zeros, 30.00: it was not rounded to 1.
    """
    places = [last_place(number) for number in parts if number.value]
    decimals = [place for place in (*places, last_place(stated)) if place < 1]
    coarsest = max(decimals, default=Decimal(1))
    halves = sum((min(place, coarsest) / 2 for place in places), Decimal(0))
    return halves + last_place(stated)


def _added(rows: Sequence[FundRow], known: dict[int, Decimal]) -> Decimal:
    return sum((known.get(row.row, Decimal(0)) for row in rows), Decimal(0))


def _is_complete(parts: Sequence[FundRow]) -> bool:
    """Two parts or more, one of them for whatever is left."""
    return len(parts) > 1 and any(row_name(row) in _REST for row in parts)


def _is_national(parts: Sequence[FundRow]) -> bool:
    """Exactly the three parts of the national form: funds of the year, carried over, other."""
    return len(parts) == 3 and len(_national(parts)) == 3


def _national(parts: Sequence[FundRow]) -> list[FundRow]:
    """The rows of the national form's three parts, each found once."""
    found = [
        next((row for row in parts if row_name(row) in names), None)
        for names in (_FISCAL, _CARRIED, _REST)
    ]
    return [row for row in found if row is not None]


def _lists(parts: Sequence[FundRow]) -> Iterator[Sequence[FundRow]]:
    """The ways of adding up: tiers of government, and further rows, may subdivide others."""
    yield parts
    if len(_national(parts)) == 3:
        yield _national(parts)
    tiers = [row for row in parts if _TIER.match(row_name(row))]
    if tiers and any(row_name(row) in _FISCAL for row in parts):
        yield [row for row in parts if row not in tiers]
        yield [row for row in parts if row_name(row) not in _FISCAL]
