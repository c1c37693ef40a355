import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.engine.selection import select_rules
from perfxl.model.address import to_a1
from perfxl.pipeline import Options, check_file
from perfxl.pipeline.forms import new_form
from perfxl.reader.recalculate import recalculate
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.scheme.find import scheme_folder, scheme_folders, scheme_vocabulary
from perfxl.scheme.stamp import read_stamp
from perfxl.writer.template.form import draw_form, fingerprint
from perfxl.writer.template.grid import Formula
from tests.equivalence.recalculated import agree, recalculated
from tests.forms.complete import complete
from tests.forms.template import (
    UNIT,
    Entries,
    city_entries,
    district_entries,
    filled,
    form_of,
    opened,
    plan_of,
    spot,
)
from tests.office.session import Office

SCHEMES = [folder.name for folder in scheme_folders()]
FILLED = {
    "guangzhou-2022": (city_entries, "94.49"),
    "shenzhen-2023": (district_entries, "91.70"),
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_form_in_the_folder_is_what_the_scheme_builds(scheme: str) -> None:
    kept = (scheme_folder(scheme) / "form.xlsx").read_bytes()
    assert kept == new_form(scheme_folder(scheme)), f"perfxl scheme build {scheme}"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_form_is_read_as_its_scheme__blank(scheme: str) -> None:
    book = read_book(form_of(scheme))
    recalculate(book)
    returned = read_return(book, scheme_vocabulary())
    plan = plan_of(scheme)
    stamp = read_stamp(book.names, book.properties)
    assert stamp
    assert (stamp.scheme_id, stamp.version) == (scheme, plan.scheme.version)
    assert stamp.unit == UNIT
    assert not book.remarks  # every formula is computed, and stored as what it gives
    (form,) = returned.forms
    caps = [leaf.max_score.value if leaf.max_score else None for leaf in form.leaves()]
    printed = [leaf.max_score for leaf in plan.scheme.leaves()]
    assert caps[: len(printed)] == printed or any(g.custom for g in plan.scheme.groups())
    assert form.total
    assert form.total.score.place.cell == spot(plan.score.total)[1]
    assert form.total.score.formula


@pytest.mark.parametrize("scheme", SCHEMES)
def test_check_of_a_blank_form_says_what_is_to_be_filled(scheme: str, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(form_of(scheme))
    (entry,) = check_file(path, Options(select_rules((), ()))).entries
    assert entry.scheme
    assert (entry.scheme.id, entry.scheme.how) == (scheme, "stamp")
    codes = [finding.code for finding in entry.findings]
    assert "RQ101" in codes
    assert set(codes) <= {"RQ101", "RQ102", "RQ103", "RQ104", "AR101"}
    assert len(codes) == len(set(codes))  # each thing that is to be done is said once


@pytest.mark.parametrize(("last", "told"), [(10, []), (9, ["AR101"])])
def test_headings_over_own_rows_add_their_caps_up(
    last: int, told: list[str], tmp_path: Path
) -> None:
    plan = plan_of("hunan-district-2022")
    entries = complete(plan)
    own = [leaf for leaf in plan.score.leaves if leaf.custom]
    entries = {at: v for at, v in entries.items() if at not in {spot(x.name) for x in own}}
    for leaf in own:
        for cell in (leaf.name, leaf.cap, leaf.score, *leaf.texts.values()):
            entries.pop(spot(cell), None)
    for part, cap in zip(plan.score.parts, (40, 20, last), strict=True):
        row = next(leaf for leaf in own if leaf.row == part.first)
        values = {"target_value": 10, "actual_value": 10, "target_sign": "≥", "target_unit": "个"}
        entries |= {spot(row.name): f"成果{part.first}", spot(row.cap): cap, spot(row.score): cap}
        entries |= {spot(row.texts[role]): v for role, v in values.items() if role in row.texts}
    path = filled("hunan-district-2022", entries, tmp_path / "表.xlsx")
    book = read_book(path)
    recalculate(book)
    cells = {sheet.name: sheet.cells for sheet in book.sheets}[plan.score.sheet]
    column = plan.score.column("max_score", 2)
    assert column
    sums = [cells[part.first, column].raw for part in plan.score.parts]
    assert sums == ["40", "20", str(last)]
    (entry,) = check_file(path, Options(select_rules((), ()))).entries
    assert [f.code for f in entry.findings if f.code in ("AR101", "RQ104")] == told


@pytest.mark.parametrize("scheme", FILLED)
def test_total_is_that_of_the_published_return__figures_entered(
    scheme: str, tmp_path: Path
) -> None:
    enter, total = FILLED[scheme]
    path = filled(scheme, enter(), tmp_path / "表.xlsx")
    (entry,) = check_file(path, Options(select_rules((), ()))).entries
    assert entry.total
    assert (entry.total.stated, entry.total.computed) == (Decimal(total), Decimal(total))
    assert not [f for f in entry.findings if f.severity.value == "error" and f.code[:2] != "FL"]


def test_reference_score_stands_beside_the_typed_one__standard_not_published(
    tmp_path: Path,
) -> None:
    plan = plan_of("guangzhou-2022")
    book = read_book(filled("guangzhou-2022", city_entries(), tmp_path / "表.xlsx"))
    recalculate(book)
    cells = {sheet.name: sheet.cells for sheet in book.sheets}[plan.score.sheet]
    first, second, third = plan.score.leaves[:3]
    assert first.reference
    assert cells[first.reference.area.top, first.reference.area.left].raw == "19.54"
    assert first.reference.area.left > plan.score.last_column
    assert second.reference
    assert not second.is_live
    assert cells[second.reference.area.top, second.reference.area.left].raw == ""
    assert third.is_live
    assert cells[third.row, third.score.area.left].raw == "8.95"


@pytest.mark.parametrize("scheme", FILLED)
def test_formulas_give_the_same_in_an_office_program__figures_entered(
    scheme: str, tmp_path: Path, office: Office
) -> None:
    path = filled(scheme, FILLED[scheme][0](), tmp_path / "表.xlsx")
    book = read_book(path)
    recalculate(book)
    theirs = recalculated(path, office)
    differing = []
    for sheet in book.sheets:
        for at, cell in sheet.cells.items():
            if cell.formula is None:
                continue
            ours: object = Decimal(cell.raw) if cell.type.value == "number" else cell.raw
            if not agree(ours, theirs[sheet.name].get(at, "")):  # type: ignore[arg-type]
                differing.append((sheet.name, to_a1(*at), ours, theirs[sheet.name].get(at)))
    assert not differing


@pytest.mark.parametrize("scheme", SCHEMES)
def test_only_input_cells_are_unlocked(scheme: str) -> None:
    book = opened(scheme)
    for grid in draw_form(plan_of(scheme)):
        sheet = book[grid.name]
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert not sheet.protection.formatRows  # False: allowed
        for at, cell in grid.cells.items():
            assert sheet.cell(*at).protection.locked is not cell.is_input
            assert not (cell.is_input and isinstance(cell.content, Formula))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_typed_scores_are_limited_by_their_caps(scheme: str) -> None:
    plan = plan_of(scheme)
    sheet = opened(scheme)[plan.score.sheet]
    limits = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    for leaf in plan.score.leaves:
        cell = spot(leaf.score)[1]
        if leaf.is_live:
            assert cell not in limits
            assert str(sheet[cell].value).startswith("=")
        else:
            limit = limits[cell]
            cap = f"${to_a1(1, leaf.cap.area.left)[:-1]}${leaf.row}"
            assert f"<={cap}" in limit.formula1
            assert limit.prompt
            assert limit.error


@pytest.mark.parametrize("scheme", SCHEMES)
def test_inputs_measures_and_lists_have_names(scheme: str) -> None:
    plan = plan_of(scheme)
    book = opened(scheme)
    expected = {f"_perfxl_in_{one.key}" for one in plan.scheme.inputs}
    expected |= {f"_perfxl_m_{one.key}" for one in plan.scheme.measures}
    expected |= {f"_perfxl_l_{one.key}" for one in plan.scheme.lists}
    assert expected <= set(book.defined_names)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_sheets_print_on_a4_across_one_page(scheme: str) -> None:
    book = opened(scheme)
    assert book.active.title == "填报说明"
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert not sheet.sheet_view.showGridLines
    plan = plan_of(scheme)
    score = book[plan.score.sheet]
    top, bottom = plan.score.heading
    assert score.print_title_rows == f"${top}:${bottom}"


def test_form_is_the_same__built_twice() -> None:
    folder = scheme_folder("guangzhou-2022")
    assert new_form(folder, unit=UNIT) == form_of("guangzhou-2022")
    assert new_form(folder, unit="另一局") != form_of("guangzhou-2022")


def test_fingerprint_stays__unit_differs_or_figures_entered() -> None:
    plan = plan_of("guangzhou-2022")
    grids = draw_form(plan)
    before = fingerprint(grids)
    sheet = next(grid for grid in grids if grid.name == plan.score.sheet)
    at = plan.score.leaves[0].score.area
    cell = sheet.cells[at.top, at.left]
    sheet.put(at.top, at.left, Decimal(20), cell.look, is_input=True)
    assert fingerprint(grids) == before
    sheet.put(at.top, at.left, Decimal(20), cell.look)
    assert fingerprint(grids) != before


def test_formulas_are_stored_with_what_they_give() -> None:
    with zipfile.ZipFile(io.BytesIO(form_of("guangzhou-2022"))) as parts:
        names = [n for n in parts.namelist() if n.startswith("xl/worksheets/sheet")]
        text = "".join(parts.read(name).decode() for name in names)
    assert "<f>" in text
    assert "2022年度某市应急管理局部门整体支出绩效自评表" in text


def test_entries_are_what_the_form_asks_for() -> None:
    entries: Entries = city_entries()
    plan = plan_of("guangzhou-2022")
    inputs = {
        (grid.name, to_a1(*at))
        for grid in draw_form(plan)
        for at, cell in grid.cells.items()
        if cell.is_input
    }
    assert set(entries) <= inputs
