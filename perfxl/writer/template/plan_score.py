"""Where the score table's rows and columns stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from perfxl.errors import SchemeError
from perfxl.formula.expression import score_expression
from perfxl.formula.shapes import is_manual
from perfxl.formula.tree import Reference
from perfxl.model.address import Area
from perfxl.scheme.files import SheetFile
from perfxl.scheme.model import (
    CapMode,
    CustomRows,
    Scheme,
    SchemeGroup,
    SchemeIndicator,
)
from perfxl.writer.template.grid import cell_at
from perfxl.writer.template.places import (
    ColumnPlace,
    GroupRows,
    LeafRow,
    PartRows,
    ScorePlan,
    SideColumns,
    TablePlace,
)

_TEXTS = (
    "description",
    "scoring_criteria",
    "target_value",
    "target_sign",
    "target_unit",
    "actual_value",
    "shortfall_reason",
    "improvement_measures",
    "deviation_analysis",
    "evidence",
    "weight",
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row to come: the indicator, or one of the rows that a group keeps for own ones."""

    path: tuple[str, ...]
    indicator: SchemeIndicator | None
    custom: CustomRows | None


def score_rows(scheme: Scheme, sheet: SheetFile) -> int:
    """How many rows the table takes below its headings, closing rows included."""
    closing = 1 + bool(scheme.adjustments) + len(scheme.adjustments) + bool(sheet.grade_label)
    return len(list(_lines(scheme.roots))) + closing + 2 + len(sheet.notes) + bool(scheme.bands)


def plan_score(scheme: Scheme, table: TablePlace, year: int) -> ScorePlan:
    """Lay the score table out.

    Args:
        scheme: the scheme.
        table: where the table stands.
        year: the evaluation year, for parameters that changed.

    Raises:
        SchemeError: a column that the table cannot do without is missing.
    """
    sheet = table.file
    columns = tuple(ColumnPlace(i, file) for i, file in enumerate(sheet.column, start=1))
    name, cap, score = (_need(scheme, columns, role) for role in ("level3", "max_score", "score"))
    lines = list(_lines(scheme.roots))
    texts = {p.file.role: p.column for p in columns if p.file.role in _TEXTS}
    side = _side(scheme, lines, texts, len(columns))
    if side.sign:
        texts["target_sign"] = side.sign
    leaves = []
    for row, line in enumerate(lines, start=table.first):
        leaf = LeafRow(
            row=row,
            path=line.path,
            indicator=line.indicator,
            custom=line.custom,
            name=cell_at(sheet.name, row, name),
            cap=cell_at(sheet.name, row, cap),
            score=cell_at(sheet.name, row, score),
            texts={role: cell_at(sheet.name, row, column) for role, column in texts.items()},
        )
        leaves.append(_with_standard(leaf, scheme, side, year))
    last = table.first + len(lines) - 1
    sum_row = last + 1 if scheme.adjustments else None
    total_row = last + 1 + (1 + len(scheme.adjustments) if sum_row else 0)
    # The total's cap stands under the first caps that leave room for its label.
    caps_at = _column(columns, "max_score", 1) or cap
    return ScorePlan(
        sheet=sheet.name,
        table=table,
        columns=columns,
        side=side,
        leaves=tuple(leaves),
        groups=tuple(_groups(scheme, sheet.name, columns, side, leaves)),
        parts=tuple(_parts(scheme, leaves)),
        caps=Reference(sheet.name, Area(table.first, cap, last, cap)),
        scores=Reference(sheet.name, Area(table.first, score, last, score)),
        sum_row=sum_row,
        adjustments=tuple(
            cell_at(sheet.name, last + 2 + i, score) for i in range(len(scheme.adjustments))
        ),
        total_row=total_row,
        total_cap=cell_at(sheet.name, total_row, caps_at),
        total=cell_at(sheet.name, total_row, score),
        grade=cell_at(sheet.name, total_row + 1, 3) if sheet.grade_label else None,
        foot_row=total_row + (2 if sheet.grade_label else 1),
    )


def _need(scheme: Scheme, columns: tuple[ColumnPlace, ...], role: str) -> int:
    """The column of a role, of the leaves' own level where it has levels."""
    found = _column(columns, role, 3) or _column(columns, role)
    if found is None:
        raise SchemeError(f"{scheme.id} 的 layout.toml 的评分表缺少{role}栏")
    return found


def _column(columns: tuple[ColumnPlace, ...], role: str, level: int | None = None) -> int | None:
    found = (p.column for p in columns if p.file.role == role and level in (None, p.file.level))
    return next(found, None)


def _lines(nodes: tuple[SchemeGroup | SchemeIndicator, ...]) -> Iterator[_Line]:
    for node in nodes:
        if isinstance(node, SchemeIndicator):
            yield _Line(node.path, node, None)
        elif node.custom is not None:
            for _ in range(node.custom.rows):
                yield _Line(node.path, None, node.custom)
        else:
            yield from _lines(node.children)


def _has_reference(line: _Line) -> bool:
    """Whether a row has a score to compare with that is not its 得分 itself."""
    if line.custom is not None:
        return line.custom.by_completion
    scoring = line.indicator.scoring if line.indicator else None
    if scoring is None:
        return False
    return not is_manual(scoring.shape) and not scoring.is_published


def _side(scheme: Scheme, lines: list[_Line], texts: Mapping[str, int], last: int) -> SideColumns:
    """The columns beside the print area; a narrow one stays empty between."""
    free = count(last + 2)
    word = next(free)
    has_counted = any(line.custom and line.custom.by_completion for line in lines)
    sign = next(free) if has_counted and "target_sign" not in texts else None
    has_choice = any(_may_be_not_applicable(scheme, line.indicator) for line in lines)
    choice = next(free) if has_choice else None
    reference = next(free) if any(_has_reference(line) for line in lines) else None
    subtotals = {level: (next(free), next(free)) for level in (2, 1)}
    return SideColumns(word, sign, choice, reference, subtotals)


def _may_be_not_applicable(scheme: Scheme, indicator: SchemeIndicator | None) -> bool:
    """Whether units may write 不适用; where nobody knows how that counts, they may not."""
    exempt = indicator is not None and indicator.may_be_not_applicable
    return exempt and scheme.not_applicable is not None


def _with_standard(leaf: LeafRow, scheme: Scheme, side: SideColumns, year: int) -> LeafRow:
    """The row with what its standard gives: a live score or one to compare with."""
    beside = cell_at(leaf.cap.sheet or "", leaf.row, side.reference) if side.reference else None
    if leaf.indicator is None:
        needed = {"target_value", "actual_value", "target_sign"}
        counts = leaf.custom is not None and leaf.custom.by_completion
        counts = counts and needed <= set(leaf.texts)
        return replace(leaf, is_cap_open=True, reference=beside if counts else None)
    is_open = scheme.cap_mode is not CapMode.FIXED or leaf.indicator.max_score is None
    scoring = leaf.indicator.scoring
    may = _may_be_not_applicable(scheme, leaf.indicator)
    leaf = replace(leaf, is_cap_open=is_open, may_be_not_applicable=may)
    if scoring is None:
        return leaf
    cap = Reference(None, leaf.cap.area)
    tree = score_expression(scoring.shape, cap, decimals=scheme.score_decimals, year=year)
    if tree is None:
        return leaf
    if scoring.is_published:
        choice = (
            cell_at(leaf.cap.sheet or "", leaf.row, side.choice) if may and side.choice else None
        )
        return replace(leaf, expression=tree, is_live=True, choice=choice)
    return replace(leaf, expression=tree, reference=beside)


def _parts(scheme: Scheme, leaves: list[LeafRow]) -> Iterator[PartRows]:
    """The second-level headings that custom groups have over their rows."""
    for group in scheme.groups():
        row = next((leaf.row for leaf in leaves if leaf.path == group.path), 0)
        for level2, rows in group.custom.parts if group.custom else ():
            yield PartRows(level2, row, row + rows - 1)
            row += rows


def _groups(
    scheme: Scheme,
    sheet: str,
    columns: tuple[ColumnPlace, ...],
    side: SideColumns,
    leaves: list[LeafRow],
) -> Iterator[GroupRows]:
    for group in scheme.groups():
        level = len(group.path)
        rows = [leaf.row for leaf in leaves if leaf.path[:level] == group.path]
        column = _column(columns, "max_score", level) if level < 3 else None
        sum_, rate = side.subtotals[min(level, 2)]
        yield GroupRows(
            group=group,
            first=rows[0],
            last=rows[-1],
            cap=cell_at(sheet, rows[0], column) if column else None,
            subtotal=cell_at(sheet, rows[0], sum_),
            rate=cell_at(sheet, rows[0], rate),
            is_cap_open=scheme.cap_mode is CapMode.ASSUMED,
        )
