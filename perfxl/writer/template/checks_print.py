"""自检 of texts that are longer than their rows show when printed."""

from collections.abc import Iterator, Sequence

from perfxl.model.address import Area
from perfxl.writer.template.checks import Check, Fault, Weight, check, named, quoted, ref
from perfxl.writer.template.checks_score import label
from perfxl.writer.template.grid import Grid, Look, cell_at
from perfxl.writer.template.plan import Plan

_PROSE = (Look.TEXT, Look.NAME)
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 9.0, 15.0


def print_checks(plan: Plan, grids: Sequence[Grid]) -> Iterator[Check]:
    """A line for each of the layout's sheets, as drawn."""
    names = _names(plan)
    for grid in grids:
        areas = {(area.top, area.left): area for area in grid.merges}
        faults = []
        for spot in sorted(grid.cells):
            cell = grid.cells[spot]
            within = grid.print_area is None or grid.print_area.contains(*spot)
            if not cell.is_input or cell.look not in _PROSE or not within:
                continue
            area = areas.get(spot, Area(*spot, *spot))
            here = cell_at(grid.name, *spot)
            name = names.get((grid.name, spot[0]), quoted("这一格"))
            faults.append(Fault(name, here, f"LEN({ref(here)})>{letters_shown(grid, area)}"))
        told = "的字多，照原来的行高打印会截断；请加高或写短"
        yield from check(f"“{grid.name}”打印不会截断", Weight.VERIFY, told, faults)


def letters_shown(grid: Grid, area: Area) -> int:
    """How many Chinese letters an area shows, wrapped."""
    width = sum(grid.widths.get(c, _DEFAULT_WIDTH) for c in range(area.left, area.right + 1))
    rows = range(area.top, area.bottom + 1)
    height = sum(grid.heights.get(row, _DEFAULT_HEIGHT) for row in rows)
    lines = max(1, int((height - 5) / 13.5))
    halves = int(max(2.0, width * 0.88 - 0.5))
    return lines * (halves // 2)


def _names(plan: Plan) -> dict[tuple[str, int], str]:
    """What the rows of indicators and results are called, as formulas' expressions."""
    found: dict[tuple[str, int], str] = {}
    for block in plan.results:
        span = block.table.span("level3")
        for row in range(block.first, block.last + 1) if span else ():
            assert span
            sheet = block.table.file.name
            found[sheet, row] = named(cell_at(sheet, row, span[0]))
    for leaf in plan.score.leaves:
        found[plan.score.sheet, leaf.row] = label(plan, leaf)
    return found
