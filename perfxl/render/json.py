"""The report as JSON, in the published schema (see `perfxl.render.schema`).

Scores and money are strings of decimals; keys never change their meaning.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from perfxl.model.finding import (
    Basis,
    Failure,
    Finding,
    MissedTarget,
    Severity,
    Shortfall,
    Skip,
    Waiver,
)
from perfxl.model.form import Decision
from perfxl.model.number import plain
from perfxl.model.report import Entry, Outcome, Report, SchemeRef, Subtotal, TableRef

Object = dict[str, Any]


def render_json(report: Report) -> str:
    """The report as a JSON text of one object, Chinese unescaped, indented by two."""
    return json.dumps(report_object(report), ensure_ascii=False, indent=2)


def report_object(report: Report) -> Object:
    """The report as plain dicts and lists, keys in the schema's order."""
    files = report.file_outcomes()
    return {
        "perfxl": report.version,
        "rules": report.rules,
        "files": [_entry(entry) for entry in report.entries],
        "failures": [_failure(failure) for failure in report.failures],
        "summary": {
            "files": files.total(),
            **{outcome.value: files[outcome] for outcome in Outcome},
            **{severity.value: report.count(severity) for severity in Severity},
            "waived": report.waived,
        },
    }


def _entry(entry: Entry) -> Object:
    return {
        "path": entry.path,
        "member": entry.member,
        "sheet": entry.sheet,
        "sha256": entry.sha256,
        "tables": [_table(table) for table in entry.tables],
        "scheme": _scheme(entry.scheme),
        "unit": entry.unit,
        "year": entry.year,
        "verdict": entry.outcome.value,
        "total": {
            "stated": _number(entry.total.stated),
            "computed": _number(entry.total.computed),
            "max": _number(entry.total.max_score),
            "capped": _number(entry.total.capped),
        },
        "grade": {
            "stated": entry.grade.stated.value if entry.grade.stated else None,
            "computed": entry.grade.computed.value if entry.grade.computed else None,
        },
        "subtotals": [_subtotal(subtotal) for subtotal in entry.subtotals],
        "shortfalls": [_shortfall(shortfall) for shortfall in entry.shortfalls],
        "missed_targets": [_missed(missed) for missed in entry.missed_targets],
        "findings": [_finding(finding) for finding in entry.findings],
        "skipped": _skipped(entry.skipped),
        "decisions": [_decision(decision) for decision in entry.decisions],
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _table(table: TableRef) -> Object:
    return {"kind": table.kind, "sheet": table.sheet, "range": table.area}


def _scheme(scheme: SchemeRef | None) -> Object | None:
    if scheme is None:
        return None
    return {"id": scheme.id, "version": scheme.version, "how": scheme.how}


def _subtotal(subtotal: Subtotal) -> Object:
    return {
        "path": list(subtotal.path),
        "sheet": subtotal.sheet,
        "max_score": _number(subtotal.max_score),
        "score": _number(subtotal.score),
    }


def _shortfall(shortfall: Shortfall) -> Object:
    return {
        "path": list(shortfall.path),
        "sheet": shortfall.place.sheet,
        "cell": shortfall.place.cell,
        "max_score": plain(shortfall.max_score),
        "score": plain(shortfall.score),
        "lost": plain(shortfall.lost),
        "reason": shortfall.reason,
        "action": shortfall.action,
    }


def _missed(missed: MissedTarget) -> Object:
    return {
        "path": list(missed.path),
        "sheet": missed.place.sheet,
        "cell": missed.place.cell,
        "target": missed.target,
        "actual": missed.actual,
    }


def _finding(finding: Finding) -> Object:
    cause = finding.caused_by
    return {
        "code": finding.code,
        "slug": finding.slug,
        "severity": finding.severity.value,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "path": list(finding.path),
        "provided": finding.provided,
        "expected": finding.expected,
        "difference": finding.difference,
        "message": finding.message,
        "fix": finding.fix,
        "basis": [_basis(basis) for basis in finding.basis],
        "caused_by": cause
        and {"code": cause.code, "sheet": cause.place.sheet, "cell": cause.place.cell},
        "waived": _waived(finding.waived),
        "place": None,
        "answer": finding.answer,
    }


def _waived(waiver: Waiver | None) -> Object | None:
    if waiver is None:
        return None
    return {"reason": waiver.reason, "who": waiver.who, "until": waiver.until.isoformat()}


def _basis(basis: Basis) -> Object:
    return {"doc_no": basis.doc_no, "title": basis.title, "article": basis.article}


def _skipped(skipped: Sequence[Skip]) -> list[Object]:
    return [{"code": skip.code, "reason": skip.reason} for skip in skipped]


def _decision(decision: Decision) -> Object:
    return {
        "what": decision.what,
        "sheet": decision.place.sheet,
        "cell": decision.place.cell,
        "message": decision.message,
    }


def _failure(failure: Failure) -> Object:
    return {"code": failure.code, "rule": failure.rule, "detail": failure.detail}
