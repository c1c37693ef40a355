"""What could be typed into a scheme's workbook, chosen to try its formulas hardest."""

from decimal import Decimal
from random import Random

from perfxl.formula.shapes import operands
from perfxl.formula.tree import Reference
from perfxl.model.address import to_a1
from perfxl.writer.template.places import LeafRow
from perfxl.writer.template.plan import Plan
from tests.equivalence.random_shapes import edges
from tests.forms.template import Entries, spot

_WHOLES = (Decimal(100), Decimal(1000), Decimal(37), Decimal(8))
_SIGNS = ("≥", "≤", "＝", "定性", None)
_NO_SCORES = (" ", "满分", "不适用", "2", None)
_TEXTS = (None, None, "无", "同上", "/", "材料报送晚，六月底前补齐", "晚。" * 300)


def random_entries(plan: Plan, rng: Random) -> Entries:
    """Figures at and beside every edge of the standards, ties, zeros, blanks, and texts."""
    entries: Entries = {}
    for key, value in _figures(plan, rng).items():
        place = next(place for place in plan.inputs if place.input.key == key)
        cells = _parts(place.units or place.whole, rng)
        for number, cell in enumerate(cells):
            entries[cell] = _plain(value if number == 0 else _other(value, rng))
    for block in plan.results:
        for row in range(block.first, block.last + 1):
            if rng.random() < 0.5:
                values = _result(rng)
                for role, value in values.items():
                    span = block.table.span(role)
                    if span:
                        entries[block.table.file.name, to_a1(row, span[0])] = _plain(value)
    entries |= _rows(plan, rng)
    return {cell: value for cell, value in entries.items() if value is not None}


def _figures(plan: Plan, rng: Random) -> dict[str, object]:
    """A value for each input: chosen, or such that a measure comes to an edge of its standard."""
    near = _edges(plan)
    anywhere = sorted({edge for found in near.values() for edge in found})
    figures: dict[str, object] = {}
    for place in plan.inputs:
        one = place.input
        if one.options:
            figures[one.key] = rng.choice((*one.options, *one.options, None, "其他"))
        else:
            figures[one.key] = rng.choice(near.get(one.key) or anywhere or [Decimal(1)])
    for measure in plan.file.measure:
        numerator = [term for term in measure.numerator if not term.startswith("-")]
        if not numerator or measure.key not in near or numerator[0] not in figures:
            continue
        edge = rng.choice(near[measure.key])
        below = [term for term in measure.denominator if term in figures]
        whole = rng.choice(_WHOLES) if below else Decimal(1)
        if below:
            figures[below[0]] = whole
        figures[numerator[0]] = edge * whole
    for key in figures:
        if rng.random() < 0.05:
            figures[key] = rng.choice((None, None, "无", Decimal(0)))
    return figures


def _edges(plan: Plan) -> dict[str, tuple[Decimal, ...]]:
    """The numbers around which each input or measure changes what it earns."""
    found: dict[str, tuple[Decimal, ...]] = {}
    for leaf in plan.score.leaves:
        if leaf.expression is None or leaf.indicator is None or leaf.indicator.scoring is None:
            continue
        cap = leaf.indicator.max_score or Decimal(3)
        near = edges(leaf.expression, cap)
        for key in operands(leaf.indicator.scoring.shape):
            found[key] = (*found.get(key, ()), *near)
    return found


def _parts(cells: Reference, rng: Random) -> list[tuple[str, str]]:
    """The cells that a figure is typed into: one, or two where units' figures add up."""
    area = cells.area
    columns = range(area.left, area.right + 1)
    count = min(len(columns), rng.choice((1, 1, 2)))
    return [(cells.sheet or "", to_a1(area.top, column)) for column in columns[:count]]


def _other(value: object, rng: Random) -> object:
    return rng.choice((Decimal("0.1"), Decimal(0), None)) if isinstance(value, Decimal) else None


def _result(rng: Random) -> dict[str, object]:
    target = rng.choice((Decimal(0), Decimal(10), Decimal(6), Decimal("0.3"), "≥90%", None))
    actual = rng.choice(
        (Decimal(0), Decimal("3.5"), Decimal(10), Decimal(13), Decimal(-1), "已完成", None)
    )
    return {
        "level3": rng.choice(("一项成果", None)),
        "target_sign": rng.choice(_SIGNS),
        "target_value": target,
        "actual_value": actual,
        "deviation_analysis": rng.choice(_TEXTS),
    }


def _rows(plan: Plan, rng: Random) -> Entries:
    """Scores, open caps, own rows, reasons."""
    entries: Entries = {}
    # Not both at once: binary sums that cancel lose the tie (1.005 - 1) in every spreadsheet.
    odd = rng.choice(((1.005, 2.675), (-1, -0.5)))
    for leaf in plan.score.leaves:
        is_own = leaf.indicator is None
        if is_own and rng.random() < 0.5:
            continue
        if leaf.is_cap_open and rng.random() < 0.9:
            entries[spot(leaf.cap)] = rng.choice((1, 2, 2.5, 6, 10, "/"))
        if not leaf.is_live:
            entries[spot(leaf.score)] = rng.choice((*odd, 0, 0.5, 1, 2, 5, 20, *_NO_SCORES))
        elif rng.random() < 0.05:
            entries[spot(leaf.score)] = rng.choice((0, 1.5, None))
        if is_own:
            entries |= _own(leaf, rng)
        for role in ("shortfall_reason", "improvement_measures", "deviation_analysis"):
            if role in leaf.texts and rng.random() < 0.7:
                entries[spot(leaf.texts[role])] = rng.choice(_TEXTS)
    return entries


def _own(leaf: LeafRow, rng: Random) -> Entries:
    values = _result(rng) | {"level3": None}
    entries = {spot(leaf.texts[k]): _plain(v) for k, v in values.items() if k in leaf.texts}
    return entries | {spot(leaf.name): rng.choice(("一项“成果”", "甲" * 40, None))}


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value
