"""What becomes of a unit: versions, days, people's words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from perfxl.batch.deciding import Came, Expected, decide
from perfxl.batch.matching import Directory
from perfxl.batch.model import Issued, Received, ReturnState, Round, Unit, UnitOutcome, UnitState
from perfxl.model.address import Place
from perfxl.model.report import Entry, GradeSummary, LeafScore, Outcome, SchemeRef, TotalSummary
from perfxl.scheme.stamp import Stamp

UNIT = Unit("1", "甲局")
DUE, AGAIN = date(2025, 3, 31), date(2025, 4, 25)
EXPECTED = Expected(date(2025, 5, 1), Round(2024, due=DUE, resubmission_due=AGAIN), {}, "s", "2")
IN_TIME, LATE = date(2025, 3, 31), date(2025, 4, 1)


def came(
    path: str = "a",
    total: str = "90",
    *,
    day: date | None = IN_TIME,
    turn: int = 0,
    year: str = "2024",
    scheme: str = "",
    outcome: Outcome = Outcome.PASS,
    by: str = "register",
) -> Came:
    value = Decimal(total)
    follows = SchemeRef(scheme, "2", "header") if scheme else None
    entry = Entry(
        path, None, "表", "", (), follows, "甲局", year, outcome,
        TotalSummary(value, value, None, None), GradeSummary(None, None),
        (), (), (), (), (),
    )  # fmt: skip
    return Came(Received(path, None, path, "1", "unit", day, by, turn, (entry,)), content=path)


def decided(*files: Came, unit: Unit = UNIT, expected: Expected = EXPECTED) -> UnitOutcome:
    (outcome,) = decide([unit], Directory([unit]), files, expected)
    return outcome


def state(*files: Came, expected: Expected = EXPECTED) -> tuple[ReturnState, bool]:
    outcome = decided(*files, expected=expected)
    return outcome.state, outcome.is_late


def test_day_of_filing__the_first_return_decides() -> None:
    assert state(came(day=IN_TIME)) == (ReturnState.RECEIVED, False)
    assert state(came(day=LATE)) == (ReturnState.LATE, True)
    assert state(came("a", day=IN_TIME), came("b", day=AGAIN, turn=1))[0] is ReturnState.RECEIVED
    assert state(came("a", day=LATE), came("b", day=AGAIN, turn=1))[0] is ReturnState.LATE
    assert state(came("b", day=date(2025, 4, 26), turn=1))[0] is ReturnState.LATE
    assert state(came("b", day=LATE, turn=1))[0] is ReturnState.RECEIVED
    assert state(came(day=None)) == (ReturnState.RECEIVED, False)


def test_due_day_of_the_ledger__wins_over_the_round() -> None:
    line = Issued("1", "甲局", "", "", "", "R", "s", "2", "", IN_TIME, LATE)
    expected = replace(EXPECTED, issued={"1": line})
    assert state(came(day=LATE), expected=expected)[0] is ReturnState.RECEIVED


def test_nothing_came__before_the_day_and_after() -> None:
    assert state() == (ReturnState.MISSING, True)
    on_the_day = replace(EXPECTED, as_of=DUE)
    assert state(expected=on_the_day) == (ReturnState.MISSING, False)
    assert "还没有到期" in decided(expected=on_the_day).why
    assert decided(expected=Expected(DUE, None, {})).why == "没有收到"


def test_what_was_registered_after_the_day_of_account__does_not_count_yet() -> None:
    expected = replace(EXPECTED, as_of=DUE)
    assert state(came(day=LATE), expected=expected)[0] is ReturnState.MISSING
    assert state(came(day=LATE, by="file"), expected=expected)[0] is ReturnState.LATE


@pytest.mark.parametrize(
    ("file", "is_other"),
    [
        (came(), False),
        (came(year=""), False),
        (came(year="2023"), True),
        (came(scheme="s"), False),
        (came(scheme="t"), True),
        (replace(came(), stamp=Stamp("s", "2")), False),
        (replace(came(), stamp=Stamp("s", "1")), True),
        (replace(came(), stamp=Stamp("t", "2")), True),
        (replace(came(scheme="t"), stamp=Stamp("s", "2")), False),  # the stamp knows better
    ],
)
def test_another_version_or_year__does_not_count(file: Came, is_other: bool) -> None:
    wanted = ReturnState.WRONG_VERSION if is_other else ReturnState.RECEIVED
    assert state(file)[0] is wanted
    assert (decided(file).chosen is None) == is_other
    by_hand = decided(replace(file, is_chosen=True))
    assert by_hand.state is ReturnState.RECEIVED
    assert ("版本不符" in by_hand.why) == is_other


def test_choice_beside_a_copy__is_a_choice_of_what_it_copies() -> None:
    first, second = came("a", "90"), came("b", "91")
    copy = replace(came("c", "90", day=LATE), content="a", is_chosen=True)
    outcome = decided(first, second, copy)
    assert outcome.chosen is not None
    assert (outcome.chosen.path, outcome.state) == ("a", ReturnState.RECEIVED)


def test_unreadable_one_beside_a_good_one__is_told_when_newer() -> None:
    broken = came("b", turn=1, outcome=Outcome.UNREADABLE)
    assert "复报1（b）打不开" in decided(came(), broken).why
    assert decided(came(turn=2), broken).why == ""
    assert state(broken)[0] is ReturnState.UNREADABLE


def scored(file: Came, *scores: str) -> Came:
    """The file with these scores, "" for a blank."""
    (entry,) = file.received.entries
    leaves = tuple(
        LeafScore((name,), Place("表", "H1"), Decimal(5), Decimal(name) if name else None)
        for name in scores
    )
    entries = (replace(entry, scores=leaves),)
    return replace(file, received=replace(file.received, entries=entries))


def test_file_that_may_be_its_own__is_told_beside_what_did_not_come() -> None:
    stranger = came("谁的.xlsx")
    stranger = replace(stranger, received=replace(stranger.received, code=""), likely=("1",))
    missing = decided(stranger)
    assert missing.state is ReturnState.MISSING
    assert missing.why.endswith("；认不出的文件里有一份像是本单位的：谁的.xlsx")
    assert missing.likely == ("谁的.xlsx",)
    there = decided(stranger, came())
    assert (there.why, there.likely) == ("", ())


def test_form_sent_back_unfilled__counts_and_is_told() -> None:
    outcome = decided(scored(came(), "", ""))
    assert (outcome.state, outcome.why) == (ReturnState.RECEIVED, "一项得分也没有填")
    assert decided(scored(came(), "", "0")).why == ""


@pytest.mark.parametrize(
    ("unit_state", "wanted"),
    [
        (UnitState.EXEMPT, ReturnState.EXEMPT),
        (UnitState.MERGED, ReturnState.MERGED),
        (UnitState.RENAMED, ReturnState.MERGED),
    ],
)
def test_unit_that_need_not_file__nothing_counts(
    unit_state: UnitState, wanted: ReturnState
) -> None:
    outcome = decided(came(), unit=replace(UNIT, state=unit_state, into="2"))
    assert (outcome.state, outcome.chosen, len(outcome.others)) == (wanted, None, 1)
    assert "另收到1份，没有计入" in outcome.why
