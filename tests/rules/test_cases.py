"""Every case of every rule, with all rules on: exactly what it expects is found, nothing else."""

import pytest

from tests.rules.case_file import Case, case_files, read_cases
from tests.rules.judging import shown, verdict_of

CASES = [case for path in case_files() for case in read_cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_findings__are_exactly_those_expected(case: Case) -> None:
    verdict = verdict_of(case)
    assert not verdict.failures
    held_to = {(line.code, line.cell) for line in case.expected if line.severity or line.cause}
    found = [
        line if line[:2] in held_to else (*line[:2], "", "")
        for line in (shown(finding, case) for finding in verdict.findings)
    ]
    wanted = [(line.code, line.cell, line.severity, line.cause) for line in case.expected]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_own_rule__fires_in_fail_cases_only(case: Case) -> None:
    assert (case.code in {line.code for line in case.expected}) is not case.is_pass
