"""JUnit XML: parsed again and counted."""

import dataclasses
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from perfxl.engine.selection import select_rules
from perfxl.model.finding import Severity, Waiver
from perfxl.model.report import Report
from perfxl.pipeline import Options, check_file, report_of
from perfxl.render.junit import render_junit
from perfxl.rules.base import Scope
from perfxl.rules.registry import all_rules
from tests.forms import guangzhou, shenzhen
from tests.unit.render.reports import CRASHED, FAILED, PASSED, REPORT, UNREADABLE, finding


def parsed(report: Report) -> ET.Element:
    return ET.fromstring(render_junit(report, all_rules()).encode())


def case_of(suite: ET.Element, code: str) -> ET.Element:
    [case] = [one for one in suite.findall("testcase") if one.get("name", "").startswith(code)]
    return case


@pytest.mark.parametrize("report", [REPORT, CRASHED, Report("0", "r", ())])
def test_counts__are_those_of_the_elements(report: Report) -> None:
    root = parsed(report)
    for node in (root, *root.findall("testsuite")):
        cases = list(node.iter("testcase"))
        assert node.get("tests") == str(len(cases))
        for key, child in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert node.get(key) == str(sum(case.find(child) is not None for case in cases))


def test_a_suite_a_table__a_case_a_rule() -> None:
    failed, passed, unreadable = parsed(REPORT).findall("testsuite")
    assert failed.get("name") == f"{FAILED.path} > {FAILED.sheet}"
    codes = [case.get("name", "").split()[0] for case in passed.findall("testcase")]
    assert codes == [rule.code for rule in all_rules()]
    assert (passed.get("failures"), passed.get("skipped")) == ("0", "0")
    # A refused file was looked at by the rules for files alone.
    names = {case.get("name", "")[:2] for case in unreadable.findall("testcase")}
    assert names == {"FL"}
    assert unreadable.get("failures") == "1"


def test_errors_fail__milder_findings_are_output__the_rest_is_skipped() -> None:
    suite = parsed(REPORT).find("testsuite")
    assert suite is not None
    failure = case_of(suite, "AR102").find("failure")
    assert failure is not None
    assert failure.get("message") == "“绩效目标完整性”得5分，超过分值3分"
    assert "H8" in str(failure.text)
    assert "怎么改" in str(failure.text)
    verify = case_of(suite, "CS101")
    assert verify.find("failure") is None
    assert "请核实 资金表!G33" in str(verify.findtext("system-out"))
    skipped = case_of(suite, "GR101").find("skipped")
    assert skipped is not None
    assert skipped.get("message") == "等级划分未知：表上未印，方案也未给出"


def test_second_table_of_a_file__has_the_rules_for_tables_alone() -> None:
    second = dataclasses.replace(PASSED, sheet="第二张")
    first_suite, second_suite = parsed(Report("0", "r", (PASSED, second))).findall("testsuite")
    assert first_suite.get("tests") == str(len(all_rules()))
    per_table = sum(rule.scope is Scope.FORM for rule in all_rules())
    assert second_suite.get("tests") == str(per_table)


def test_several_errors_of_a_rule__are_one_failure_that_tells_all() -> None:
    found = (finding("VL102", "H8", "第一处"), finding("VL102", "H9", "第二处"))
    root = parsed(Report("0", "r", (dataclasses.replace(FAILED, findings=found),)))
    [failure] = root.iter("failure")
    assert failure.get("message") == "第一处（等2处）"
    assert str(failure.text).count("\n") == 1


def test_own_failure__is_an_error_not_a_failure() -> None:
    root = parsed(CRASHED)
    assert (root.get("errors"), root.get("failures")) == ("1", "0")
    [error] = root.iter("error")
    assert error.text == "KeyError: 'x'"


def test_stamp__version_rules_and_hash() -> None:
    suite = parsed(REPORT).find("testsuite")
    assert suite is not None
    told = {p.get("name"): p.get("value") for p in suite.iter("property")}
    assert (told["perfxl"], told["rules"], told["sha256"]) == ("0.1.0", "abc123", "ab" * 32)


def test_illegal_letters__are_dropped_and_markup_escaped() -> None:
    odd = "坏\x00\x0b\x1b\ud800\ufffe<b>&]]>"
    bad = finding("VL102", "H8", odd)
    entry = dataclasses.replace(UNREADABLE, path=odd, unit=odd, findings=(bad,))
    root = parsed(Report("0", "r", (entry,)))
    assert root.find("testsuite").get("name") == "坏<b>&]]>"  # type: ignore[union-attr]
    [failure] = root.iter("failure")
    assert failure.get("message") == "坏<b>&]]>"


def test_real_returns__give_what_the_check_found(tmp_path: Path) -> None:
    options = Options(select_rules())
    paths = [guangzhou.build("as_meant", tmp_path / "甲.xlsx"),
             shenzhen.build("as_meant", tmp_path / "乙.xlsx")]  # fmt: skip
    report = report_of([check_file(path, options) for path in paths])
    text = render_junit(report, options.rules)
    root = ET.fromstring(text.encode())
    failing = {
        (entry.path, found.code)
        for entry in report.entries
        for found in entry.findings
        if found.severity is Severity.ERROR
    }
    assert root.get("failures") == str(len(failing)) == "1"
    assert root.get("skipped") == str(sum(len(entry.skipped) for entry in report.entries))
    assert text == render_junit(report, options.rules)


def test_waived_error__is_output_and_no_failure() -> None:
    waiver = Waiver("区财政局批准", "某科", date(2025, 6, 30))
    findings = tuple(dataclasses.replace(one, waived=waiver) for one in FAILED.findings)
    root = parsed(Report("0", "r", (dataclasses.replace(FAILED, findings=findings),)))
    assert root.get("failures") == "0"
    said = "".join(node.text or "" for node in root.iter("system-out"))
    assert said.count("区财政局批准") == len(findings)
