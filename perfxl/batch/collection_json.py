"""A collection as JSON: each unit's state and why, for programs; contacts left out."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from perfxl import __version__
from perfxl.batch.advice.model import Advice, Advised
from perfxl.batch.model import Collection, Received, ReturnState, UnitOutcome
from perfxl.engine.summary import rule_set_version
from perfxl.model.finding import Severity
from perfxl.model.number import plain

Object = dict[str, Any]


def collection_json(collection: Collection, advised: Advised | None = None) -> str:
    """The collection as a JSON text of one object, Chinese unescaped, indented by two.

    With `advised` it also holds `advice`, ranked, and under `skipped` the rules over the round
    that did not run.
    """
    told = collection_object(collection)
    if advised is not None:
        told |= {
            "advice": [_advice(one) for one in advised.advice],
            "skipped": [{"code": one.code, "reason": one.reason} for one in advised.skipped],
        }
    return json.dumps(told, ensure_ascii=False, indent=2)


def collection_object(collection: Collection) -> Object:
    """The collection as JSON's own types; scores are strings of decimals."""
    round_ = collection.round
    return {
        "perfxl": __version__,
        "rules": rule_set_version(),
        "round": round_ and {"year": round_.year, "doc_no": round_.doc_no, "notice": round_.notice},
        "scheme": collection.scheme_id,
        "as_of": collection.as_of.isoformat(),
        "states": {state.value: count for state, count in counts(collection.outcomes).items()},
        "units": [_outcome(outcome) for outcome in collection.outcomes],
        "strangers": [_received(one) for one in collection.strangers],
        "passed_over": dict(collection.passed_over),
        "remarks": list(collection.remarks),
        "failures": [{"code": f.code, "rule": f.rule, "detail": f.detail}
                     for f in collection.failures],
    }  # fmt: skip


def _advice(one: Advice) -> Object:
    return {
        "code": one.code,
        "slug": one.slug,
        "units": list(one.codes),
        "places": [
            {"path": at.file, "member": at.member, "sheet": at.sheet, "cell": at.cell}
            for at in one.places
        ],
        "message": one.message,
        "fix": one.fix,
    }


def counts(outcomes: Iterable[UnitOutcome]) -> dict[ReturnState, int]:
    """How many units are in each state, all states named, in their order."""
    found = Counter(outcome.state for outcome in outcomes)
    return {state: found[state] for state in ReturnState}


def _outcome(outcome: UnitOutcome) -> Object:
    unit = outcome.unit
    return {
        "code": unit.code,
        "name": unit.name,
        "district": unit.district,
        "state": outcome.state.value,
        "late": outcome.is_late,
        "why": outcome.why,
        "chosen": outcome.chosen and _received(outcome.chosen),
        "others": [_received(one) for one in outcome.others],
    }


def _received(one: Received) -> Object:
    return {
        "path": one.path,
        "member": one.member,
        "sha256": one.sha256,
        "unit": one.code,
        "how": one.how,
        "received": one.received and one.received.isoformat(),
        "dated_by": one.dated_by,
        "resubmission": one.resubmission,
        "answers": one.answers,
        "is_copy_of": one.is_copy_of,
        "remark": one.remark,
        "tables": [
            {
                "sheet": entry.sheet,
                "unit": entry.unit,
                "year": entry.year,
                "verdict": entry.outcome.value,
                "stated": None if entry.total.stated is None else plain(entry.total.stated),
                "computed": None if entry.total.computed is None else plain(entry.total.computed),
                "grade": entry.grade.stated and entry.grade.stated.value,
                **{severity.value: entry.count(severity) for severity in Severity},
            }
            for entry in one.entries
        ],
    }
