"""What a check says: one entry per score table, ready for any format."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from perfxl.model.address import Place
from perfxl.model.finding import Failure, Finding, MissedTarget, Severity, Shortfall, Skip
from perfxl.model.form import Decision
from perfxl.model.grade import Grade
from perfxl.model.number import Number


class Outcome(Enum):
    """pass; fail: an error stands; unreadable: no table could be read, whatever the cause."""

    PASS = "pass"
    FAIL = "fail"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        """通过, 有必改 or 无法读取."""
        return {"pass": "通过", "fail": "有必改", "unreadable": "无法读取"}[self.value]


@dataclass(frozen=True, slots=True)
class TableRef:
    """A table that was found: kind is score, funds, tasks or targets; `area` is A1:B2."""

    kind: str
    sheet: str
    area: str


@dataclass(frozen=True, slots=True)
class SchemeRef:
    """The scheme that judged and how it was found (stamp, header, option)."""

    id: str
    version: str
    how: str


@dataclass(frozen=True, slots=True)
class TotalSummary:
    """总分: as stated, as the leaves add up, the cap, and with each leaf held to its cap.

    `unread` is the total's cell where it holds no number: blank, a text, an error, or a formula
    that could not be computed. Without it and without `stated` the form has no total. `place` is
    the total's cell, None without one.
    """

    stated: Decimal | None
    computed: Decimal | None
    max_score: Decimal | None
    capped: Decimal | None
    unread: Number | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class GradeSummary:
    """评价等级: as stated and as the computed total earns; None where unknown.

    Where several are ticked, `stated` is None and `ticked` holds them all.
    """

    stated: Grade | None
    computed: Grade | None
    place: Place | None = field(default=None, compare=False)  # of the grade's field
    ticked: tuple[Grade, ...] = ()


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A group's points against its cap; `score` is None when a leaf has no number."""

    path: tuple[str, ...]
    sheet: str
    cell: str  # of the group's name
    max_score: Decimal | None
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class LeafScore:
    """An indicator's 得分 as it stands, for whoever adds up many returns.

    `score` is None for a blank and for what is no number; `raw` is what stands there. A row that
    does not concern the unit (不适用) is not `is_applicable`; bonuses and deductions are
    `is_adjustment`, their `max_score` is a limit.
    """

    path: tuple[str, ...]
    place: Place
    max_score: Decimal | None
    score: Decimal | None
    raw: str = ""
    is_applicable: bool = True
    is_adjustment: bool = False


@dataclass(frozen=True, slots=True)
class StatedResult:
    """A target and the actual value beside it, as typed; `place` is the actual value's cell."""

    path: tuple[str, ...]
    place: Place
    target: str
    actual: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The check of one score table, or of a file in which none could be read.

    `path` is the file as the user named it, `member` its path inside a zip (None outside one).
    """

    path: str
    member: str | None
    sheet: str
    sha256: str
    tables: tuple[TableRef, ...]
    scheme: SchemeRef | None
    unit: str
    year: str
    outcome: Outcome
    total: TotalSummary
    grade: GradeSummary
    subtotals: tuple[Subtotal, ...]
    shortfalls: tuple[Shortfall, ...]
    missed_targets: tuple[MissedTarget, ...]
    findings: tuple[Finding, ...]
    skipped: tuple[Skip, ...]
    decisions: tuple[Decision, ...] = ()
    scores: tuple[LeafScore, ...] = ()
    results: tuple[StatedResult, ...] = ()

    def count(self, severity: Severity) -> int:
        """Findings of a severity, waived ones left out."""
        return sum(f.severity is severity and f.waived is None for f in self.findings)

    @property
    def waived(self) -> int:
        """Findings that are waived."""
        return sum(finding.waived is not None for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run checked. `failures` are the tool's own (PX000), never the data's."""

    version: str
    rules: str  # rule-set version
    entries: tuple[Entry, ...]
    failures: tuple[Failure, ...] = ()

    def count(self, severity: Severity) -> int:
        """Findings of a severity in all entries, waived ones left out."""
        return sum(entry.count(severity) for entry in self.entries)

    @property
    def waived(self) -> int:
        """Findings that are waived, in all entries."""
        return sum(entry.waived for entry in self.entries)

    def outcomes(self, outcome: Outcome) -> int:
        """Entries with an outcome."""
        return sum(entry.outcome is outcome for entry in self.entries)

    def file_outcomes(self) -> Counter[Outcome]:
        """Files by the worst outcome of their tables; a member of a zip is a file of its own."""
        worst: dict[tuple[str, str | None], Outcome] = {}
        for entry in self.entries:
            so_far = worst.setdefault((entry.path, entry.member), entry.outcome)
            if _WORST_LAST.index(entry.outcome) > _WORST_LAST.index(so_far):
                worst[entry.path, entry.member] = entry.outcome
        return Counter(worst.values())


_WORST_LAST = (Outcome.PASS, Outcome.FAIL, Outcome.UNREADABLE)
