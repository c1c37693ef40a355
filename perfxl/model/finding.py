"""Findings: what is wrong, where, and what to do about it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from perfxl.model.address import Place


class Severity(Enum):
    """How certain a finding is, worst first. Labels are the officers' words."""

    ERROR = "error"
    VERIFY = "verify"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        """必改, 请核实 or 提示."""
        return {"error": "必改", "verify": "请核实", "notice": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return ("error", "verify", "notice").index(self.value)


@dataclass(frozen=True, slots=True)
class Basis:
    """The document on which a rule rests; an empty `doc_no` means practice, not regulation."""

    doc_no: str
    title: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """The finding of which another one is a mere consequence."""

    code: str
    place: Place


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a finding is let pass (豁免), on whose word, and until which day, that day included."""

    reason: str
    who: str
    until: date


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place. `provided`, `expected`, `difference` are texts, "" where none.

    A waived finding stays in every report; it no longer counts against the return. `answer` is
    what the unit wrote beside it in an annotated copy.
    """

    code: str
    slug: str
    severity: Severity
    place: Place
    path: tuple[str, ...]
    provided: str
    expected: str
    difference: str
    message: str
    fix: str
    basis: tuple[Basis, ...] = ()
    caused_by: Cause | None = None
    waived: Waiver | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Skip:
    """A rule that could not run, and why, in Chinese."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that crashed (PX000): the tool's own fault, never the data's."""

    code: str
    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An indicator with 得分 < 分值: not an error, but what the officer wants highlighted."""

    path: tuple[str, ...]
    place: Place
    max_score: Decimal
    score: Decimal
    reason: str | None  # None: the form has no such column
    action: str | None

    @property
    def lost(self) -> Decimal:
        """Points lost, always positive."""
        return self.max_score - self.score

    @property
    def lost_rate(self) -> Decimal:
        """Share of the points lost, 0 to 1."""
        return self.lost / self.max_score


@dataclass(frozen=True, slots=True)
class MissedTarget:
    """An indicator whose actual value misses its target."""

    path: tuple[str, ...]
    place: Place
    target: str
    actual: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of one score table found."""

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skip, ...] = ()
    failures: tuple[Failure, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    missed_targets: tuple[MissedTarget, ...] = field(default=())
