"""The folder with every mishap: states, choices and sums are found exactly as they are."""

import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.batch import collect as collecting
from perfxl.batch.collection_json import collection_json
from perfxl.batch.model import Collection
from perfxl.batch.pool import Seen
from perfxl.batch.sources import Gathered, gather
from tests.chaos.folder import Chaos, make_chaos
from tests.chaos.run import collected

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def chaos(tmp_path_factory: pytest.TempPathFactory) -> Chaos:
    return make_chaos(tmp_path_factory.mktemp("乱 堆"))


@pytest.fixture(scope="module")
def found(chaos: Chaos) -> Collection:
    return collected(chaos)


def test_chaos_is_what_it_claims__hundreds_of_files_of_every_kind(chaos: Chaos) -> None:
    assert chaos.files > 300
    assert len(chaos.mishaps) == 32
    assert len({one.state for one in chaos.truth.values()}) == 10


def test_states_are_found__every_unit(chaos: Chaos, found: Collection) -> None:
    states = {o.unit.code: (o.state, o.is_late) for o in found.outcomes}
    assert states == {code: (t.state, t.is_late) for code, t in chaos.truth.items()}
    assert [o.unit.code for o in found.outcomes] == [unit.code for unit in chaos.units]


def test_choices_and_sums_are_found__every_unit(chaos: Chaos, found: Collection) -> None:
    points = Decimal(0)
    for outcome in found.outcomes:
        truth, chosen = chaos.truth[outcome.unit.code], outcome.chosen
        assert (chosen is not None) == bool(truth.file), outcome.why
        if chosen is not None:
            assert chosen.shown.endswith(truth.file)
            assert [e.total.computed for e in chosen.entries] == [truth.total]
            points += sum(e.total.computed or 0 for e in chosen.entries)
        assert len(outcome.others) == truth.others
        assert truth.says in outcome.why
    assert points == chaos.points


def test_what_belongs_to_nobody_is_told__with_a_guess(chaos: Chaos, found: Collection) -> None:
    told = {Path(one.member or one.path).name: one.remark for one in found.strangers}
    assert told.keys() == chaos.strangers.keys()
    assert all(says in told[name] for name, says in chaos.strangers.items())
    assert dict(found.passed_over) == dict(chaos.passed_over)


def test_every_file_is_accounted_for__none_twice(chaos: Chaos, found: Collection) -> None:
    shown = [o.chosen.shown for o in found.outcomes if o.chosen]
    shown += [one.shown for o in found.outcomes for one in o.others]
    shown += [one.shown for one in found.strangers]
    assert max(Counter(shown).values()) == 1
    gathered = gather([chaos.root])
    assert {s for s in shown if not s.endswith((".pdf", ".jpg"))} == {
        f"{s.path}!{s.member}" if s.member else str(s.path) for s in gathered.sources
    }
    gathered.close()


def test_two_processes_find_the_same__to_the_last_byte(chaos: Chaos, found: Collection) -> None:
    assert collected(chaos, workers=2) == found


def test_order_of_files_does_not_matter(
    chaos: Chaos, found: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shuffled(paths: list[Path], *, may_be_empty: bool) -> Gathered:
        gathered = gather(paths, may_be_empty=may_be_empty)
        random.Random(7).shuffle(gathered.sources)
        random.Random(7).shuffle(gathered.others)
        return gathered

    monkeypatch.setattr(collecting, "gather", shuffled)
    turned = replace(chaos, issued=chaos.issued[::-1])
    assert collected(turned) == found


def test_killed_in_the_middle__goes_on_and_ends_with_the_same(
    tmp_path: Path, found: Collection, chaos: Chaos
) -> None:
    command = [sys.executable, "-m", "tests.chaos.run", str(tmp_path), "2", "40"]
    with subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"stopped\n"
        run.kill()
    again, seen = make_chaos(tmp_path), list[Seen]()
    resumed = collected(again, workers=2, caches=True, seen=seen)
    cached = sum(one.is_cached for one in seen)
    assert 40 <= cached < len(seen)
    whole = collection_json(found).replace(str(chaos.root.parent), str(tmp_path))
    assert collection_json(resumed) == whole
    seen.clear()
    assert collected(again, caches=True, seen=seen) == resumed
    assert sum(not one.is_cached for one in seen) == sum(not one.sha256 for one in seen) == 0
