"""The national project form in nine wordings, read cell by cell and judged."""

from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.engine.selection import select_rules
from perfxl.model.form import Return, SelfEvaluationForm
from perfxl.model.report import Entry
from perfxl.pipeline import Options, check_file
from perfxl.reader.recalculate import recalculate
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.scheme.find import scheme_vocabulary
from tests.forms import national
from tests.forms.figures import Leaf
from tests.forms.mutate import Draft

OPTIONS = Options(select_rules())
RATE = national.RATE
FUNDED = sorted(name for name, kind in national.WORDINGS.items() if kind.funds)
CAPLESS = {"hubei"}  # no 分值 column: leaves have no caps

each_wording = pytest.mark.parametrize("wording", sorted(national.WORDINGS))
each_funded = pytest.mark.parametrize("wording", FUNDED)


def read(draft: Draft, path: Path) -> tuple[Return, SelfEvaluationForm]:
    draft.build(path)
    book = read_book(path)
    recalculate(book)
    returned = read_return(book, scheme_vocabulary())
    (form,) = returned.forms
    return returned, form


def check(draft: Draft, path: Path) -> Entry:
    checked = check_file(draft.build(path), OPTIONS)
    assert checked.failures == ()
    (entry,) = checked.entries
    return entry


def roots_of(entry: Entry) -> list[tuple[str, str]]:
    return [(f.code, f.place.cell) for f in entry.findings if f.caused_by is None]


def cap_cell(draft: Draft, key: tuple[str, ...]) -> str | None:
    try:
        return draft.cell(key, "cap")
    except KeyError:
        return None


def standing(wording: str, draft: Draft) -> list[tuple[str, str]]:
    """What the wording itself gives to verify: nowhere to say why the rate lost marks."""
    return [("NR103", "A6")] if wording in CAPLESS else []  # the form's corner


def plain_leaf(draft: Draft) -> tuple[tuple[str, ...], Leaf]:
    """An indicator of the table, outside the funds."""
    return next((path, leaf) for path, leaf in draft.leaves() if path != RATE)


@each_wording
@pytest.mark.parametrize("labels", ["merged", "first"])
def test_every_cell_is_found__in_each_wording(wording: str, labels: str, tmp_path: Path) -> None:
    draft = national.form(wording, labels=labels)
    returned, form = read(draft, tmp_path / "a.xlsx")
    truth = [
        (
            tuple(name for name in path if name),
            None if wording in CAPLESS and path != RATE else leaf.cap,
            leaf.score,
            draft.cell(path),
            draft.cell(path, "name"),
        )
        for path, leaf in draft.leaves()
    ]
    assert [
        (
            leaf.path,
            leaf.max_score.value if leaf.max_score else None,
            leaf.score.value,
            leaf.score.place.cell,
            leaf.name.place.cell,
        )
        for leaf in form.leaves()
    ] == truth
    for (path, _), leaf in zip(draft.leaves(), form.leaves(), strict=True):
        cell = cap_cell(draft, path)
        if cell:
            assert leaf.max_score
            assert leaf.max_score.place.cell == cell
    assert form.total
    assert (form.total.score.value, form.total.score.place.cell) == (
        draft.total_score,
        draft.cell("total"),
    )
    assert not form.has_measures_column
    assert returned.unit
    assert returned.unit.value == national.UNIT


@each_wording
def test_caps_in_labels__are_the_groups_caps(wording: str, tmp_path: Path) -> None:
    draft = national.form(wording)
    _, form = read(draft, tmp_path / "a.xlsx")
    caps = {
        root.name.value: (root.max_score.value, root.max_score.place.cell)
        for root in form.roots
        if root.max_score
    }
    assert caps == {
        root.name: (root.cap, draft.cell((root.name,), "name"))
        for root in national.WORDINGS[wording].roots
        if root.label
    }


@each_wording
def test_targets__stand_with_sign_and_unit(wording: str, tmp_path: Path) -> None:
    draft = national.form(wording)
    returned, _ = read(draft, tmp_path / "a.xlsx")
    (table,) = returned.target_tables
    assert [(t.path, t.target_value.value, t.actual_value.value) for t in table.targets] == [
        (tuple(name for name in path if name), leaf.target, leaf.actual)
        for path, leaf in draft.leaves()
        if path != RATE
    ]


@each_funded
def test_funds__rows_and_the_one_that_counts(wording: str, tmp_path: Path) -> None:
    draft, kind = national.form(wording), national.WORDINGS[wording]
    _, form = read(draft, tmp_path / "a.xlsx")
    block = form.fund_block
    assert block
    assert kind.funds
    assert tuple(row.name.value for row in block.rows) == kind.funds.rows
    assert block.total.name.value == kind.funds.rows[0]
    assert block.total.amounts["executed"].value == Decimal(114)
    assert block.total.amounts["budget"].value == Decimal(120)
    assert ("initial_budget" in block.columns) == ("initial" in kind.funds.headings)
    assert block.rate
    assert block.rate.value == Decimal("0.95")
    assert block.rate.place.cell == draft.cell(RATE, "rate")


@pytest.mark.parametrize(
    ("wording", "unit"), [("anhui", "万元"), ("yunnan", "元"), ("sichuan", "")]
)
def test_funds__unit_as_the_label_says(wording: str, unit: str, tmp_path: Path) -> None:
    _, form = read(national.form(wording), tmp_path / "a.xlsx")
    assert form.fund_block
    assert form.fund_block.unit == unit


@pytest.mark.parametrize("wording", ["yunnan", "chongqing", "yinchuan"])
def test_grade__is_read_beside_the_total_and_behind_its_label(wording: str, tmp_path: Path) -> None:
    draft = national.form(wording)
    _, form = read(draft, tmp_path / "a.xlsx")
    assert form.grade
    assert [grade.value for grade in form.grade.stated] == ["优"]
    assert form.grade.place.cell == draft.cell("grade")


@each_wording
def test_good_form__has_no_finding(wording: str, tmp_path: Path) -> None:
    draft = national.form(wording)
    assert roots_of(check(draft, tmp_path / "a.xlsx")) == standing(wording, draft)


@each_wording
def test_score_over_its_cap__is_found_at_its_cell(wording: str, tmp_path: Path) -> None:
    draft = national.form(wording)
    path, leaf = plain_leaf(draft)
    assert isinstance(leaf.cap, Decimal)
    spoilt = draft.with_score(path, leaf.cap + Decimal("0.3"))
    if RATE not in dict(draft.leaves()):  # make room below the full marks
        other = draft.leaves()[-1]
        assert isinstance(other[1].cap, Decimal)
        spoilt = spoilt.with_score(other[0], other[1].cap - 1).with_reason(other[0], "少一项。")
    spoilt = spoilt.with_right_total()
    found = roots_of(check(spoilt, tmp_path / "a.xlsx"))
    over = ("AR102", draft.cell(path))
    if wording in CAPLESS:  # only the group's cap is known, from its label
        over = ("AR103", draft.cell(path[:1], "name"))
    assert found == [*standing(wording, draft), over]


@each_wording
def test_wrong_total__is_found_at_its_cell(wording: str, tmp_path: Path) -> None:
    draft = national.form(wording)
    assert isinstance(draft.total_score, Decimal)
    spoilt = draft.with_total(draft.total_score - Decimal("1.2"))
    found = roots_of(check(spoilt, tmp_path / "a.xlsx"))
    assert found == [*standing(wording, draft), ("AR104", draft.cell("total"))]


@each_funded
def test_rate_over_its_cap__is_found_in_the_funds(wording: str, tmp_path: Path) -> None:
    draft = national.form(wording)
    cap = draft.leaf(RATE).cap
    assert isinstance(cap, Decimal)
    path, leaf = plain_leaf(draft)
    assert isinstance(leaf.cap, Decimal)
    spoilt = draft.with_score(RATE, cap + 1).with_score(path, leaf.cap - 2)
    spoilt = spoilt.with_reason(path, "少培训一批。").with_right_total()
    found = roots_of(check(spoilt, tmp_path / "a.xlsx"))
    assert found == [("AR102", draft.cell(RATE))]


@each_funded
def test_parts_that_repeat_the_score__are_not_added(wording: str, tmp_path: Path) -> None:
    draft = national.form(wording, repeats_parts=True)
    _, form = read(draft, tmp_path / "a.xlsx")
    kind = national.WORDINGS[wording]
    assert kind.funds
    assert sum(leaf.score.value or 0 for leaf in form.leaves()) == draft.total_score
    repeated = [d for d in form.decisions if d.what == "fund-part-scored"]
    assert len(repeated) == (len(kind.funds.rows) > 1)
    found = roots_of(check(draft, tmp_path / "b.xlsx"))
    assert found == standing(wording, draft)


@each_wording
def test_missed_target_with_full_marks__is_told(wording: str, tmp_path: Path) -> None:
    draft = national.form(wording)
    path, leaf = next((p, x) for p, x in draft.leaves() if str(x.target).startswith("≥"))
    spoilt = draft.with_leaf(path, actual="1" + str(leaf.target).lstrip("≥0123456789"))
    entry = check(spoilt, tmp_path / "a.xlsx")
    assert [m.place.cell for m in entry.missed_targets] == [draft.cell(path, "actual")]
    if wording not in CAPLESS:
        # Where the scheme is known, what the method gives is told instead.
        told = {("CS110", draft.cell(path)), ("SC102", draft.cell(path))}
        assert told & set(roots_of(entry))
    lost = spoilt.with_score(path, Decimal(0)).with_reason(path, "疫情期间停办。")
    answered = check(lost.with_right_total(), tmp_path / "b.xlsx")
    assert len(answered.missed_targets) == 1
    if wording not in CAPLESS:
        assert "CS110" not in {code for code, _ in roots_of(answered)}
