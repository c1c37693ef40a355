"""The folder with every mishap, summed up: exactly what is true, at once or by districts."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.batch.dashboard.page import dashboard_html
from perfxl.batch.model import Collection
from perfxl.batch.summary.account import account_table
from perfxl.batch.summary.rollup import read_summary, rolled_up
from perfxl.batch.summary.scores import scores_table
from perfxl.batch.summary.workbook import summary_tables, summary_workbook
from tests.chaos.folder import Chaos, make_chaos
from tests.chaos.run import collected


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
