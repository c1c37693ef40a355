"""The whole workbook of a scheme: its sheets in order, its fingerprint, its bytes."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from perfxl.model.address import to_a1
from perfxl.model.number import plain
from perfxl.scheme.stamp import Stamp
from perfxl.writer.template.build import Values, build
from perfxl.writer.template.evidence import draw_evidence
from perfxl.writer.template.figures import draw_figures
from perfxl.writer.template.grid import Cell, Formula, Grid, Link
from perfxl.writer.template.guide import draw_guide
from perfxl.writer.template.particulars import draw_particulars
from perfxl.writer.template.past import draw_past
from perfxl.writer.template.plan import Plan
from perfxl.writer.template.self_check import draw_self_check
from perfxl.writer.template.sheets import draw_layout_sheets


def build_form(plan: Plan, values: Values | None = None) -> bytes:
    """The workbook; the same arguments always give the same bytes.

    Args:
        plan: where everything stands.
        values: what its formulas give, stored beside them for viewers that do not calculate.
    """
    grids = draw_form(plan)
    stamp = Stamp(
        scheme_id=plan.scheme.id,
        version=plan.scheme.version,
        unit=plan.unit,
        issue=plan.issue,
        fingerprint=fingerprint(grids),
        code=plan.code,
        due=plan.due.isoformat() if plan.due else "",
    )
    return build(
        grids, plan.defined_names(), stamp, plan.score.file.title, values,
        approved=[own for _, own in sorted(plan.approved.items()) if own.target],
    )  # fmt: skip


def draw_form(plan: Plan) -> list[Grid]:
    """The sheets in the order of their tabs."""
    return [
        draw_guide(plan),
        draw_particulars(plan),
        *([draw_figures(plan)] if plan.has_figures else []),
        *draw_layout_sheets(plan),
        draw_evidence(plan),
        *draw_past(plan),
        draw_self_check(plan),
    ]


def fingerprint(grids: Sequence[Grid]) -> str:
    """SHA-256 over what units may not change: labels, caps and formulas, and over the locks.

    A line for each cell, sheets and cells in order: sheet, address, locked or input, and what
    stands there (a formula with its `=`), separated by tabs. What stands in an input cell does not
    count, so that filling the form leaves the fingerprint as it is.
    """
    lines = (
        "\t".join((grid.name, to_a1(*spot), *_fixed(grid.cells[spot])))
        for grid in grids
        for spot in sorted(grid.cells)
    )
    return digest(lines)


def digest(lines: Iterable[str]) -> str:
    """The SHA-256 of lines, as hexadecimal digits."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _fixed(cell: Cell) -> Iterator[str]:
    if cell.is_input:
        yield "input"
        return
    yield "locked"
    match cell.content:
        case Formula():
            yield f"={cell.content.text}"
        case Link():
            yield cell.content.text
        case Decimal():
            yield plain(cell.content)
        case None:
            yield ""
        case _:
            yield str(cell.content)
