"""The returns that benchmarks collect: always the same, and right where they should be."""

from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from benchmarks.returns import Made, Returns
from perfxl.engine.selection import select_rules
from perfxl.model.report import Outcome
from perfxl.pipeline import Options
from perfxl.pipeline.returned import check_return

COUNT = 100
OPTIONS = Options(select_rules())


@pytest.fixture(scope="module")
def made() -> list[Made]:
    return list(Returns().make(COUNT))


def test_returns__are_the_same_every_time_and_no_two_files_are_one(made: list[Made]) -> None:
    assert made == list(Returns().make(COUNT))
    assert len({one.file for one in made}) == COUNT


def test_returns__name_their_units_and_are_of_every_kind(made: list[Made]) -> None:
    outcomes: Counter[tuple[str, Outcome]] = Counter()
    for one in made:
        returned = check_return(Path(one.file), None, partial(bytes, one.data), OPTIONS)
        entry = returned.checked.entries[0]
        assert not returned.checked.failures
        if entry.outcome is not Outcome.UNREADABLE:
            named = returned.stamp.unit if returned.stamp else entry.unit
            assert named == one.unit.name
        how = entry.scheme.how if entry.scheme else ""
        outcomes[how, entry.outcome] += 1
    assert outcomes["stamp", Outcome.PASS] > 20
    assert outcomes["stamp", Outcome.FAIL] == 0
    assert outcomes["", Outcome.UNREADABLE] > 0
    for how in ("header", ""):
        assert outcomes[how, Outcome.PASS] > 5
        assert outcomes[how, Outcome.FAIL] > 5
