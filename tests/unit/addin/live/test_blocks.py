from types import SimpleNamespace

import pytest

from perfxl.addin.live.blocks import (
    BLOCK,
    area_of,
    filled_blocks,
    lines_where,
    rows_of,
    uniform_groups,
)
from perfxl.model.address import MAX_COLUMN, MAX_ROW, Area


def test_whole_sheet_in_use__is_read_only_where_something_is() -> None:
    filled = {(1, 1), (900, 5), (MAX_ROW, MAX_COLUMN)}
    asked = []

    def count(area: Area) -> int:
        asked.append(area)
        return sum(area.contains(*spot) for spot in filled)

    blocks = list(filled_blocks(Area(1, 1, MAX_ROW, MAX_COLUMN), count))
    assert all(sum(area.contains(*spot) for area in blocks) == 1 for spot in filled)
    sizes = [(a.bottom - a.top + 1) * (a.right - a.left + 1) for a in blocks]
    assert max(sizes) <= BLOCK
    assert len(blocks) <= len(filled)
    assert len(asked) < 200


def test_empty_sheet__has_no_blocks() -> None:
    assert list(filled_blocks(Area(1, 1, 50, 50), lambda _: 0)) == []


def test_uniform_cells__are_asked_about_once() -> None:
    asked = []

    def ask(area: Area) -> str:
        asked.append(area)
        return "all"

    spots = [(row, column) for row in range(1, 9) for column in range(1, 5)]
    assert list(uniform_groups(spots, ask)) == [(spots, "all")]
    assert asked == [Area(1, 1, 8, 4)]


def test_mixed_cells__are_divided_until_alike() -> None:
    spots = [(row, column) for row in range(1, 9) for column in range(1, 9)]
    looks = {spot: "red" if spot == (5, 3) else "plain" for spot in spots}

    def ask(area: Area) -> str | None:
        found = {look for spot, look in looks.items() if area.contains(*spot)}
        return found.pop() if len(found) == 1 else None

    told = {spot: look for group, look in uniform_groups(spots, ask) for spot in group}
    assert told == looks


def test_single_mixed_cell__is_given_without_an_answer() -> None:
    assert list(uniform_groups([(3, 4)], lambda _: None)) == [([(3, 4)], None)]


def test_lines__are_found_by_halving() -> None:
    hidden = {4, 5, 90}

    def ask(first: int, last: int) -> bool | None:
        found = {line in hidden for line in range(first, last + 1)}
        return found.pop() if len(found) == 1 else None

    assert set(lines_where(1, 100, ask)) == hidden


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("$B$3:$D$9", Area(3, 2, 9, 4)),
        ("$A$1", Area(1, 1, 1, 1)),
        ("$2:$5", Area(2, 1, 5, MAX_COLUMN)),
        ("$B:$C", Area(1, 2, MAX_ROW, 3)),
        ("$A$1:$B$2,$D$4", Area(1, 1, 2, 2)),
    ],
)
def test_address__is_read_as_an_area(address: str, area: Area) -> None:
    assert area_of(SimpleNamespace(Address=address)) == area


def test_single_cell__is_a_block_of_one() -> None:
    assert rows_of(5.0, Area(2, 2, 2, 2)) == ((5.0,),)
    assert rows_of(((1.0, 2.0),), Area(1, 1, 1, 2)) == ((1.0, 2.0),)
