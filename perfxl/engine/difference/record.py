"""A return and its resubmission laid side by side."""

from dataclasses import dataclass
from enum import Enum

from perfxl.model.address import Place
from perfxl.model.finding import Failure, Finding, Severity
from perfxl.model.report import Entry


class Fate(Enum):
    """What became of a finding.

    FIXED: gone. OPEN: still there. ANSWERED: still there, to verify, and the unit said why.
    NEW: was not there before. UNCHECKED: its rule could not run on the resubmission.
    """

    NEW = "new"
    OPEN = "open"
    UNCHECKED = "unchecked"
    ANSWERED = "answered"
    FIXED = "fixed"

    @property
    def label(self) -> str:
        """新增, 未改, 未能核对, 已说明 or 已改."""
        return {
            "new": "新增", "open": "未改", "unchecked": "未能核对", "answered": "已说明",
            "fixed": "已改",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Traced:
    """A finding in both versions; `before` is None for a new one, `after` for one that is gone.

    `answer` is what the unit wrote beside it, "" for nothing.
    """

    fate: Fate
    before: Finding | None
    after: Finding | None
    answer: str = ""

    @property
    def finding(self) -> Finding:
        """As it stands now, or as it stood."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def counts(self) -> bool:
        """Whether the resubmission still has to answer for it."""
        return self.fate in (Fate.OPEN, Fate.NEW) and self.finding.waived is None


class What(Enum):
    """What kind of thing was changed; the value is a stable keyword."""

    SCORE = "score"
    MAX_SCORE = "max_score"
    TARGET = "target"
    ACTUAL = "actual"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    GRADE = "grade"
    REASON = "reason"
    ACTION = "action"
    NAME = "name"
    DESCRIPTION = "description"
    CRITERIA = "criteria"
    AMOUNT = "amount"  # budgets, tasks, funds
    INPUT = "input"  # figures of a template of ours
    HEAD = "head"  # unit, year, 未能完成原因
    ADDED = "added"  # an indicator's row
    REMOVED = "removed"

    @property
    def label(self) -> str:
        """The word people use."""
        return _LABELS[self]


_LABELS = {
    What.SCORE: "得分", What.MAX_SCORE: "分值", What.TARGET: "目标值", What.ACTUAL: "实际完成值",
    What.TOTAL: "总分", What.SUBTOTAL: "小计", What.GRADE: "等级", What.REASON: "未达标原因",
    What.ACTION: "改进措施", What.NAME: "指标名称", What.DESCRIPTION: "指标解释",
    What.CRITERIA: "评分标准", What.AMOUNT: "金额", What.INPUT: "填报数据", What.HEAD: "表头",
    What.ADDED: "增加的指标", What.REMOVED: "删去的指标",
}  # fmt: skip
TEXTS = frozenset((What.REASON, What.ACTION, What.DESCRIPTION, What.CRITERIA))


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that holds something else than before.

    Attributes:
        what: which kind of thing.
        path: the indicator's names from the first level down; () where it is none.
        label: which one of its kind, such as 年度资金总额·全年预算数; "" where `path` says it.
        before: the cell's content, "" where there was nothing.
        after: the same now.
        before_place: its cell; None where there was none.
        after_place: the same now.
        lost_formula: the formula that gave way to a constant, without `=`; "" for none.
        asked_by: codes of the findings that asked for it.
        follows: a sum or a grade that only follows from other changes.
    """

    what: What
    path: tuple[str, ...]
    label: str
    before: str
    after: str
    before_place: Place | None
    after_place: Place | None
    lost_formula: str = ""
    asked_by: tuple[str, ...] = ()
    follows: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether nobody asked for it."""
        return bool(self.lost_formula) or not (self.asked_by or self.follows)

    @property
    def severity(self) -> Severity | None:
        """A silent change is to verify, of mere words a notice; None for what was asked for."""
        if not self.is_silent:
            return None
        return Severity.NOTICE if self.what in TEXTS else Severity.VERIFY


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a return.

    Attributes:
        before: the check of each table of the first, at least one.
        after: the same of the second.
        findings: what became of every finding, pressing ones first.
        changes: every other difference, in the second one's order.
        failures: rules that crashed on either.
        remarks: what could not be compared, in Chinese.
    """

    before: tuple[Entry, ...]
    after: tuple[Entry, ...]
    findings: tuple[Traced, ...]
    changes: tuple[Change, ...]
    failures: tuple[Failure, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_same_file(self) -> bool:
        """Whether both are the very same file."""
        return self.before[0].sha256 == self.after[0].sha256 != ""

    @property
    def silent(self) -> tuple[Change, ...]:
        """The changes that nobody asked for."""
        return tuple(change for change in self.changes if change.is_silent)

    def of(self, fate: Fate) -> tuple[Traced, ...]:
        """The findings of one fate."""
        return tuple(traced for traced in self.findings if traced.fate is fate)

    def count(self, severity: Severity) -> int:
        """What the resubmission has to answer for, findings and silent changes, by severity."""
        found = sum(t.counts and t.finding.severity is severity for t in self.findings)
        return found + sum(change.severity is severity for change in self.changes)
