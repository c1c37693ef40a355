"""A self-evaluation form as read: groups, indicators, total, grade, each with its cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from perfxl.model.address import Area, Place
from perfxl.model.approved import ApprovedTarget
from perfxl.model.grade import Grade, GradeBand
from perfxl.model.number import Number


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the cell it stands in; "" for a blank cell of an existing column."""

    value: str
    place: Place


class AdjustmentKind(Enum):
    """What a row beyond full marks does to the total: 加分项, 扣分项, or 加减分项 (either)."""

    BONUS = "bonus"
    DEDUCTION = "deduction"
    EITHER = "either"


@dataclass(slots=True)
class Indicator:
    """A leaf of the tree: the row that carries a score.

    `name` is the name it goes by; a nameless leaf takes that of the leaf above and has
    `is_nameless` set and its ordinal among the leaves of that name in `part` (1, 2, …; 0 when
    the name is alone). `shortfall_reason`, `improvement_measures` are None when the form has no
    such column. `max_score` is None when the form has no such column; of an `adjustment` (a row
    beyond full marks) it is the limit, if there is one.
    """

    path: tuple[str, ...]
    name: Text
    row: int
    max_score: Number | None
    score: Number
    description: Text | None = None
    scoring_criteria: Text | None = None
    target_value: Text | None = None
    actual_value: Text | None = None
    shortfall_reason: Text | None = None
    improvement_measures: Text | None = None
    is_nameless: bool = False
    part: int = 0
    adjustment: AdjustmentKind | None = None


@dataclass(slots=True)
class Group:
    """A first- or second-level indicator with what is under it.

    `subtotal` is the stated 小计 of scores, if the form prints one.
    """

    level: int
    path: tuple[str, ...]
    name: Text
    max_score: Number | None
    children: list["Group | Indicator"] = field(default_factory=list)
    subtotal: Number | None = None

    def leaves(self) -> Iterator[Indicator]:
        """The indicators under this group, in the form's order."""
        for child in self.children:
            if isinstance(child, Group):
                yield from child.leaves()
            else:
                yield child

    @property
    def is_adjustment(self) -> bool:
        """Whether all that stands under it are bonuses and deductions; its cap is their limit."""
        leaves = list(self.leaves())
        return bool(leaves) and all(leaf.adjustment for leaf in leaves)


@dataclass(frozen=True, slots=True)
class Total:
    """The row 总分/合计/综合评分: label cell, stated cap (if printed) and stated score."""

    label: Text
    max_score: Number | None
    score: Number


@dataclass(frozen=True, slots=True)
class GradeField:
    """The grade as stated: every grade ticked or written, and the bands the form prints.

    `stated` is empty when nothing is ticked or written, and longer than one when several are.
    """

    place: Place
    raw: str
    stated: tuple[Grade, ...]
    printed_bands: tuple[GradeBand, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Something the reader decided between several readings, said to the user.

    `what` is a stable keyword (shifted-row, late-label, nameless-leaf, split-row, part-row,
    hidden-table, fund-part-scored, fund-score-listed, rate-basis, table-not-found, total-above,
    deduction-sign, adjustment-limit, not-applicable, schemes-alike).
    """

    what: str
    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class FundRow:
    """A row of the 资金 block: 年度资金总额, or one of its parts (其中：…)."""

    name: Text
    row: int
    amounts: dict[str, Number]  # by column key, see FundBlock.columns
    is_part: bool


@dataclass(frozen=True, slots=True)
class FundBlock:
    """项目资金: amounts above the indicators, with the points earned by the execution rate.

    `columns` lists the keys present among `initial_budget`, `budget`, `executed`. Cap, rate and
    score are those of the one row that counts, `total`; what parts repeat of them is not kept.
    `rate` is as typed: 0.95, or 95 where the heading says %; `rate_format` is the number format
    of its cell ("" if none). `unit` is 元, 万元 or "" if unsaid.
    """

    sheet: str
    area: Area
    columns: tuple[str, ...]
    rows: tuple[FundRow, ...]
    total: FundRow
    max_score: Number | None
    rate: Number | None
    score: Number | None
    reason: Text | None = None
    unit: str = ""
    rate_format: str = ""


@dataclass(slots=True)
class SelfEvaluationForm:
    """One score table of a workbook.

    A `fund_block` with a score is also the first of the roots: a group 预算执行率 of one leaf.
    """

    sheet: str
    area: Area
    roots: list[Group]
    has_reason_column: bool
    has_measures_column: bool
    total: Total | None = None
    grade: GradeField | None = None
    decisions: list[Decision] = field(default_factory=list)
    fund_block: FundBlock | None = None

    def leaves(self) -> Iterator[Indicator]:
        """All indicators in the form's order."""
        for root in self.roots:
            yield from root.leaves()

    def groups(self) -> Iterator[Group]:
        """All groups, parents before children."""
        stack: list[Group] = list(reversed(self.roots))
        while stack:
            group = stack.pop()
            yield group
            stack.extend(c for c in reversed(group.children) if isinstance(c, Group))


@dataclass(frozen=True, slots=True)
class Task:
    """A row of 年度主要任务: budget and execution in the table's own unit (元 unless said)."""

    name: Text
    amounts: dict[str, Number]  # by column key, see TaskTable.columns


@dataclass(slots=True)
class TaskTable:
    """年度主要任务完成情况: tasks with amounts and a stated sum.

    `columns` lists the keys present, in order, among `budget_total`, `budget_fiscal`,
    `executed_total`, `executed_fiscal`; `unit` is 元 or 万元.
    """

    sheet: str
    area: Area
    columns: tuple[str, ...]
    tasks: list[Task]
    total: Task | None
    unit: str = "元"


@dataclass(frozen=True, slots=True)
class Target:
    """A row of 年度绩效指标: what was promised and what came of it.

    `indicator` is the scored row, where targets stand in the score table itself. `sign` and
    `unit` are what columns of their own hold, None without such columns.
    """

    path: tuple[str, ...]
    target_value: Text
    actual_value: Text
    indicator: Indicator | None = None
    sign: Text | None = None
    unit: Text | None = None


@dataclass(slots=True)
class TargetTable:
    """年度绩效指标完成情况: targets against actual values, scored or not."""

    sheet: str
    area: Area
    targets: list[Target]


@dataclass(slots=True)
class BudgetBlock:
    """年度部门预算情况: the year's budget and its parts, one row of amounts.

    `amounts` holds what the block has, in its order, of `total` (总预算), `basic` (基本支出),
    `project` (项目支出), `special` (专项资金), `other` (其他事业发展支出), `own` (本级资金) and
    `passed_down` (对下转移支付); `units` says for each 元, 万元, or "" where none is printed.
    """

    sheet: str
    area: Area
    amounts: dict[str, Number]
    units: dict[str, str]


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed over a form, with the year and the unit it names ("" for none)."""

    text: Text
    year: str
    unit: str


@dataclass(slots=True)
class Return:
    """What was read from one workbook: its tables and what the head block says.

    `unfinished_reason` is what stands beside 未能完成原因 in the head block. A template of ours
    (`is_template`) names the cells of its figures: `inputs` and `measures` hold what stands in
    them by key, blank ones included, and `result_lists` the completion rates that are there.
    `texts` are the cells of visible sheets, wherever they stand, that tell a figure in a unit, a
    list or a count.
    """

    forms: list[SelfEvaluationForm] = field(default_factory=list)
    hidden_forms: list[SelfEvaluationForm] = field(default_factory=list)  # told of, not judged
    task_tables: list[TaskTable] = field(default_factory=list)
    target_tables: list[TargetTable] = field(default_factory=list)
    unit: Text | None = None
    year: Text | None = None
    unplaced: list[Decision] = field(default_factory=list)  # tables looked for and not placed
    budget_blocks: list[BudgetBlock] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    unfinished_reason: Text | None = None
    is_template: bool = False
    inputs: dict[str, Number] = field(default_factory=dict)
    measures: dict[str, Number] = field(default_factory=dict)
    result_lists: dict[str, tuple[Number, ...]] = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)
    approved: tuple[ApprovedTarget, ...] = ()  # sent out with the form

    def results(self) -> Iterator[Target]:
        """Every target with its actual value, of the target tables and of the score tables.

        Targets that stand in a score table are told from there alone, though the reader lists
        them among the target tables as well.
        """
        for table in self.target_tables:
            yield from (target for target in table.targets if target.indicator is None)
        for form in self.forms:
            for leaf in form.leaves():
                if leaf.target_value is not None and leaf.actual_value is not None:
                    yield Target(leaf.path, leaf.target_value, leaf.actual_value)
