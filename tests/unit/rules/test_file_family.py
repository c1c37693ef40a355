"""Family FL: each rule reports the reader's remarks of its own code and nothing else."""

import pytest

from perfxl.model.address import Place
from perfxl.model.cells import Remark
from perfxl.model.finding import Severity
from perfxl.model.form import Return
from perfxl.rules.base import Hit, Rule, Subject
from perfxl.rules.registry import all_rules

FAMILY = [rule for rule in all_rules() if rule.family == "FL"]
SUBJECT = Subject(
    Return(), tuple(Remark(rule.code, rule.code, Place("表", "A1")) for rule in FAMILY)
)


@pytest.mark.parametrize("rule", FAMILY, ids=lambda rule: rule.code)
def test_remark_becomes_a_hit__of_its_own_rule(rule: Rule) -> None:
    """At the remark's place, with its detail; without a table the rule runs too."""
    hits = [hit for hit in rule.body(SUBJECT) if isinstance(hit, Hit)]
    assert [(hit.place, hit.params) for hit in hits] == [(Place("表", "A1"), {"detail": rule.code})]
    assert rule.needs == ()
    assert rule.code in rule.message.format(detail=rule.code)


@pytest.mark.parametrize("rule", FAMILY, ids=lambda rule: rule.code)
def test_severity_follows_the_number(rule: Rule) -> None:
    """A refusal is an error; what was read with a remark is not."""
    expected = Severity.NOTICE
    if rule.code.startswith("FL1"):
        expected = Severity.ERROR
    elif rule.code in ("FL207", "FL209", "FL212", "FL214"):
        expected = Severity.VERIFY
    assert rule.severity is expected


def test_nothing_is_reported__without_remarks() -> None:
    """Silence where there is nothing to say."""
    assert not [hit for rule in FAMILY for hit in rule.body(Subject(Return()))]
