"""The 资金 block of a project form: its amounts in one unit, its total and its parts."""

import re
from decimal import Decimal

from perfxl.model.counting import DASHES
from perfxl.model.form import FundBlock, FundRow
from perfxl.model.number import Number, NumberKind
from perfxl.rules.money import unit_factor
from perfxl.rules.results import fold

COLUMN_TITLES = {
    "initial_budget": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
}
_OF_WHICH = re.compile(r"其中[:、,]?")
_REMARK = re.compile(r"\([^()]*\)\Z")
_TOTAL = re.compile("总额|总金额|合计|总计")
_MONEY_UNITS = ("", "元", "万元")


def row_name(row: FundRow) -> str:
    """What a row is called, without 其中 and remarks: 其中：当年财政拨款（万元） → 当年财政拨款."""
    name = _OF_WHICH.sub("", fold(row.name.value), count=1).rstrip(":")
    return _REMARK.sub("", name)


def total_row(block: FundBlock) -> FundRow | None:
    """The row of 年度资金总额; None where no row says that it is the sum of the others."""
    return next(
        (row for row in block.rows if not row.is_part and _TOTAL.search(row_name(row))), None
    )


def common_unit(block: FundBlock) -> str | None:
    """The unit that the block's amounts are compared in: 元, 万元 or "" if none is said.

    None where some amounts carry a unit of their own and others none at all.
    """
    if block.unit:
        return block.unit
    units = {n.unit for row in block.rows for n in row.amounts.values() if n.value is not None}
    if not units or units == {""}:
        return ""
    return None if "" in units else "万元"


def amount_of(block: FundBlock, number: Number | None) -> Decimal | None:
    """An amount in the block's common unit; None where it cannot be read."""
    unit = common_unit(block)
    if number is None or number.value is None or unit is None or number.unit not in _MONEY_UNITS:
        return None
    return number.value * unit_factor(number.unit or unit, unit)


def is_empty(number: Number | None) -> bool:
    """Whether an amount says that there is none: blank or a dash."""
    return number is None or number.kind is NumberKind.BLANK or number.raw.strip() in DASHES


def column_title(block: FundBlock, column: str) -> str:
    """What a column is called; 预算数 where the block has only one budget."""
    if column == "budget" and "initial_budget" not in block.columns:
        return "预算数"
    return COLUMN_TITLES[column]
