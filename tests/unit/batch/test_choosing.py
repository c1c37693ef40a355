"""Which of several returns counts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from perfxl.batch.choosing import choose, resubmission_in, set_copies_aside
from perfxl.batch.model import Received
from perfxl.model.report import Entry, GradeSummary, Outcome, TotalSummary

EARLY, LATE = date(2025, 3, 1), date(2025, 3, 9)


def received(
    path: str, total: str = "90", day: date | None = EARLY, turn: int = 0, by: str = "register"
) -> Received:
    value = Decimal(total)
    entry = Entry(
        path, None, "表", "", (), None, "", "", Outcome.PASS,
        TotalSummary(value, value, None, None), GradeSummary(None, None), (), (), (), (), (),
    )  # fmt: skip
    return Received(path, None, path, "1", "unit", day, by, turn, (entry,))


def chosen(*returns: Received, by_hand: tuple[str, ...] = ()) -> tuple[str, str]:
    """The path that counts, "" for none, the same in whatever order; and why."""
    found = {
        (choice.received.path if choice.received else "", choice.why)
        for order in (returns, returns[::-1])
        for choice in [choose(order, by_hand)]
    }
    assert len(found) == 1
    return found.pop()


def test_order__a_person_then_number_then_time() -> None:
    first, second = received("a", "90", LATE), received("b", "80", EARLY, turn=1)
    assert chosen(first, second, by_hand=("a",)) == ("a", "人工选定")
    assert chosen(first, second) == ("b", "有2份，取次数最大的复报1")
    path, why = chosen(first, received("c", "80", EARLY))
    assert (path, "取最晚的2025-03-09" in why) == ("a", True)


def test_file_times__are_doubted_aloud() -> None:
    assert "请核对" in chosen(received("a", "1", LATE, by="file"), received("b", "2"))[1]
    assert "请核对" not in chosen(received("a", "1", LATE), received("b", "2"))[1]


@pytest.mark.parametrize("day", [EARLY, None])
def test_two_totals_without_order__wait_for_a_person(day: date | None) -> None:
    path, why = chosen(received("a", "90", day), received("b", "90.5", day))
    assert path == ""
    assert "90分" in why
    assert "90.5分" in why
    path, _ = chosen(received("a", "90", day), received("b", "90.0", day))
    assert path == "a"


def test_one_without_a_day__breaks_the_order() -> None:
    assert chosen(received("a", "90", LATE), received("b", "91", None))[0] == ""


def test_two_chosen_by_hand__count_neither() -> None:
    path, why = chosen(received("a"), received("b"), by_hand=("a", "b"))
    assert (path, "请留一份" in why) == ("", True)


def test_equal_totals_without_order__the_one_with_answers() -> None:
    assert chosen(received("a"), replace(received("b"), answers=2))[0] == "b"


def test_same_content__is_a_copy_of_what_came_first() -> None:
    one, two, other = received("b", day=EARLY), received("a", day=LATE), received("c", turn=1)
    content = {"a": "x", "b": "x", "c": "x"}
    kept, copies = set_copies_aside([two, other, one], content)
    assert [r.path for r in kept] == ["b", "c"]  # a 复报 that changed nothing is still one
    assert [(r.path, r.is_copy_of) for r in copies] == [("a", "b")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("初报", 0), ("复报", 1), ("复报1", 1), ("复报2", 2), ("复报（二）", 2), ("第3次复报", 3),
        ("第三次复报", 3), ("复报第2次", 2), ("自评表复报 (2)", 1), ("复报20250415", 1),
        ("复报4月", 1), ("复报2 (1)", 2), ("自评表", None), ("复报１", 1), ("", None),
    ],
)  # fmt: skip
def test_number_of_a_resubmission__read_from_a_name(text: str, number: int | None) -> None:
    assert resubmission_in(text) == number
