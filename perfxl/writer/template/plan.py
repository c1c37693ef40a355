"""Where everything stands in the workbook of a scheme; pure positions, nothing is drawn here.

Sheets: 填报说明, 填报信息, 基础数据, the layout's result sheets, the score table, 佐证清单, 自检.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from perfxl.errors import SchemeError
from perfxl.formula.terms import Term
from perfxl.formula.tree import Reference
from perfxl.model.address import Area
from perfxl.model.approved import ApprovedTarget
from perfxl.model.names import INPUT_NAME, LIST_NAME, MEASURE_NAME
from perfxl.model.past import PastProblem, PastYear
from perfxl.scheme.files import LayoutFile, SchemeFile
from perfxl.scheme.model import Scheme, SchemeGroup, SchemeInput
from perfxl.writer.template.approved_rows import fitted, rows_of, suggested
from perfxl.writer.template.grid import cell_at
from perfxl.writer.template.places import (
    InputPlace,
    LeafRow,
    MeasurePlace,
    ResultBlock,
    ScorePlan,
    TablePlace,
)
from perfxl.writer.template.plan_score import plan_score, score_rows
from perfxl.writer.template.plan_tables import plan_results, plan_tables

GUIDE, PARTICULARS, FIGURES = "填报说明", "填报信息", "基础数据"
EVIDENCE, SELF_CHECK = "佐证清单", "自检"
PAST = "上年问题整改"
UNIT_COLUMNS = 9  # the department itself and eight subordinate units
FIGURES_TOP = 5  # first row of inputs


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole workbook.

    A row of `approved` without a target is but a name to begin with, from the year before, whose
    `problems` get a sheet. `names` maps every key of inputs, measures and lists to its cells, for
    `excel_text`; `unit_cell` and `year_cell` are the cells of 填报信息 that all titles read.
    """

    scheme: Scheme
    file: SchemeFile
    layout: LayoutFile
    unit: str
    year: int
    issue: str
    unit_cell: Reference
    year_cell: Reference
    inputs: tuple[InputPlace, ...]
    measures: tuple[MeasurePlace, ...]
    tables: tuple[TablePlace, ...]
    results: tuple[ResultBlock, ...]
    score: ScorePlan
    names: Mapping[str, Reference] = field(default_factory=dict)
    code: str = ""
    due: date | None = None
    approved: Mapping[int, ApprovedTarget] = field(default_factory=dict)  # by row of the results
    problems: tuple[PastProblem, ...] = ()

    @property
    def terms(self) -> dict[str, Term]:
        """What the keys are called, for `sentence`."""
        terms = {one.key: Term(one.name, one.unit) for one in self.scheme.inputs}
        terms |= {one.key: Term(one.name, one.unit) for one in self.scheme.measures}
        return terms | {one.key: Term(one.name, "%") for one in self.scheme.lists}

    @property
    def has_figures(self) -> bool:
        """Whether there is anything to be put on 基础数据; else the workbook has no such sheet."""
        return bool(self.inputs or self.measures)

    @property
    def unit_names(self) -> tuple[Reference, ...]:
        """The cells of 填报信息 with the names of the subordinate units."""
        first = self.year_cell.area.top + 6
        return tuple(cell_at(PARTICULARS, first + i, 2) for i in range(UNIT_COLUMNS - 1))

    def group_of(self, leaf: LeafRow) -> SchemeGroup:
        """The group right above a row."""
        path = leaf.path if leaf.indicator is None else leaf.path[:-1]
        return next(group for group in self.scheme.groups() if group.path == path)

    def examples_of(self, leaf: LeafRow) -> list[str]:
        """What units may call an own indicator of the row's group, for instance."""
        groups, found = self.file.group, None
        for name in leaf.path:
            found = next(group for group in groups if group.name == name)
            groups = found.group
        return found.custom.examples if found and found.custom else []

    def defined_names(self) -> dict[str, Reference]:
        """The workbook's names for inputs, measures and lists."""
        names = {f"{INPUT_NAME}{place.input.key}": place.whole for place in self.inputs}
        names |= {f"{MEASURE_NAME}{place.measure.key}": place.cell for place in self.measures}
        rates = _rates(self.results)
        return names | {f"{LIST_NAME}{key}": cells for key, cells in rates.items()}

    def sheets(self) -> dict[str, tuple[TablePlace, ...]]:
        """The layout's sheets in order, each with its tables from top to bottom."""
        names = dict.fromkeys(table.file.name for table in self.tables)
        return {name: tuple(t for t in self.tables if t.file.name == name) for name in names}


def make_plan(
    scheme: Scheme,
    file: SchemeFile,
    layout: LayoutFile,
    *,
    unit: str = "",
    year: int | None = None,
    issue: str = "",
    code: str = "",
    due: date | None = None,
    approved: Sequence[ApprovedTarget] = (),
    past: PastYear | None = None,
) -> Plan:
    """Lay the workbook of a scheme out.

    Args:
        scheme: the scheme.
        file: the same as its file has it, for what only people read.
        layout: its layout.
        unit: the unit that the copy is made for, or "".
        year: the evaluation year; the scheme's own when None.
        issue: the round that the copy belongs to, or "".
        code: the unit's code, or "".
        due: the day by which the copy has to be back, where it is known.
        approved: targets to be written into the table of results for good.
        past: the unit's form of the year before.

    Raises:
        UsageError: approved targets find no place.
        SchemeError: the layout has no score table, or lacks a column that it needs.
    """
    chosen = year or scheme.year or 0
    told = [*approved, *(suggested(scheme, layout, approved, past) if past else ())]
    layout = fitted(scheme, layout, told)
    inputs = tuple(_inputs(scheme))
    below = FIGURES_TOP + len(inputs) + 3
    measures = tuple(
        MeasurePlace(measure, row, cell_at(FIGURES, row, 4))
        for row, measure in enumerate(scheme.measures, start=below)
    )
    sheet = next((sheet for sheet in layout.sheet if sheet.kind == "score"), None)
    if sheet is None:
        raise SchemeError(f'{scheme.id} 的 layout.toml 没有评分表（kind = "score"）')
    tables = plan_tables(scheme, layout, score_rows(scheme, sheet))
    results = tuple(
        block for t in tables if t.file.kind == "targets" for block in plan_results(scheme, t)
    )
    names = {place.input.key: place.whole for place in inputs}
    names |= {place.measure.key: place.cell for place in measures}
    names |= _rates(results)
    missing = [one.name for one in scheme.lists if one.key not in names]
    if missing:
        raise SchemeError(f"{scheme.id} 的 layout.toml 没有“{missing[0]}”的完成率栏")
    return Plan(
        scheme=scheme,
        file=file,
        layout=layout,
        unit=unit,
        year=chosen,
        issue=issue,
        unit_cell=cell_at(PARTICULARS, 4, 2),
        year_cell=cell_at(PARTICULARS, 5, 2),
        inputs=inputs,
        measures=measures,
        tables=tables,
        results=results,
        score=plan_score(scheme, next(t for t in tables if t.file is sheet), chosen),
        names=names,
        code=code,
        due=due,
        approved=rows_of(results, told),
        problems=past.problems if past else (),
    )


def adds_up(input: SchemeInput) -> bool:
    """Whether subordinate units' figures are summed: amounts and counts, never rates or answers."""
    return input.is_additive and not input.options and input.unit != "%"


def _inputs(scheme: Scheme) -> Iterator[InputPlace]:
    for row, one in enumerate(scheme.inputs, start=FIGURES_TOP):
        units = Reference(FIGURES, Area(row, 5, row, 4 + UNIT_COLUMNS)) if adds_up(one) else None
        yield InputPlace(one, row, cell_at(FIGURES, row, 4), units)


def _rates(results: Iterable[ResultBlock]) -> dict[str, Reference]:
    """The completion rates of each list, by its key."""
    return {block.list.key: block.rates for block in results if block.list and block.rates}
