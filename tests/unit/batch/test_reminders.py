"""催报名单."""

from dataclasses import replace
from datetime import date

from perfxl.batch.model import Collection, ReturnState, Round, Unit, UnitOutcome
from perfxl.batch.reminders import reminders

ROUND = Round(
    2024, "某财〔2025〕1号", "关于开展绩效自评的通知", date(2025, 3, 31), office="绩效科",
    contact="联系员",
)  # fmt: skip


def outcome(code: str, district: str, state: ReturnState, contact: str = "") -> UnitOutcome:
    return UnitOutcome(Unit(code, f"{code}局", district, contact=contact), state)


OUTCOMES = (
    outcome("甲", "东区", ReturnState.MISSING, "老王"),
    outcome("乙", "西区", ReturnState.SCAN_ONLY),
    outcome("丙", "东区", ReturnState.UNREADABLE),
    outcome("丁", "西区", ReturnState.LATE, "不应出现"),
    outcome("戊", "北区", ReturnState.EXEMPT),
    outcome("己", "北区", ReturnState.UNDECIDED),
)


def test_reminders__by_district_with_contact_and_what_to_do() -> None:
    told = reminders(Collection(ROUND, "", date(2025, 4, 3), OUTCOMES))
    east, west = told.split("\n\n")
    assert east.splitlines() == [
        "【东区】",
        "各位同事好：按《关于开展绩效自评的通知》（某财〔2025〕1号），2024年度部门整体支出绩效自评表"
        "应于3月31日前报送，截至4月3日，以下2家还请尽快办理：",
        "1. 甲局（老王）：尚未收到",
        "2. 丙局：收到的文件打不开或没有自评表，请重新发送",
        "已经报送的请告知，以便核对。联系：绩效科 联系员。谢谢！",
    ]
    assert "1. 乙局：只收到扫描件" in west
    assert "不应出现" not in told


def test_reminders__gentler_before_the_day_and_short_without_a_round() -> None:
    assert "请于3月31日前报送" in reminders(Collection(ROUND, "", date(2025, 3, 31), OUTCOMES))
    told = reminders(Collection(None, "", date(2025, 4, 3), OUTCOMES))
    assert "自评表，截至4月3日，以下" in told
    assert reminders(Collection(None, "", date(2025, 4, 3), OUTCOMES[3:])) == ""


def test_reminders__unit_whose_file_nobody_could_place_is_told_to_the_bureau_alone() -> None:
    first, *rest = OUTCOMES
    unsure = replace(first, likely=("回收/谁的.xlsx", "回收/b.zip!表.xlsx"))
    told = reminders(Collection(ROUND, "", date(2025, 4, 3), (unsure, *rest)))
    head, east, west = told.split("\n\n")
    assert head.splitlines() == [
        "【请先核对，这一段不要发出】以下1家可能已经报了，没有列入下面的催报；"
        "核对后在回收登记里写明文件是哪家的，再收一次：",
        "1. 甲局（东区）：可能是回收/谁的.xlsx、回收/b.zip!表.xlsx",
    ]
    assert "以下1家" in east
    assert "甲局" not in east + west
    only = reminders(Collection(ROUND, "", date(2025, 4, 3), (unsure,)))
    assert only == head


def test_reminders__unit_that_filed_is_not_told_of_again() -> None:
    filed = replace(OUTCOMES[3], likely=("回收/谁的.xlsx",))
    assert reminders(Collection(ROUND, "", date(2025, 4, 3), (filed,))) == ""
