"""Good forms are many, different and without a fault; the examples are built ones."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perfxl.model.grade import grade_for
from tests.forms import generic
from tests.forms.examples import TEMPLATES, examples
from tests.forms.expected import expected
from tests.forms.good import good_forms
from tests.forms.mutate import BANDS, Draft
from tests.unit.forms.conftest import Built

GOOD = list(good_forms())


def test_good_forms__are_many_and_different() -> None:
    assert len(GOOD) >= 30
    assert len({draft.variant for draft in GOOD}) == len(GOOD)
    assert len({tuple(leaf.score for _, leaf in draft.leaves()) for draft in GOOD}) == len(GOOD)


def test_good_forms__are_the_same_every_time() -> None:
    again = list(good_forms())
    assert [draft.roots for draft in again] == [draft.roots for draft in GOOD]


@pytest.mark.parametrize("draft", [pytest.param(draft, id=draft.variant) for draft in GOOD])
def test_good_form__is_without_a_fault(draft: Draft) -> None:
    truth = expected(draft)
    for leaf in truth.leaves:
        assert leaf.cap is not None
        assert leaf.score is not None
        assert 0 <= leaf.score <= leaf.cap
        assert leaf.score == round(leaf.score, 2)
        if leaf.score < leaf.cap:
            assert leaf.reason
            assert leaf.action
    assert truth.total == truth.sum_of_scores
    assert grade_for(truth.total, BANDS).value in str(truth.grade_raw)


@pytest.mark.parametrize("flavour", sorted(generic.FLAVOURS))
@pytest.mark.parametrize("variant", generic.VARIANTS)
def test_generic_form__holds_its_figures_where_expected(
    flavour: str, variant: str, built: Built
) -> None:
    draft = generic.form(flavour, variant)
    truth = expected(draft)
    sheet = built(draft)[truth.sheet]
    for leaf in truth.leaves:
        assert sheet[leaf.name_cell].value == leaf.path[-1]
        assert Decimal(str(sheet[leaf.cell].value)) == leaf.score
    assert truth.total == sum(leaf.cap or 0 for leaf in truth.leaves) == truth.total_cap


@pytest.mark.parametrize("path", examples(), ids=str)
def test_example__holds_what_its_builder_builds(path: Path, tmp_path: Path) -> None:
    fresh = load_workbook(examples()[path].build(tmp_path / "fresh.xlsx"))
    kept = load_workbook(TEMPLATES / path)
    assert kept.sheetnames == fresh.sheetnames
    for sheet in fresh:
        assert [[c.value for c in row] for row in kept[sheet.title]] == [
            [c.value for c in row] for row in sheet
        ]
        assert kept[sheet.title].merged_cells == sheet.merged_cells
