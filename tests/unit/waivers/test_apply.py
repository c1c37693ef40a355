from datetime import date, timedelta
from typing import Any

import pytest

from perfxl.model.address import Place
from perfxl.model.finding import Finding
from perfxl.waivers.apply import Fate, Waived, apply_waivers
from perfxl.waivers.filed import FiledWaiver
from tests.unit.waivers.records import LAST_DAY, filed, finding

FILE = "/收/2024/区卫健局.xlsx"


def applied(
    findings: list[Finding],
    *waivers: FiledWaiver,
    file: str = FILE,
    unit: str = "区卫生健康局",
    codes: frozenset[str] = frozenset(("AR102",)),
    as_of: date = LAST_DAY,
) -> Waived:
    return apply_waivers(findings, waivers, file=file, unit=unit, codes=codes, as_of=as_of)


def fates(waived: Waived) -> list[Fate]:
    return [use.fate for use in waived.uses]


def test_finding_is_waived__rule_place_and_value_agree() -> None:
    waived = applied([finding()], filed())

    assert waived.findings[0].waived == filed().waiver
    assert fates(waived) == [Fate.USED]


@pytest.mark.parametrize("value", ["5", "5.00", "５", " 5 "])
def test_value_is_the_same__however_the_number_is_written(value: str) -> None:
    assert fates(applied([finding("5")], filed(value=value))) == [Fate.USED]


@pytest.mark.parametrize(("then", "now"), [("5", "6"), ("", "0"), ("0", ""), ("95%", "0.95")])
def test_waiver_is_void__another_value(then: str, now: str) -> None:
    waived = applied([finding(now)], filed(value=then))

    assert waived.findings[0].waived is None
    assert [(use.fate, use.found) for use in waived.uses] == [(Fate.VOID, now)]


def test_blank_is_waived__as_blank() -> None:
    assert fates(applied([finding("")], filed(value=""))) == [Fate.USED]


def test_last_day_counts__the_next_does_not() -> None:
    assert applied([finding()], filed(), as_of=LAST_DAY).findings[0].waived
    after = applied([finding()], filed(), as_of=LAST_DAY + timedelta(days=1))
    assert after.findings[0].waived is None
    assert fates(after) == [Fate.EXPIRED]


@pytest.mark.parametrize(
    "other",
    [
        finding(code="AR103"),
        finding(place=Place("自评表", "I8")),
        finding(place=Place("表二", "I7")),
        finding(place=Place("", "")),
    ],
)
def test_other_findings_stand__and_the_waiver_is_unused(other: Finding) -> None:
    waived = applied([other], filed())

    assert waived.findings == (other,)
    assert fates(waived) == [Fate.UNUSED]


def test_finding_about_the_file_is_waived__without_a_place() -> None:
    nowhere = Place("", "")
    macros = finding("", "FL201", nowhere)
    waiver = filed(rule="FL201", place=nowhere, value="")

    assert applied([macros], waiver, codes=frozenset(("FL201",))).findings[0].waived


@pytest.mark.parametrize(
    ("file", "is_meant"),
    [
        ("区卫健局.xlsx", True),
        ("2024/区卫健局.xlsx", True),
        ("2024\\区卫健局.xlsx", True),
        ("./区卫健局.xlsx", True),
        ("卫健局.xlsx", False),
        ("2023/区卫健局.xlsx", False),
        ("2024", False),
    ],
)
def test_file_is_meant__by_the_end_of_its_path(file: str, is_meant: bool) -> None:
    waived = applied([finding()], filed(file=file))

    assert bool(waived.findings[0].waived) is is_meant
    assert bool(waived.uses) is is_meant


@pytest.mark.parametrize(
    ("changes", "is_meant"),
    [
        ({"file": "", "unit": "区卫生健康局"}, True),
        ({"file": "", "unit": " 区卫生健康局 "}, True),
        ({"file": "", "unit": "区教育局"}, False),
        ({"unit": "区卫生健康局"}, True),
        ({"unit": "区教育局"}, False),
    ],
)
def test_unit_is_meant__as_the_form_names_it(changes: dict[str, Any], is_meant: bool) -> None:
    assert bool(applied([finding()], filed(**changes)).findings[0].waived) is is_meant


def test_waiver_of_a_rule_that_did_not_run__is_not_called_unused() -> None:
    assert applied([], filed(), codes=frozenset(("ST101",))).uses == ()


def test_expired_waiver_leaves_room__for_one_that_holds() -> None:
    old = filed(waiver=filed().waiver.__class__("旧", "某科", date(2023, 1, 1)))
    waived = applied([finding()], old, filed())

    assert waived.findings[0].waived == filed().waiver
    assert fates(waived) == [Fate.EXPIRED, Fate.USED]
