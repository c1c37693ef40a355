"""What the HTML page shows, as plain texts: the page's template only lays them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.model.finding import Basis, Finding, MissedTarget, Severity, Shortfall
from perfxl.model.form import Decision
from perfxl.model.number import plain
from perfxl.model.page import MarkKind
from perfxl.model.report import Entry, Outcome, Report, Subtotal
from perfxl.render.folding import Folded, fold
from perfxl.render.marks import shortfall_kind
from perfxl.render.order import file_name, file_path, worst_first
from perfxl.render.terminal import one_line
from perfxl.render.wording import (
    WAIVED,
    grade_text,
    leaf_name,
    number_text,
    outcome_text,
    path_text,
    percent_text,
    place_text,
    scheme_text,
    skipped_text,
    total_text,
    verdict_text,
    waived_text,
)

# So few tables that a reader would open those with errors anyway.
_FEW = 12
_DEPTHS = {MarkKind.SHORT_1: "不到10%", MarkKind.SHORT_2: "10%至50%", MarkKind.SHORT_3: "50%及以上"}


@dataclass(frozen=True, slots=True)
class Consequence:
    """A finding that only follows from the one it stands under."""

    label: str
    place: str
    message: str
    code: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding: `kind` is error, verify, notice or waived; `facts` what the message leaves out.

    `answer` is what the unit wrote beside it, "" for nothing.
    """

    kind: str
    label: str
    place: str
    path: str
    message: str
    facts: str
    fix: str
    answer: str
    basis: str
    code: str
    consequences: tuple[Consequence, ...]


@dataclass(frozen=True, slots=True)
class ShortfallView:
    """Points lost; `depth` is short-1 … short-3, None for reason or action: no such column."""

    depth: str
    depth_text: str
    place: str
    path: str
    max_score: str
    score: str
    lost: str
    rate: str
    reason: str | None
    action: str | None


@dataclass(frozen=True, slots=True)
class SubtotalView:
    """A group's points; `fill` is the length of its bar, 0 to 100, "" where unknown."""

    level: int
    name: str
    max_score: str
    score: str
    rate: str
    fill: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class MissedView:
    """A target that was missed."""

    place: str
    path: str
    target: str
    actual: str


@dataclass(frozen=True, slots=True)
class TableView:
    """One score table, or one file in which none could be read."""

    number: int
    outcome: str  # pass | fail | unreadable
    outcome_label: str
    verdict: str
    name: str
    file: str
    sheet: str
    facts: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, str, int], ...]  # kind, label, count
    lost: str
    total: str
    max_score: str
    grade: str
    is_open: bool
    findings: tuple[FindingView, ...]
    subtotals: tuple[SubtotalView, ...]
    shortfalls: tuple[ShortfallView, ...]
    missed: tuple[MissedView, ...]
    decisions: tuple[tuple[str, str], ...]
    skipped: str
    skipped_count: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """The page: the verdict on the run, the filters with their counts, the tables."""

    title: str
    verdict: str
    is_clean: bool
    version: str
    rules: str
    outcomes: tuple[tuple[str, str, int], ...]
    kinds: tuple[tuple[str, str, int], ...]
    tables: tuple[TableView, ...]
    failures: tuple[str, ...]


def report_view(report: Report) -> ReportView:
    """The page of a report, the worst table first."""
    entries = worst_first(report.entries)
    is_few = len(entries) <= _FEW
    shortfalls = sum(len(entry.shortfalls) for entry in entries)
    order = (Outcome.UNREADABLE, Outcome.FAIL, Outcome.PASS)
    return ReportView(
        title="绩效自评表校验结果",
        verdict=verdict_text(report.entries, len(report.failures)),
        is_clean=not report.failures and report.outcomes(Outcome.PASS) == len(entries),
        version=report.version,
        rules=report.rules,
        outcomes=tuple((o.value, o.label, report.outcomes(o)) for o in order),
        kinds=(
            *((s.value, s.label, report.count(s)) for s in Severity),
            ("short", "失分", shortfalls),
            *((("waived", WAIVED, report.waived),) if report.waived else ()),
        ),
        tables=tuple(_table(number, e, is_few=is_few) for number, e in enumerate(entries, 1)),
        failures=tuple(
            f"{failure.code} 规则{failure.rule}运行出错：{failure.detail}"
            for failure in report.failures
        ),
    )


def _table(number: int, entry: Entry, *, is_few: bool) -> TableView:
    lost = sum((shortfall.lost for shortfall in entry.shortfalls), Decimal(0))
    total = entry.total
    return TableView(
        number=number,
        outcome=entry.outcome.value,
        outcome_label=entry.outcome.label,
        verdict=outcome_text(entry),
        name=one_line(entry.unit) or file_name(entry),
        file=file_path(entry),
        sheet=entry.sheet,
        facts=_facts(entry),
        counts=tuple((s.value, s.label, entry.count(s)) for s in Severity),
        lost=plain(lost) if entry.sheet else "",
        total=_shown_total(entry),
        max_score="" if total.max_score is None else plain(total.max_score),
        grade=grade_text(entry.grade),
        is_open=is_few and entry.outcome is not Outcome.PASS,
        findings=tuple(_finding(folded, entry) for folded in fold(entry.findings)),
        subtotals=tuple(_subtotal(subtotal) for subtotal in _with_total(entry)),
        shortfalls=tuple(_shortfall(shortfall, entry) for shortfall in entry.shortfalls),
        missed=tuple(_missed(missed, entry) for missed in entry.missed_targets),
        decisions=tuple(_decision(decision, entry) for decision in entry.decisions),
        skipped=skipped_text(entry.skipped),
        skipped_count=len(entry.skipped),
    )


def _shown_total(entry: Entry) -> str:
    """The stated total, else the sum; "" where there is no table."""
    if not entry.sheet:
        return ""
    stated = entry.total.stated
    return number_text(entry.total.computed if stated is None else stated)


def _facts(entry: Entry) -> tuple[tuple[str, str], ...]:
    """What the table says of itself; its file and sheet already stand in the heading."""
    facts = []
    if entry.sheet:
        grade = grade_text(entry.grade)
        facts += [
            ("单位", one_line(entry.unit) or "未填"),
            ("年度", one_line(entry.year) or "未填"),
            ("总分", total_text(entry.total)),
            ("等级", grade or "未填"),
            ("方案", scheme_text(entry.scheme)),
        ]
    facts.append(("SHA-256", entry.sha256 or "未计算"))
    return tuple(facts)


def _finding(folded: Folded, entry: Entry) -> FindingView:
    finding = folded.finding
    return FindingView(
        kind="waived" if finding.waived else finding.severity.value,
        label=WAIVED if finding.waived else finding.severity.label,
        place=place_text(finding.place, entry.sheet),
        path=path_text(finding.path),
        message=finding.message,
        facts=_unsaid(finding),
        fix=waived_text(finding.waived) if finding.waived else finding.fix,
        answer=finding.answer,
        basis="；".join(filter(None, map(_basis, finding.basis))),
        code=finding.code,
        consequences=tuple(
            Consequence(
                other.severity.label,
                place_text(other.place, entry.sheet),
                other.message + (f"（单位说明：{other.answer}）" if other.answer else ""),
                other.code,
            )
            for other in folded.consequences
        ),
    )


def _unsaid(finding: Finding) -> str:
    """What stands there and what was expected, where the message does not say it."""
    difference = finding.difference.lstrip("+-")  # which way is plain from the two figures
    told = (("现为", finding.provided), ("应为", finding.expected), ("相差", difference))
    parts = [f"{name}{text}" for name, text in told if text and text not in finding.message]
    return "，".join(parts)


def _basis(basis: Basis) -> str:
    """《title》（文号）article; practice goes by its title alone."""
    if not basis.doc_no:
        return basis.title
    return f"《{basis.title}》（{basis.doc_no}）{basis.article}"


def _with_total(entry: Entry) -> Sequence[Subtotal]:
    if not entry.subtotals:
        return ()
    total = entry.total
    whole = Subtotal(("合计",), entry.sheet, "", total.max_score, total.computed)
    return (*entry.subtotals, whole)


def _subtotal(subtotal: Subtotal) -> SubtotalView:
    cap, score = subtotal.max_score, subtotal.score
    rate = score / cap if score is not None and cap else None
    return SubtotalView(
        level=len(subtotal.path),
        name=leaf_name(subtotal.path),
        max_score=number_text(cap),
        score=number_text(score),
        rate="" if rate is None else percent_text(rate),
        fill="" if rate is None else plain(round(min(max(rate, Decimal(0)), Decimal(1)) * 100, 1)),
        is_over=rate is not None and rate > 1,
    )


def _shortfall(shortfall: Shortfall, entry: Entry) -> ShortfallView:
    depth = shortfall_kind(shortfall)
    return ShortfallView(
        depth=depth.value,
        depth_text=_DEPTHS[depth],
        place=place_text(shortfall.place, entry.sheet),
        path=path_text(shortfall.path),
        max_score=plain(shortfall.max_score),
        score=plain(shortfall.score),
        lost=plain(shortfall.lost),
        rate=percent_text(shortfall.lost_rate),
        reason=_stripped(shortfall.reason),
        action=_stripped(shortfall.action),
    )


def _stripped(text: str | None) -> str | None:
    return None if text is None else text.strip()


def _missed(missed: MissedTarget, entry: Entry) -> MissedView:
    return MissedView(
        place=place_text(missed.place, entry.sheet),
        path=path_text(missed.path),
        target=one_line(missed.target),
        actual=one_line(missed.actual),
    )


def _decision(decision: Decision, entry: Entry) -> tuple[str, str]:
    return place_text(decision.place, entry.sheet), decision.message
