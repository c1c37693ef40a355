"""What a rule is: metadata beside a small pure generator of hits."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from perfxl.formula.shapes import Level, Manual, Shape, is_manual
from perfxl.model.address import Place
from perfxl.model.cells import Remark
from perfxl.model.counting import Counting
from perfxl.model.finding import Basis, Severity
from perfxl.model.form import Return, SelfEvaluationForm
from perfxl.model.grade import USUAL_BANDS, USUAL_FULL_MARKS, GradeBand
from perfxl.model.number import Number, shown
from perfxl.scheme.counted import counting_of
from perfxl.scheme.grading import bands_for
from perfxl.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class Subject:
    """What rules look at: a workbook's reading and, in a score table's turn, that table.

    `form` is None when the workbook has no score table; then only rules without needs run.
    """

    returned: Return
    remarks: tuple[Remark, ...] = ()
    form: SelfEvaluationForm | None = None
    scheme: Scheme | None = None
    reason_threshold: Decimal = Decimal(0)  # points that may be lost without a reason

    @property
    def bands(self) -> tuple[GradeBand, ...]:
        """Grade bands of the scheme or of the form, none where neither has any."""
        return bands_for(self.scheme, self.form)

    @property
    def bands_assumed(self) -> bool:
        """Whether a grade rests on bands that nobody published and the unit's form does not print.

        What one of our own templates prints of assumed bands is our word, not the bureau's.
        """
        if self.scheme is None:
            return not self.bands
        is_printed = self.form and self.form.grade and self.form.grade.printed_bands
        return self.scheme.bands_assumed and (not is_printed or self.returned.is_template)

    @property
    def usual_bands(self) -> tuple[GradeBand, ...]:
        """The bands usual for 100 points, where the form has those and no bands are known."""
        is_usual = self.form is not None and _full_marks(self.form, self.scheme) == USUAL_FULL_MARKS
        return USUAL_BANDS if is_usual and not self.bands else ()

    @property
    def score_decimals(self) -> int:
        """Decimals that scores are kept at: the scheme's, else 2."""
        return self.scheme.score_decimals if self.scheme else 2

    @property
    def counting(self) -> Counting:
        """How the form's rows are added up; nothing is known without a form."""
        return counting_of(self.form, self.scheme) if self.form else Counting(None, None)


def _full_marks(form: SelfEvaluationForm, scheme: Scheme | None) -> Decimal | None:
    """分值 of the whole form: the scheme's, else as printed for the total, else as it adds up."""
    if scheme is not None:
        return scheme.total_score
    if form.total and form.total.max_score and form.total.max_score.value is not None:
        return form.total.max_score.value
    caps = [leaf.max_score for leaf in form.leaves() if not leaf.adjustment]
    known = [cap.value for cap in caps if cap is not None and cap.value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(caps) else None


class Scope(Enum):
    """How often a rule runs: once a workbook, once a score table, or once a round's collection."""

    BOOK = "book"
    FORM = "form"
    ROUND = "round"


class Need(Enum):
    """What must have been read for a rule to run; the value is the reason shown when it wasn't."""

    FORM = "未找到评分表"
    SCHEME = "未识别出评分方案"
    CAPS = "本表无“分值”栏"
    TOTAL = "本表无总分行"
    SCORES = "有得分不是数字，无法合计"
    SUBTOTALS = "本表未印小计"
    GRADE = "本表无评价等级栏"
    BANDS = "等级划分未知：表上未印，方案也未给出，满分不是100"
    REASON_COLUMN = "本表无“未达标原因”栏"
    MEASURES_COLUMN = "本表无“改进措施”栏"
    TASKS = "本表无年度任务资金表"
    TARGETS = "本表无年度绩效指标完成情况表"
    RESULTS = "本表无目标值和实际完成值"
    BUDGET = "本表无年度部门预算情况"
    HEAD = "表头未写明标题或部门名称"
    FUNDS = "本表无项目资金表"
    TASK_BUDGET = "没有可对照的任务资金表和预算总额"
    MONEY = "没有预算数和执行数"
    STANDARD = "方案没有可以复算的评分标准"
    MEASURES = "方案没有由数据算出的比率"
    LEVELS = "方案没有定性指标的档次"
    TEMPLATE = "不是本工具生成的表，没有内置公式"
    TEXTS = "表中没有写到金额、比例或个数的文字"
    APPROVED = "下发的表没有预填批复目标"

    def is_met(self, subject: Subject) -> bool:
        """Whether the subject has what is needed."""
        form, returned = subject.form, subject.returned
        match self:
            case Need.FORM:
                return form is not None
            case Need.SCHEME:
                return subject.scheme is not None
            case Need.CAPS:
                return form is not None and any(leaf.max_score for leaf in form.leaves())
            case Need.TOTAL:
                return form is not None and form.total is not None
            case Need.SCORES:
                return form is not None and subject.counting.is_known
            case Need.SUBTOTALS:
                return form is not None and any(group.subtotal for group in form.groups())
            case Need.GRADE:
                return form is not None and form.grade is not None
            case Need.BANDS:
                return bool(subject.bands or subject.usual_bands)
            case Need.REASON_COLUMN:
                return form is not None and form.has_reason_column
            case Need.MEASURES_COLUMN:
                return form is not None and form.has_measures_column
            case Need.TASKS:
                return bool(returned.task_tables)
            case Need.TARGETS:
                return bool(returned.target_tables)
            case Need.RESULTS:
                return any(True for _ in returned.results())
            case Need.BUDGET:
                return bool(returned.budget_blocks)
            case Need.HEAD:
                return bool(returned.titles or returned.unit or returned.unfinished_reason)
            case Need.FUNDS:
                return form is not None and form.fund_block is not None
            case Need.TASK_BUDGET:
                has_funds = any(each.fund_block for each in returned.forms)
                return bool(returned.task_tables and (returned.budget_blocks or has_funds))
            case Need.MONEY:
                return bool(returned.task_tables) or any(f.fund_block for f in returned.forms)
            case Need.TEMPLATE:
                return returned.is_template
            case Need.TEXTS:
                return bool(returned.texts)
            case Need.APPROVED:
                return bool(returned.approved)
            case Need.STANDARD | Need.MEASURES | Need.LEVELS:
                return subject.scheme is not None and self in _known_of(subject.scheme)


def _known_of(scheme: Scheme) -> Iterator[Need]:
    """Which needs the scoring side of a scheme meets."""
    if scheme.measures:
        yield Need.MEASURES
    for leaf in scheme.leaves():
        if leaf.scoring is not None and not is_manual(leaf.scoring.shape):
            yield Need.STANDARD
        if leaf.scoring is not None and levels_of(leaf.scoring.shape):
            yield Need.LEVELS
    for group in scheme.groups():
        if group.custom and group.custom.levels:
            yield Need.LEVELS


def levels_of(shape: Shape) -> tuple[Level, ...]:
    """The levels of a judged score, where they are known."""
    return shape.levels if isinstance(shape, Manual) else ()


@dataclass(frozen=True, slots=True)
class Unchecked:
    """An indicator that a rule could not judge, and why; told under `skipped`, not as a finding."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One fault that a rule saw; the engine makes the finding from it and the rule's metadata.

    `message` and `fix` replace the rule's own templates where one sentence cannot serve all.
    `cause` names the cell whose own error finding explains this one.
    """

    place: Place
    path: tuple[str, ...] = ()
    provided: str = ""
    expected: str = ""
    difference: str = ""
    params: dict[str, str] = field(default_factory=dict)
    message: str = ""
    fix: str = ""
    severity: Severity | None = None
    cause: Place | None = None


def at(
    field_: Number | Place,
    *,
    path: tuple[str, ...] = (),
    provided: str | Decimal = "",
    expected: str | Decimal = "",
    difference: str | Decimal = "",
    message: str = "",
    fix: str = "",
    severity: Severity | None = None,
    cause: Place | None = None,
    **params: str | Decimal,
) -> Hit:
    """A hit at a field's own cell; Decimals are shown plainly (2.50 → 2.5)."""
    place = field_.place if isinstance(field_, Number) else field_
    return Hit(
        place,
        path,
        _shown(provided),
        _shown(expected),
        _shown(difference),
        {name: _shown(value) for name, value in params.items()},
        message,
        fix,
        severity,
        cause,
    )


def _shown(value: str | Decimal) -> str:
    return shown(value) if isinstance(value, Decimal) else value


Body = Callable[[Subject], Iterator[Hit] | Iterator[Hit | Unchecked]]


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What is told of any rule, whatever it looks at.

    Attributes:
        code: two letters (its family) and three digits; API, never reused.
        slug: names the fault.
        severity: how certain a finding of it is.
        scope: once a workbook, once a score table or once a round.
        needs: what must be there; otherwise the rule is listed as skipped. Values are the reasons.
        basis: the documents it rests on.
        message: Chinese template; fields are the hit's params, `name` (last of path),
            `provided`, `expected`, `difference`, `cell`.
        fix: Chinese template of what to do.
        since: the version that brought it.
        status: stable | preview | suspended.
        body: the generator.
    """

    code: str
    slug: str
    severity: Severity
    scope: Scope
    needs: tuple[Enum, ...]
    basis: tuple[Basis, ...]
    message: str
    fix: str
    since: str
    status: str
    body: Callable[..., Iterator[object]]

    @property
    def family(self) -> str:
        """The two letters."""
        return self.code[:2]

    @property
    def doc(self) -> str:
        """The rule's page: the docstring of its module."""
        module = inspect.getmodule(self.body)
        return inspect.cleandoc(module.__doc__ or "") if module else ""

    @property
    def summary(self) -> str:
        """The page's first line."""
        return self.doc.partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Rule(RuleInfo):
    """A rule over one return."""

    needs: tuple[Need, ...]
    body: Body


REGISTERED: list[Rule] = []


def rule(
    *,
    code: str,
    slug: str,
    severity: Severity,
    message: str,
    fix: str,
    basis: tuple[Basis, ...] = (),
    scope: Scope = Scope.FORM,
    needs: tuple[Need, ...] = (Need.FORM,),
    since: str = "0.1",
    status: str = "stable",
) -> Callable[[Body], Body]:
    """Record the decorated generator as a rule; see `Rule` for the arguments."""

    def record(body: Body) -> Body:
        REGISTERED.append(
            Rule(code, slug, severity, scope, needs, basis, message, fix, since, status, body)
        )
        return body

    return record
