"""The published JSON."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError

from perfxl.model.report import Outcome, Report
from perfxl.render.json import render_json
from perfxl.render.schema import CheckReport, schema_text
from tests.unit.render.reports import CRASHED, FAILED, REPORT

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("report", [REPORT, CRASHED, Report("0", "r", ())])
def test_output_fits_the_schema__every_kind_of_report(report: Report) -> None:
    CheckReport.model_validate_json(render_json(report))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"score": "0.5"', '"score": 0.5'),
        ('"lost": "1.5"', '"lost": "1.50"'),
        ('"severity": "error"', '"severity": "fatal"'),
        ('"waived": null,', ""),
        ('"member": null', '"member": null, "extra": 1'),
    ],
)
def test_schema_refuses__another_shape(before: str, after: str) -> None:
    text = render_json(REPORT)
    assert before in text

    with pytest.raises(ValidationError):
        CheckReport.model_validate_json(text.replace(before, after))


def test_published_schema_is_up_to_date__docs() -> None:
    assert (ROOT / "docs/check.schema.json").read_text("utf-8") == schema_text()


def test_keys_are_those_published__in_order() -> None:
    data = json.loads(render_json(REPORT))

    assert list(data) == ["perfxl", "rules", "files", "failures", "summary"]
    assert list(data["files"][0]) == [
        "path", "member", "sheet", "sha256", "tables", "scheme", "unit", "year", "verdict",
        "total", "grade", "subtotals", "shortfalls", "missed_targets", "findings", "skipped",
        "decisions",
    ]  # fmt: skip
    assert list(data["files"][0]["findings"][0]) == [
        "code", "slug", "severity", "sheet", "cell", "path", "provided", "expected",
        "difference", "message", "fix", "basis", "caused_by", "waived", "place", "answer",
    ]  # fmt: skip
    assert data["summary"] == {
        "files": 3, "pass": 1, "fail": 1, "unreadable": 1, "error": 4, "verify": 1, "notice": 1,
        "waived": 0,
    }  # fmt: skip


def test_every_finding_stays__consequences_with_their_cause() -> None:
    entry = json.loads(render_json(Report("0", "r", (FAILED,))))["files"][0]

    assert [finding["code"] for finding in entry["findings"]] == [
        finding.code for finding in FAILED.findings
    ]
    assert entry["findings"][1]["caused_by"] == {"code": "AR102", "sheet": "自评表", "cell": "H8"}
    assert entry["total"] == {"stated": "95.7", "computed": "95.2", "max": "100", "capped": "93.2"}
    assert entry["shortfalls"][2]["reason"] is None
    assert entry["shortfalls"][0]["reason"] == ""


def test_summary__counts_files_by_their_worst_table() -> None:
    other = replace(FAILED, sheet="另一张", outcome=Outcome.PASS)
    in_zip = [replace(FAILED, path="回收.zip", member=name) for name in ("甲.xlsx", "乙.xlsx")]
    report = Report("0", "r", (other, FAILED, *in_zip))

    summary = json.loads(render_json(report))["summary"]

    assert [summary[key] for key in ("files", "pass", "fail", "unreadable")] == [3, 0, 3, 0]
