"""The folder with every mishap, summed up: exactly what is true, at once or by districts."""

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perfxl.batch.collect import collect
from perfxl.batch.dashboard.page import dashboard_html
from perfxl.batch.model import Collection
from perfxl.batch.summary.account import account_table
from perfxl.batch.summary.rollup import read_summary, rolled_up
from perfxl.batch.summary.scores import scores_table
from perfxl.batch.summary.slim import slim
from perfxl.batch.summary.workbook import summary_tables, summary_workbook
from perfxl.cli.collect_outputs import read_below, with_summaries
from tests.chaos.folder import Chaos, make_chaos
from tests.chaos.run import OPTIONS, collected, drive_of


@pytest.fixture(scope="module")
def chaos(tmp_path_factory: pytest.TempPathFactory) -> Chaos:
    return make_chaos(tmp_path_factory.mktemp("乱"))


@pytest.fixture(scope="module")
def found(chaos: Chaos) -> Collection:
    return collected(chaos)


def test_sums__are_the_true_ones_and_absent_units_are_blank(
    chaos: Chaos, found: Collection
) -> None:
    table = scores_table(found)
    scores = dict(zip(table.values("单位代码"), table.values("各项相加"), strict=True))
    truth = {code: one.total if one.file else None for code, one in chaos.truth.items()}
    assert scores == truth
    assert sum((s for s in scores.values() if isinstance(s, Decimal)), Decimal(0)) == chaos.points


def test_account__covers_every_unit(chaos: Chaos, found: Collection) -> None:
    table = account_table(found)
    lines = list(zip(table.values("类别"), table.values("项目"), strict=True))
    told = {str(item).split()[0] for kind, item in lines if kind == "没有计入的单位"}
    assert told == {code for code, one in chaos.truth.items() if not one.file}


def test_city_of_districts__equals_city_of_files(found: Collection, tmp_path: Path) -> None:
    districts = list(dict.fromkeys(o.unit.district for o in found.outcomes))
    assert len(districts) > 1
    parts = []
    for number, district in enumerate(districts):
        is_first = number == 0
        part = replace(
            found,
            outcomes=tuple(o for o in found.outcomes if o.unit.district == district),
            strangers=found.strangers if is_first else (),
            passed_over=found.passed_over if is_first else (),
            failures=found.failures if is_first else (),
        )
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(summary_workbook(part))
        parts.append(read_summary(path))
    city = rolled_up(parts, [outcome.unit for outcome in found.outcomes])
    assert summary_tables(city.collection) == summary_tables(found)
    assert summary_workbook(city.collection) == summary_workbook(found)
    assert dashboard_html(city.collection) == dashboard_html(found)


BUREAUS = {"一": ("甲区", "乙区"), "二": ("丙区", "丁区"), "三": ("戊县",)}


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Chaos:
    """The folder again, a folder within it for each of three bureaus."""
    chaos = make_chaos(tmp_path_factory.mktemp("三处"))
    for bureau, districts in BUREAUS.items():
        there = [path for path in chaos.root.iterdir() if path.stem in districts]
        (chaos.root / bureau).mkdir()
        for path in there:
            path.rename(chaos.root / bureau / path.name)
    return chaos


@pytest.fixture(scope="module")
def whole(handed_in: Chaos) -> Collection:
    return collected(handed_in)


def collected_by(bureau: str, chaos: Chaos) -> Collection:
    """What a bureau collects, by the city's ledger."""
    return collect([chaos.root / bureau], drive_of(chaos), OPTIONS, workers=1)


@pytest.fixture(scope="module")
def summaries(handed_in: Chaos, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("上报")
    for bureau in BUREAUS:
        data = summary_workbook(collected_by(bureau, handed_in), folder=folder)
        (folder / f"{bureau}.xlsx").write_bytes(data)
    return [folder / f"{bureau}.xlsx" for bureau in BUREAUS]


def shown(collection: Collection) -> dict[str, list[list[object]]]:
    """Every visible sheet's values, as another program reads them."""
    book = openpyxl.load_workbook(io.BytesIO(summary_workbook(collection)))
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in book
        if sheet.sheet_state == "visible"
    }


def test_city__from_three_bureaus_equals_city_from_all_files(
    handed_in: Chaos, whole: Collection, summaries: list[Path]
) -> None:
    city = rolled_up([read_summary(path) for path in summaries], handed_in.units)
    assert city.collection == slim(whole)
    assert shown(city.collection) == shown(whole)
    assert dashboard_html(city.collection) == dashboard_html(whole)
    table = scores_table(city.collection)
    scores = (score for score in table.values("各项相加") if isinstance(score, Decimal))
    assert sum(scores, Decimal(0)) == handed_in.points


def test_city__from_two_summaries_and_one_bureaus_files_is_the_same(
    handed_in: Chaos, whole: Collection, summaries: list[Path]
) -> None:
    first, second, _ = summaries
    own = collected_by("三", handed_in)
    city, reviews = with_summaries(own, read_below([first, second]), handed_in.units)
    assert reviews == ()
    assert slim(city) == slim(whole)
