"""Every case of the rules over a round, with all of them on: exactly what it expects is seen."""

import re
from dataclasses import replace
from datetime import date

import pytest

from perfxl.batch.advice.advise import advise
from perfxl.batch.advice.model import Advised
from perfxl.batch.model import Received, ReturnState, Unit, UnitOutcome
from perfxl.batch.summary.counted import Counted
from perfxl.rules.registry import round_rules
from perfxl.rules.sighting import RoundNeed, RoundRule
from tests.rules.round_case_file import RoundCase, read_round_cases, round_case_files

CASES = [case for path in round_case_files() for case in read_round_cases(path)]

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
each_rule = pytest.mark.parametrize("rule", round_rules(), ids=lambda rule: rule.code)


def tables_of(case: RoundCase) -> list[Counted]:
    """What the units of a case filed, units numbered in its order."""
    tables = []
    for number, (name, entry) in enumerate(case.filed.items(), 1):
        unit = Unit(str(number), name)
        file = Received(entry.path, None, "", unit.code, "", date(2025, 3, 1), "", entries=(entry,))
        tables.append(Counted(UnitOutcome(unit, ReturnState.RECEIVED, file), file, entry))
    return tables


def advised(case: RoundCase) -> Advised:
    """The advice on a case, all rules on."""
    return advise(tables_of(case), round_rules())


@each_case
def test_sightings__are_exactly_those_expected(case: RoundCase) -> None:
    told = advised(case)
    assert not told.failures
    seen = []
    for one in told.advice:
        spots = zip(one.units, one.places, strict=True)
        seen.append(" ".join([f"{one.code} @", *(f"{unit}!{at.cell}" for unit, at in spots)]))
    assert seen == case.expected
    if case.skipped:
        assert [one.code for one in told.skipped] == case.skipped


@each_case
def test_own_rule__fires_in_fail_cases_only(case: RoundCase) -> None:
    assert (case.code in {line[:5] for line in case.expected}) is not case.is_pass


@each_rule
def test_rule__has_cases_that_pass_and_fail(rule: RoundRule) -> None:
    assert {case.is_pass for case in CASES if case.code == rule.code} == {True, False}


@each_rule
def test_wording__is_filled_in(rule: RoundRule) -> None:
    told = [one for case in CASES for one in advised(case).advice if one.code == rule.code]
    assert told
    for one in told:
        assert (one.slug, one.title) == (rule.slug, rule.title)
        for text in (one.message, one.fix):
            assert text
            assert not re.search(r"[{}]", text)
            assert text[-1] not in "。；，"


@pytest.mark.parametrize("need", RoundNeed)
def test_need__is_missed_in_some_case(need: RoundNeed) -> None:
    reasons = {one.reason for case in CASES for one in advised(case).skipped}
    assert need.value in reasons


def test_rule_that_crashes__is_a_failure_and_stops_no_other() -> None:
    (full,) = [case for case in CASES if case.id == "BT103::fail 五项都满分"]

    def crash(tables: object) -> object:
        raise ValueError("坏了")

    broken = replace(round_rules()[0], needs=(), body=crash)  # type: ignore[arg-type]
    told = advise(tables_of(full), [broken, *round_rules()[1:]])
    assert [(one.code, one.rule, one.detail) for one in told.failures] == [
        ("PX000", "BT101", "ValueError: 坏了")
    ]
    assert [one.code for one in told.advice] == ["BT103"]
