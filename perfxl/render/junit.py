"""The report as JUnit XML, which build servers and their viewers understand.

One suite a score table, one case a rule: 必改 fails it, 请核实 and 提示 are its output, a rule that
could not run is skipped. No times, so that the same report gives the same file.
"""

from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree as ET

from perfxl.model.finding import Finding, Severity
from perfxl.model.report import Entry, Report
from perfxl.render.legal_text import legal_text
from perfxl.render.order import entry_name, files_of
from perfxl.render.wording import outcome_text, place_text, scheme_text, waived_text
from perfxl.rules.base import Rule, Scope

_PROGRAM = "perfxl"


def render_junit(report: Report, rules: Sequence[Rule]) -> str:
    """The report as JUnit XML.

    Args:
        report: what a run found.
        rules: the rules that the run was asked for; one that found nothing is a passed case.
    """
    root = ET.Element("testsuites", {"name": _PROGRAM})
    for entries in files_of(report.entries):
        for index, entry in enumerate(entries):
            root.append(_suite(entry, report, _rules_run(entry, rules, is_first=index == 0)))
    if report.failures:
        root.append(_own_failures(report))
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _rules_run(entry: Entry, rules: Sequence[Rule], *, is_first: bool) -> list[Rule]:
    """The rules that had a turn: a refused file knows those of family FL alone."""
    if any(finding.code.startswith("FL1") for finding in entry.findings):
        return [rule for rule in rules if rule.family == "FL"]
    return [rule for rule in rules if is_first or rule.scope is Scope.FORM]


def _suite(entry: Entry, report: Report, rules: Sequence[Rule]) -> ET.Element:
    suite = ET.Element("testsuite", {"name": legal_text(entry_name(entry))})
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(entry, report):
        ET.SubElement(properties, "property", {"name": name, "value": legal_text(value)})
    slugs = {rule.code: rule.slug for rule in rules}
    slugs |= {finding.code: finding.slug for finding in entry.findings}
    skipped = {skip.code: skip.reason for skip in entry.skipped}
    for code in sorted(slugs.keys() | skipped.keys()):
        found = [finding for finding in entry.findings if finding.code == code]
        case = _case(suite, code, slugs.get(code, ""))
        _fill(case, found, skipped.get(code), entry)
    _count(suite)
    return suite


def _properties(entry: Entry, report: Report) -> Iterator[tuple[str, str]]:
    yield "perfxl", report.version
    yield "rules", report.rules
    yield "sha256", entry.sha256
    yield "scheme", scheme_text(entry.scheme)
    yield "unit", entry.unit
    yield "year", entry.year
    yield "verdict", outcome_text(entry)


def _case(suite: ET.Element, code: str, slug: str) -> ET.Element:
    name = f"{code} {slug}".rstrip()
    return ET.SubElement(suite, "testcase", {"classname": f"{_PROGRAM}.{code[:2]}", "name": name})


def _fill(case: ET.Element, found: Sequence[Finding], skip: str | None, entry: Entry) -> None:
    errors = [f for f in found if f.severity is Severity.ERROR and f.waived is None]
    milder = [finding for finding in found if finding not in errors]
    if errors:
        first = " ".join(legal_text(errors[0].message).split())
        more = f"（等{len(errors)}处）" if len(errors) > 1 else ""
        failure = ET.SubElement(
            case, "failure", {"type": Severity.ERROR.label, "message": first + more}
        )
        failure.text = _lines(errors, entry)
    elif skip is not None and not milder:
        ET.SubElement(case, "skipped", {"message": legal_text(skip)})
    if milder:
        ET.SubElement(case, "system-out").text = _lines(milder, entry)


def _lines(found: Iterable[Finding], entry: Entry) -> str:
    return legal_text("\n".join(_line(finding, entry) for finding in found))


def _line(finding: Finding, entry: Entry) -> str:
    where = place_text(finding.place, entry.sheet)
    remedy = f"；怎么改：{finding.fix}" if finding.fix else ""
    line = f"{finding.severity.label} {where} {finding.message}{remedy}"
    return f"{line}（{waived_text(finding.waived)}）" if finding.waived else line


def _own_failures(report: Report) -> ET.Element:
    """The tool's own crashes: errors, never failures of the data."""
    suite = ET.Element("testsuite", {"name": "perfxl 自身"})
    for failure in report.failures:
        case = _case(suite, failure.code, failure.rule)
        message = f"规则{failure.rule}运行出错"
        error = ET.SubElement(case, "error", {"type": failure.code, "message": message})
        error.text = legal_text(failure.detail)
    _count(suite)
    return suite


def _count(suite: ET.Element) -> None:
    kinds = {"tests": "", "failures": "/failure", "errors": "/error", "skipped": "/skipped"}
    for key, child in kinds.items():
        suite.set(key, str(len(suite.findall(f"testcase{child}"))))
