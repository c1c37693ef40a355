"""The units of the dashboard, each with the findings and shortfalls of its return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.batch.model import Collection, ReturnState, UnitOutcome
from perfxl.batch.summary.counted import Counted, Path, folded, paths_by_place
from perfxl.batch.summary.faults import told_of
from perfxl.batch.summary.progress import NO_DISTRICT, resubmission_text
from perfxl.model.address import Place
from perfxl.model.finding import Finding, Severity, Shortfall
from perfxl.model.report import Entry
from perfxl.render.marks import shortfall_kind
from perfxl.render.order import file_path
from perfxl.render.wording import (
    WAIVED,
    grade_text,
    number_text,
    percent_text,
    place_text,
    total_text,
)

MAX_DETAILED = 1_000  # units whose findings the page holds; beyond it grows too large to open
_MAX_FINDINGS = 60  # of a table
_CAME = (ReturnState.RECEIVED, ReturnState.LATE)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding; `kind` is error, verify, notice or waived; `answer` is 单位说明, "" for none."""

    kind: str
    label: str
    place: str
    path: str
    message: str
    fix: str
    code: str
    answer: str


@dataclass(frozen=True, slots=True)
class ShortfallLine:
    """Points lost; `depth` is short-1 … short-3; None for reason or action: no such column."""

    depth: str
    place: str
    path: str
    lost: str
    of: str
    reason: str | None
    action: str | None


@dataclass(frozen=True, slots=True)
class FormView:
    """A score table of a unit; `more` findings are left out of the page."""

    file: str
    sheet: str
    total: str
    grade: str
    findings: tuple[FindingLine, ...]
    more: int
    shortfalls: tuple[ShortfallLine, ...]


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit: number, what came of it, its first table's total, and its tables in detail."""

    number: int
    code: str
    name: str
    district: str
    state: str
    state_label: str
    remark: str
    has_come: bool
    total: str
    rate: str
    grade: str
    counts: tuple[tuple[str, str, int], ...]
    lost: str
    forms: tuple[FormView, ...]
    is_detailed: bool


def unit_views(collection: Collection) -> tuple[UnitView, ...]:
    """All units in the ledger's order; beyond MAX_DETAILED only the worst hold their findings."""
    outcomes = collection.outcomes
    detailed = set(range(len(outcomes)))
    if len(outcomes) > MAX_DETAILED:
        detailed = set(sorted(detailed, key=lambda i: _badness(outcomes[i], i))[:MAX_DETAILED])
    return tuple(
        _unit(number, outcome, is_detailed=number - 1 in detailed)
        for number, outcome in enumerate(outcomes, 1)
    )


def _badness(outcome: UnitOutcome, index: int) -> tuple[object, ...]:
    entries = [entry for received in told_of(outcome) for entry in received.entries]
    counts = [-sum(entry.count(severity) for entry in entries) for severity in Severity]
    return (*counts, -_lost(entries), index)


def _lost(entries: Sequence[Entry]) -> Decimal:
    return sum((each.lost for entry in entries for each in entry.shortfalls), Decimal(0))


def _unit(number: int, outcome: UnitOutcome, *, is_detailed: bool) -> UnitView:
    chosen, unit = outcome.chosen, outcome.unit
    entries = [entry for received in told_of(outcome) for entry in received.entries]
    scored = [entry for entry in entries if entry.sheet] if chosen else []
    total = scored[0].total if scored else None
    rate = Counted(outcome, chosen, scored[0]).rate if chosen and scored else None
    remarks = [outcome.why]
    if chosen:
        came = f"{chosen.received}收到" if chosen.received else ""
        remarks = [resubmission_text(chosen.resubmission), came, outcome.why]
    return UnitView(
        number=number,
        code=unit.code,
        name=unit.name,
        district=unit.district or NO_DISTRICT,
        state=outcome.state.name.lower(),
        state_label=outcome.state.value,
        remark="，".join(filter(None, remarks)),
        has_come=outcome.state in _CAME,
        total="" if total is None else number_text(total.computed),
        rate="" if rate is None else percent_text(rate),
        grade=grade_text(scored[0].grade) if scored else "",
        counts=tuple((s.value, s.label, sum(e.count(s) for e in entries)) for s in Severity),
        lost=number_text(_lost(entries)) if scored else "",
        forms=tuple(map(_form, entries)) if is_detailed else (),
        is_detailed=is_detailed,
    )


def _form(entry: Entry) -> FormView:
    names = paths_by_place(entry)
    findings = sorted(entry.findings, key=lambda f: (f.waived is not None, f.severity.rank))
    return FormView(
        file=file_path(entry),
        sheet=entry.sheet,
        total=total_text(entry.total) if entry.sheet else "没有读到评分表",
        grade=grade_text(entry.grade),
        findings=tuple(_finding(each, entry) for each in findings[:_MAX_FINDINGS]),
        more=max(0, len(findings) - _MAX_FINDINGS),
        shortfalls=tuple(_shortfall(each, entry, names) for each in entry.shortfalls),
    )


def _finding(finding: Finding, entry: Entry) -> FindingLine:
    return FindingLine(
        kind="waived" if finding.waived else finding.severity.value,
        label=WAIVED if finding.waived else finding.severity.label,
        place=place_text(finding.place, entry.sheet),
        path="·".join(folded(finding.path)),
        message=finding.message,
        fix=finding.fix,
        code=finding.code,
        answer=finding.answer,
    )


def _shortfall(each: Shortfall, entry: Entry, names: Mapping[Place, Path]) -> ShortfallLine:
    return ShortfallLine(
        depth=shortfall_kind(each).value,
        place=place_text(each.place, entry.sheet),
        path="·".join(names.get(each.place) or folded(each.path)),
        lost=number_text(each.lost),
        of=number_text(each.max_score),
        reason=None if each.reason is None else each.reason.strip(),
        action=None if each.action is None else each.action.strip(),
    )
