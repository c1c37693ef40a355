"""A form that is only begun has no grade yet, in its own formula and in the check."""

from pathlib import Path

import pytest

from perfxl.engine.selection import select_rules
from perfxl.model.grade import Grade
from perfxl.pipeline import Options, check_file
from perfxl.pipeline.filling import fill_file
from tests.forms.complete import complete
from tests.forms.template import Entries, filled, plan_of, spot

OPTIONS = Options(select_rules())
NATIONAL, DISTRICT = "national-project-2020", "hunan-district-2022"


def begun(scheme: str) -> Entries:
    """All filled but for the rows that units make up."""
    plan = plan_of(scheme)
    entries = complete(plan)
    for leaf in plan.score.leaves:
        if leaf.indicator is None or leaf.indicator.max_score is None:
            name = () if leaf.indicator else (leaf.name,)
            cells = (*name, leaf.cap, leaf.score, *leaf.texts.values())
            entries |= {spot(cell): None for cell in cells}
    return entries


@pytest.mark.parametrize("scheme", [NATIONAL, DISTRICT])
def test_grade__own_rows_not_begun__is_open(scheme: str, tmp_path: Path) -> None:
    path = filled(scheme, begun(scheme), tmp_path / "表.xlsx")
    (entry,) = check_file(path, OPTIONS).entries
    assert entry.total.computed is not None
    assert (entry.grade.stated, entry.grade.computed) == (None, None)
    assert "RQ103" in {finding.code for finding in entry.findings}


@pytest.mark.parametrize("overwrite", [False, True])
def test_grade__own_rows_not_begun__keeps_its_formula_when_filled(
    overwrite: bool, tmp_path: Path
) -> None:
    path = filled(NATIONAL, begun(NATIONAL), tmp_path / "表.xlsx")
    assert fill_file(path, [], OPTIONS, overwrite=overwrite).formulas == []


def test_grade__one_score_blank__keeps_its_formula_when_filled(tmp_path: Path) -> None:
    plan = plan_of("shenzhen-2023")
    typed = next(leaf for leaf in plan.score.leaves if not leaf.is_live)
    entries = complete(plan) | {spot(typed.score): None}
    path = filled("shenzhen-2023", entries, tmp_path / "表.xlsx")
    assert fill_file(path, [], OPTIONS).formulas == []


@pytest.mark.parametrize("scheme", [NATIONAL, DISTRICT])
def test_grade__form_complete__is_there(scheme: str, tmp_path: Path) -> None:
    path = filled(scheme, complete(plan_of(scheme)), tmp_path / "表.xlsx")
    (entry,) = check_file(path, OPTIONS).entries
    assert (entry.grade.stated, entry.grade.computed) == (Grade.EXCELLENT, Grade.EXCELLENT)
