"""Two versions of a return for programs: stable keys, decimals as strings.

The schema is `perfxl.render.difference_schema`.
"""

import json
from typing import Any

from perfxl import __version__
from perfxl.engine.difference.record import Change, Difference, Fate, Traced
from perfxl.engine.summary import rule_set_version
from perfxl.model.address import Place
from perfxl.model.finding import Finding, Severity
from perfxl.model.number import plain
from perfxl.model.report import Entry

Object = dict[str, Any]


def render_difference_json(difference: Difference) -> str:
    """The comparison as JSON, indented, Chinese as it is; the same files give the same text."""
    counts = {fate.value: len(difference.of(fate)) for fate in Fate}
    whole = {
        "perfxl": __version__,
        "rules": rule_set_version(),
        "before": _version(difference.before),
        "after": _version(difference.after),
        "findings": [_traced(traced) for traced in difference.findings],
        "changes": [_change(change) for change in difference.changes],
        "remarks": list(difference.remarks),
        "failures": [
            {"code": f.code, "rule": f.rule, "detail": f.detail} for f in difference.failures
        ],
        "summary": {
            "identical": difference.is_same_file,
            **counts,
            "changes": len(difference.changes),
            "silent": len(difference.silent),
            **{severity.value: difference.count(severity) for severity in Severity},
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _version(entries: tuple[Entry, ...]) -> Object:
    first = entries[0]
    return {
        "path": first.path,
        "sha256": first.sha256,
        "unit": first.unit,
        "year": first.year,
        "tables": [_table(entry) for entry in entries],
    }


def _table(entry: Entry) -> Object:
    total, grade = entry.total, entry.grade
    return {
        "sheet": entry.sheet,
        "scheme": entry.scheme.id if entry.scheme else None,
        "verdict": entry.outcome.value,
        "total": {
            "stated": None if total.stated is None else plain(total.stated),
            "computed": None if total.computed is None else plain(total.computed),
        },
        "grade": {
            "stated": grade.stated.value if grade.stated else None,
            "computed": grade.computed.value if grade.computed else None,
        },
    }


def _traced(traced: Traced) -> Object:
    finding = traced.finding
    return {
        "fate": traced.fate.value,
        "code": finding.code,
        "slug": finding.slug,
        "severity": finding.severity.value,
        "path": list(finding.path),
        "before": _side(traced.before),
        "after": _side(traced.after),
        "answer": traced.answer,
        "counts": traced.counts,
    }


def _side(finding: Finding | None) -> Object | None:
    if finding is None:
        return None
    return {
        **_place(finding.place),
        "provided": finding.provided,
        "expected": finding.expected,
        "difference": finding.difference,
        "message": finding.message,
        "fix": finding.fix,
        "waived": finding.waived is not None,
    }


def _change(change: Change) -> Object:
    return {
        "what": change.what.value,
        "path": list(change.path),
        "label": change.label,
        "before": {**_place(change.before_place), "value": change.before}
        if change.before_place
        else None,
        "after": {**_place(change.after_place), "value": change.after}
        if change.after_place
        else None,
        "lost_formula": change.lost_formula,
        "asked_by": list(change.asked_by),
        "follows": change.follows,
        "silent": change.is_silent,
        "severity": change.severity.value if change.severity else None,
    }


def _place(place: Place | None) -> Object:
    return {"sheet": place.sheet, "cell": place.cell} if place else {}
