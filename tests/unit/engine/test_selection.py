import pytest

from perfxl.engine.selection import (
    default_rules,
    only_of_rounds,
    select_round_rules,
    select_rules,
)
from perfxl.errors import UsageError
from perfxl.rules.registry import all_rules


def codes(select: list[str], ignore: list[str]) -> list[str]:
    return [rule.code for rule in select_rules(select, ignore)]


def test_selection__is_all_but_those_on_trial__when_nothing_is_named() -> None:
    assert select_rules() == default_rules()
    on_trial = {rule.code for rule in all_rules()} - {rule.code for rule in select_rules()}
    assert on_trial == {"CS109", "CS126", "NR107", "NR108"}
    assert codes([], ["AR"]) == [r.code for r in default_rules() if r.family != "AR"]


def test_rule_on_trial__runs_when_named_by_code_prefix_or_slug() -> None:
    assert codes(["NR107"], []) == codes(["same-text-twice"], []) == ["NR107"]
    assert {"NR107", "NR108"} <= set(codes(["NR"], []))


def test_selection__takes_codes_prefixes_and_slugs() -> None:
    assert codes(["AR102", "gr"], []) == ["AR102", "GR101", "GR102", "GR103"]
    assert codes(["score-exceeds-max"], []) == ["AR102"]


def test_selection__ignores_what_is_named() -> None:
    assert codes(["AR10"], ["ar102", "AR104"]) == ["AR101", "AR103", "AR105", "AR108", "AR109"]
    assert "AR102" not in codes([], ["AR102"])


def test_selection__is_empty__when_all_of_it_is_ignored() -> None:
    assert codes(["GR"], ["GR"]) == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [("AR99", "是不是“AR"), ("score-exceed-max", "是不是“score-exceeds-max”？")],
)
def test_unknown_name__is_a_usage_error_with_a_suggestion(name: str, hint: str) -> None:
    with pytest.raises(UsageError) as error:
        select_rules([name])
    assert f"“{name}”" in str(error.value)
    assert hint in str(error.value)


@pytest.mark.parametrize("name", ["", " ", "完全不像"])
def test_unknown_name__lists_the_families__when_nothing_is_close(name: str) -> None:
    with pytest.raises(UsageError, match=r"可用的类别有：.*AR"):
        select_rules([], [name])


def round_codes(select: list[str], ignore: list[str]) -> list[str]:
    return [rule.code for rule in select_round_rules(select, ignore)]


def test_rules_over_rounds__are_selected_apart_from_the_others() -> None:
    assert round_codes([], []) == ["BT101", "BT102", "BT103", "BT104", "BT105"]
    assert round_codes([], ["BT101", "AR"]) == ["BT102", "BT103", "BT104", "BT105"]
    assert round_codes(["bt10", "AR"], ["all-full-marks"]) == ["BT101", "BT102", "BT104", "BT105"]
    assert round_codes(["AR"], []) == []
    assert codes(["BT", "GR101"], ["BT101"]) == ["GR101"]


def test_only_of_rounds__is_so_where_no_other_rule_is_named() -> None:
    assert only_of_rounds(["BT", "reason-copied"])
    assert not only_of_rounds(["BT", "AR"])
    assert not only_of_rounds([])


def test_unknown_name__may_be_near_a_rule_over_rounds() -> None:
    with pytest.raises(UsageError, match="是不是“BT102”"):
        select_rules(["bt-102"])
    with pytest.raises(UsageError, match="是不是“reason-copied”"):
        select_round_rules([], ["reason-copyed"])
