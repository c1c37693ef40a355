"""Any scheme's workbook filled from end to end, so that nothing is left to correct."""

from decimal import Decimal

from perfxl.model.address import to_a1
from perfxl.writer.template.places import LeafRow, ResultBlock
from perfxl.writer.template.plan import Plan
from tests.forms.template import Entries, spot

FULL = {
    "shortfall_reason": "三季度有两处没有按时办结",
    "deviation_analysis": "三季度有两处没有按时办结，办公室六月底前改完",
    "improvement_measures": "办公室六月底前改完",
}
_COUNT, _RATE = Decimal(100), Decimal(1)
_SIGN = "≥"


def complete(plan: Plan) -> Entries:
    """What a careful unit types: figures that fit, full marks where it gives its own."""
    entries: Entries = {}
    for place in plan.inputs:
        one = place.input
        value: object = one.options[0] if one.options else _RATE if one.unit == "%" else _COUNT
        entries[spot(place.units or place.whole)] = _plain(value)
    for block in plan.results:
        entries |= result(block, block.first)
    entries |= _caps(plan)
    for leaf in used_leaves(plan):
        if not leaf.is_live:
            entries[spot(leaf.score)] = f"={to_a1(leaf.cap.area.top, leaf.cap.area.left)}"
        for role, text in FULL.items():
            if leaf.is_live and role in leaf.texts:
                entries[spot(leaf.texts[role])] = text
        entries |= _own(leaf)
    for (sheet, cell), value in list(entries.items()):
        if isinstance(value, str) and value.startswith("="):
            # Full marks are typed, not linked to the cap.
            entries[sheet, cell] = _value_of(plan, entries, sheet, value[1:])
    return entries


def used_leaves(plan: Plan) -> list[LeafRow]:
    """The scheme's rows, and the first own row of each group that units fill."""
    firsts = {group.first for group in plan.score.groups}
    return [x for x in plan.score.leaves if x.indicator is not None or x.row in firsts]


def result(block: ResultBlock, row: int, target: object = 10, actual: object = 10) -> Entries:
    """A row of results."""
    values = {
        "level3": f"第{row}项成果", "target_sign": _SIGN, "target_value": target,
        "target_unit": "个", "actual_value": actual,
    }  # fmt: skip
    entries: Entries = {}
    for role, value in values.items():
        span = block.table.span(role)
        if span is not None and value is not None:
            entries[block.table.file.name, to_a1(row, span[0])] = value
    return entries


def _own(leaf: LeafRow) -> Entries:
    if leaf.indicator is not None:
        return {}
    values = {"target_sign": _SIGN, "target_value": 10, "target_unit": "个", "actual_value": 10}
    entries: Entries = {spot(leaf.name): f"自设指标{leaf.row}"}
    return entries | {spot(leaf.texts[k]): v for k, v in values.items() if k in leaf.texts}


def _caps(plan: Plan) -> Entries:
    """Open caps: what the group's cap leaves, in equal shares."""
    entries: Entries = {}
    for group in plan.score.groups:
        inner = [x for x in used_leaves(plan) if group.first <= x.row <= group.last]
        if any(other.group.path[:-1] == group.group.path for other in plan.score.groups):
            continue
        given = [x.indicator.max_score for x in inner if x.indicator and x.indicator.max_score]
        empty = [x for x in inner if x.indicator is None or x.indicator.max_score is None]
        left = group.group.max_score - sum(given, Decimal(0))
        share = (left / len(empty)).quantize(Decimal("0.5")) if empty else Decimal(0)
        for number, leaf in enumerate(empty):
            is_last = number == len(empty) - 1
            entries[spot(leaf.cap)] = _plain(left - share * number if is_last else share)
    return entries


def _value_of(plan: Plan, entries: Entries, sheet: str, cell: str) -> object:
    if (sheet, cell) in entries:
        return entries[sheet, cell]
    leaf = next(x for x in plan.score.leaves if spot(x.cap) == (sheet, cell))
    assert leaf.indicator is not None
    assert leaf.indicator.max_score is not None
    return _plain(leaf.indicator.max_score)


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value
