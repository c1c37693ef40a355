"""The catalogue as a whole: codes, names, pages and cases hang together."""

import inspect
import re
from pathlib import Path

import pytest

from perfxl.rules import base
from perfxl.rules.base import Rule, RuleInfo, Scope
from perfxl.rules.registry import all_rules, catalogue, find_rule, round_rules
from tests.rules.case_file import Case, case_files, read_cases
from tests.rules.judging import verdict_of

HEADINGS = ["检查什么", "依据", "示例：有误", "示例：正确", "如何修改"]
FAMILIES = {
    "FL": "file",
    "ST": "structure",
    "RQ": "required",
    "VL": "value",
    "AR": "arithmetic",
    "SC": "scoring",
    "NR": "narrative",
    "CS": "cross",
    "GR": "grade",
    "BT": "across",
}
RULES = catalogue()
# The rules about files are tested on files, where the reader is.
CASE_RULES = [rule for rule in RULES if rule.family != "FL"]
# The rules over a round have cases of another form: tests/rules/test_round_cases.py.
TABLE_RULES = [rule for rule in all_rules() if rule.family != "FL"]
BY_CODE = {rule.code: rule for rule in RULES}
CASES = [case for path in case_files() for case in read_cases(path)]

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
each_case_rule = pytest.mark.parametrize("rule", CASE_RULES, ids=lambda rule: rule.code)
each_table_rule = pytest.mark.parametrize("rule", TABLE_RULES, ids=lambda rule: rule.code)


def _file(rule: RuleInfo) -> Path:
    return Path(inspect.getfile(rule.body))


def _cases(rule: Rule, *, is_pass: bool) -> list[Case]:
    return [case for case in CASES if case.code == rule.code and case.is_pass is is_pass]


@pytest.mark.parametrize("what", ["code", "slug", "message", "summary"])
def test_catalogue__repeats_nothing(what: str) -> None:
    values = [getattr(rule, what) for rule in RULES]
    assert sorted(set(values)) == sorted(values)


def test_catalogue__is_exactly_the_files_in_the_family_folders() -> None:
    folder = Path(base.__file__).parent
    files = {path.stem for path in folder.glob("*/*.py") if path.stem != "__init__"}
    # FL's codes may share a file, each file still holds at least one rule.
    assert files == {_file(rule).stem for rule in RULES}


def test_rules_of_rounds__are_exactly_those_of_the_family_bt() -> None:
    assert {rule.code for rule in round_rules()} == {r.code for r in RULES if r.family == "BT"}
    assert {rule.scope for rule in round_rules()} == {Scope.ROUND}
    assert Scope.ROUND not in {rule.scope for rule in all_rules()}


def test_cases__belong_to_a_rule_each() -> None:
    names = {f"{rule.code.lower()}_{rule.slug.replace('-', '_')}" for rule in TABLE_RULES}
    assert {path.stem for path in case_files()} == names


@each_rule
def test_code__stands_in_the_folder_of_its_family(rule: RuleInfo) -> None:
    assert re.fullmatch(r"[A-Z]{2}\d{3}", rule.code)
    assert _file(rule).parent.name == FAMILIES[rule.family]


@each_case_rule
def test_file_and_function__are_named_for_code_and_slug(rule: RuleInfo) -> None:
    name = rule.slug.replace("-", "_")
    assert _file(rule).stem == f"{rule.code.lower()}_{name}"
    assert rule.body.__name__ == name


@each_case_rule
def test_page__has_the_headings_in_order(rule: RuleInfo) -> None:
    lines = rule.doc.splitlines()
    assert lines[0]
    assert not lines[0].endswith("。")
    assert [line for line in lines[1:] if line and not line.startswith(" ")] == HEADINGS


@each_case_rule
def test_page__fills_every_heading(rule: RuleInfo) -> None:
    parts = re.split("|".join(f"^{heading}$" for heading in HEADINGS), rule.doc, flags=re.M)
    assert all(part.strip() for part in parts)


@each_rule
def test_basis__is_named(rule: RuleInfo) -> None:
    assert rule.basis
    assert all(basis.title for basis in rule.basis)


@each_rule
def test_wording__ends_without_a_full_stop(rule: RuleInfo) -> None:
    for text in (rule.message, rule.fix):
        assert text
        assert text[-1] not in "。；，"


@each_rule
def test_rule__is_found_by_code_and_slug(rule: RuleInfo) -> None:
    assert find_rule(rule.code.lower()) is rule
    assert find_rule(rule.slug) is rule


@each_table_rule
def test_cases__pass_and_fail(rule: Rule) -> None:
    assert _cases(rule, is_pass=True)
    assert _cases(rule, is_pass=False)


@each_table_rule
def test_rule__fires_in_each_of_its_own_fail_cases(rule: Rule) -> None:
    for case in _cases(rule, is_pass=False):
        assert rule.code in {finding.code for finding in verdict_of(case).findings}, case.id


@each_table_rule
def test_wording__is_filled_in_by_the_rule_own_fail_cases(rule: Rule) -> None:
    for case in _cases(rule, is_pass=False):
        for finding in verdict_of(case).findings:
            for text in (finding.message, finding.fix):
                assert text
                assert not re.search(r"[{}]", text), (finding.code, text)
                assert not re.search(r"“”|(?<!\d)分，差分", text), (finding.code, text)
                assert text[-1] not in "。；，", (finding.code, text)


@each_table_rule
def test_finding__carries_what_the_rule_says(rule: Rule) -> None:
    for case in _cases(rule, is_pass=False):
        own = [f for f in verdict_of(case).findings if f.code == rule.code]
        assert {finding.slug for finding in own} == {rule.slug}
        assert all(finding.basis == rule.basis for finding in own)


def test_known_rules__include_those_that_cases_expect() -> None:
    assert {line.code for case in CASES for line in case.expected} <= set(BY_CODE)
