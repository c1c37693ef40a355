"""The 资金 block of a project form: amounts, execution rate, and the points earned by it.

Only one row counts, 年度资金总额. Its parts (其中：…) often repeat 分值 and 得分: not added.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from perfxl.model.address import Area
from perfxl.model.form import FundBlock, FundRow, Group, Indicator, Text
from perfxl.model.number import Number, NumberKind
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import Vocabulary, fold

RATE_NAME = "预算执行率"
_AMOUNTS = ("initial_budget", "budget", "executed")
_UNIT = re.compile(r"[(（:：](万元|元)")
# 得分（20分×执行率）, 执行率（10分）, 预算执行情况（20分）
_CAP = re.compile(r"[(（](?:满分)?(\d{1,3}(?:\.\d+)?)分")


def read_fund_block(
    view: SheetView, vocabulary: Vocabulary, after: int, before: int
) -> FundBlock | None:
    """The block that stands between two rows, both excluded; None without any."""
    for row in view.rows:
        if after < row < before:
            columns = _columns(view, row, vocabulary)
            if columns:
                return _read(view, row, before, columns, vocabulary)
    return None


def _columns(view: SheetView, row: int, vocabulary: Vocabulary) -> dict[str, int]:
    """Columns by role of a row that heads the block; empty for any other row."""
    columns: dict[str, int] = {}
    for column in view.rows[row]:
        role = vocabulary.role_of(view.text((row, column)))
        if role:
            columns["max_score" if role == "weight" else role] = column
    has_amounts = "executed" in columns and bool({"initial_budget", "budget"} & set(columns))
    has_result = bool({"execution_rate", "score"} & set(columns))
    return columns if has_amounts and has_result and "task_name" not in columns else {}


def _read(
    view: SheetView, top: int, before: int, columns: dict[str, int], vocabulary: Vocabulary
) -> FundBlock | None:
    amounts = _chosen(columns, _AMOUNTS)
    rows = list(_rows(view, top, before, amounts, vocabulary))
    if not rows:
        return None
    scored = _chosen(columns, ("max_score", "score"))
    total = _row_that_counts(view, rows, scored, vocabulary)
    reason = columns.get("shortfall_reason", columns.get("deviation_analysis"))
    score = view.number((total.row, columns["score"])) if "score" in columns else None
    rate = columns.get("execution_rate")
    texts = [view.text((top, column)) for column in view.rows[top]]
    unit = _UNIT.search("".join(texts))
    left = min(view.rows[top][0], view.rows[rows[0].row][0])
    return FundBlock(
        sheet=view.sheet.name,
        area=Area(top, left, rows[-1].row, max(columns.values())),
        columns=tuple(amounts),
        rows=tuple(rows),
        total=total,
        max_score=_cap(view, top, total.row, columns) if score else None,
        rate=view.number((total.row, rate)) if rate else None,
        score=score,
        reason=view.field((total.row, reason)) if reason else None,
        unit=unit[1] if unit else "",
        rate_format=view.number_format((total.row, rate)) if rate else "",
    )


def _chosen(columns: dict[str, int], keys: tuple[str, ...]) -> dict[str, int]:
    return {key: columns[key] for key in keys if key in columns}


def _rows(
    view: SheetView, top: int, before: int, amounts: dict[str, int], vocabulary: Vocabulary
) -> Iterator[FundRow]:
    """The rows under the heading up to the first that is neither a sum of money nor its label."""
    first = min(amounts.values())
    for row in view.rows:
        if not top < row < before:
            continue
        labels = [column for column in view.rows[row] if column < first]
        if not labels:
            return
        name = view.field((row, labels[-1]))
        role = vocabulary.role_of(name.value)
        is_part = role in ("fiscal", "fund_part") or fold(name.value).startswith("其中")
        figures = {key: view.number((row, column)) for key, column in amounts.items()}
        is_sum = any(figure.value is not None for figure in figures.values())
        if not (is_part or role == "total" or is_sum):
            return
        yield FundRow(name, row, figures, is_part)


def _row_that_counts(
    view: SheetView, rows: list[FundRow], scored: dict[str, int], vocabulary: Vocabulary
) -> FundRow:
    """年度资金总额; where its points stand on another row only, that one."""
    by_rank = sorted(
        rows, key=lambda row: (row.is_part, vocabulary.role_of(row.name.value) != "total")
    )
    filled = [row for row in by_rank if any(view.text((row.row, c)) for c in scored.values())]
    return next((row for row in filled if _is_scored(view, row, scored)), by_rank[0])


def _is_scored(view: SheetView, row: FundRow, scored: dict[str, int]) -> bool:
    return any(view.is_numeric((row.row, column)) for column in scored.values())


def _cap(view: SheetView, top: int, row: int, columns: dict[str, int]) -> Number | None:
    """The cap in its own column, else as a heading of the block states it."""
    if "max_score" in columns:
        return view.cap((row, columns["max_score"]))
    for column in view.rows[top]:
        field = view.field((top, column))
        match = _CAP.search("".join(field.value.split()))
        if match:
            cap = Decimal(match[1])
            return Number(field.place, NumberKind.NUMBER, cap, field.value, "分")
    return None


def repeated_scores(view: SheetView, block: FundBlock) -> list[FundRow]:
    """The parts that state a score of their own again, beside the row that counts."""
    if block.score is None:
        return []
    _, column = view.spot(block.score.place)
    spots = {row.row: (row.row, column) for row in block.rows if row.row != block.total.row}
    return [
        row
        for row in block.rows
        if row.row in spots and view.anchor(spots[row.row]) == spots[row.row]
        if view.is_numeric(spots[row.row])
    ]


def rate_group(block: FundBlock) -> Group | None:
    """The block's score as a group of one indicator; None where the block is not scored."""
    if block.score is None:
        return None
    at = block.rate.place if block.rate else block.score.place
    path = (RATE_NAME,)
    leaf = Indicator(
        path=(*path, RATE_NAME),
        name=Text(RATE_NAME, block.total.name.place),
        row=block.total.row,
        max_score=block.max_score,
        score=block.score,
        actual_value=Text(block.rate.raw if block.rate else "", at),
        shortfall_reason=block.reason,
    )
    return Group(1, path, Text(RATE_NAME, block.total.name.place), None, [leaf])
