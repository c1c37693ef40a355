"""The locator against the truth of real-shaped forms, cell by cell."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from perfxl.model.form import SelfEvaluationForm
from perfxl.reader.recalculate import recalculate
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.scheme.find import scheme_vocabulary
from tests.forms import guangzhou, shenzhen
from tests.forms.expected import Expected, expected
from tests.forms.good import good_forms
from tests.forms.mutate import Draft


def drafts() -> Iterator[tuple[str, Draft]]:
    for variant in guangzhou.VARIANTS:
        yield f"guangzhou-{variant}", guangzhou.form(variant)
    for variant in shenzhen.VARIANTS:
        yield f"shenzhen-{variant}", shenzhen.form(variant)
    for draft in good_forms(1):
        yield draft.variant, draft


def squeezed(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("".join(name.split()) for name in path)


def read(draft: Draft, path: Path) -> SelfEvaluationForm:
    draft.build(path)
    book = read_book(path)
    recalculate(book)
    (form,) = read_return(book, scheme_vocabulary()).forms
    return form


@pytest.mark.parametrize("draft", [pytest.param(d, id=name) for name, d in drafts()])
def test_every_cell_is_found__whatever_the_layout(draft: Draft, tmp_path: Path) -> None:
    form, truth = read(draft, tmp_path / "a.xlsx"), expected(draft)
    assert form.sheet == truth.sheet
    assert leaves_of(form) == truth_of(truth)
    assert [squeezed(group.path) for group in form.groups()] == [
        squeezed(group.path) for group in truth.groups
    ]
    stated = [g.subtotal.place.cell if g.subtotal else None for g in form.groups()]
    assert stated == [group.subtotal_cell for group in truth.groups]
    assert form.total is not None
    assert (form.total.score.value, form.total.score.place.cell) == (
        truth.total if truth.total is not None else truth.sum_of_scores,
        truth.total_cell,
    )
    assert (form.grade.place.cell if form.grade else None) == truth.grade_cell


def test_targets_as_printed__stand_under_what_they_belong_to(tmp_path: Path) -> None:
    """Two rows slid; their first-level label is in the wrong column, or gone with the page."""
    draft = shenzhen.form("as_printed")
    draft.build(tmp_path / "a.xlsx")
    (table,) = read_return(read_book(tmp_path / "a.xlsx"), scheme_vocabulary()).target_tables
    found = {target.path[:2]: target for target in table.targets}
    assert [path for path in found if path[1] in ("经济效益指标", "社会效益指标")] == [
        ("效益指标", "经济效益指标"),
        ("效益指标", "社会效益指标"),
    ]
    slid = found["效益指标", "经济效益指标"]
    assert (slid.target_value.place.cell, slid.actual_value.value) == ("F27", "")
    assert {path[0] for path in found} == {"产出指标", "效益指标", "满意度指标"}


def leaves_of(form: SelfEvaluationForm) -> list[tuple[object, ...]]:
    return [
        (
            squeezed(leaf.path),
            leaf.is_nameless,
            leaf.max_score.value if leaf.max_score else None,
            leaf.max_score.place.cell if leaf.max_score else None,
            leaf.score.value,
            leaf.score.place.cell,
            leaf.shortfall_reason.value if leaf.shortfall_reason else None,
        )
        for leaf in form.leaves()
    ]


def truth_of(truth: Expected) -> list[tuple[object, ...]]:
    return [
        (
            squeezed(leaf.path),
            leaf.is_nameless,
            leaf.cap,
            leaf.cap_cell,
            leaf.score,
            leaf.cell,
            None if leaf.reason_cell is None else leaf.reason or "",
        )
        for leaf in truth.leaves
    ]
