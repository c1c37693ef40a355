"""Every formula of every scheme's workbook: ours and LibreOffice's, cell by cell."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from perfxl.formula.coerce import Value
from perfxl.formula.tree import CellError
from perfxl.model.address import to_a1
from perfxl.model.cells import Cell, CellType
from perfxl.model.number import parse_stored
from perfxl.reader.recalculate import recalculate
from perfxl.reader.workbook import read_book
from perfxl.scheme.find import scheme_folders
from tests.equivalence.random_entries import random_entries
from tests.equivalence.recalculated import agree, recalculated
from tests.forms.complete import complete
from tests.forms.template import Entries, filled, form_of, plan_of
from tests.office.open_form import OpenForm
from tests.office.session import Office

SCHEMES = [folder.name for folder in scheme_folders()]
TRIALS = 12
_FEWEST = 300  # formulas of a workbook; fewer means that they were not found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_stored_values_are_what_an_office_program_computes(
    scheme: str, tmp_path: Path, office: Office
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(form_of(scheme))
    theirs = recalculated(path, office)
    book = read_book(path)  # as stored: nothing is computed anew
    differing = [
        (sheet.name, to_a1(*at), cell.raw, theirs[sheet.name].get(at))
        for sheet in book.sheets
        for at, cell in sheet.cells.items()
        if cell.formula is not None and not agree(_value(cell), theirs[sheet.name].get(at, ""))
    ]
    assert not differing


@pytest.mark.parametrize("scheme", SCHEMES)
def test_formulas_give_the_same__figures_at_every_edge(
    scheme: str, tmp_path: Path, office: Office
) -> None:
    blank = filled(scheme, {}, tmp_path / "空表.xlsx")
    form = OpenForm(blank, office)
    try:
        differing = [
            (number, *difference)
            for number, entries in enumerate(_trials(scheme))
            for difference in _differences(scheme, entries, form, tmp_path / "表.xlsx")
        ]
    finally:
        form.close()
    assert not differing, (len(differing), differing[:5])


def test_difference_is_seen__formula_changed(tmp_path: Path, office: Office) -> None:
    """One that our own reading alone is told of."""
    scheme = "guangzhou-2022"
    plan = plan_of(scheme)
    form = OpenForm(filled(scheme, {}, tmp_path / "空表.xlsx"), office)
    entries = complete(plan)
    live = next(leaf for leaf in plan.score.leaves if leaf.is_live).score
    cell = live.sheet or "", to_a1(live.area.top, live.area.left)
    path = filled(scheme, entries | {cell: "=ROUND(10*0.8951,2)"}, tmp_path / "表.xlsx")
    try:
        places = {(sheet, at) for sheet, at, *_ in _compared(path, form.calculated(entries))}
    finally:
        form.close()
    assert cell in places


def _trials(scheme: str) -> Iterator[Entries]:
    plan, rng = plan_of(scheme), Random(scheme)
    yield {}
    yield complete(plan)
    for number in range(TRIALS):
        # Half of them change a few cells of a complete form, so that sums and grades come out.
        entries = random_entries(plan, rng)
        if number % 2:
            few = rng.sample(sorted(entries), len(entries) // 4)
            entries = complete(plan) | {cell: entries[cell] for cell in few}
        yield entries


def _differences(
    scheme: str, entries: Entries, form: OpenForm, path: Path
) -> Iterator[tuple[str, str, object, object]]:
    yield from _compared(filled(scheme, entries, path), form.calculated(entries))


def _compared(
    path: Path, theirs: dict[str, dict[tuple[int, int], Value]]
) -> Iterator[tuple[str, str, object, object]]:
    """The formula cells of a file that are not what the other program makes of them."""
    book = read_book(path)
    recalculate(book)
    assert not [remark for remark in book.remarks if remark.code == "FL207"]
    count = 0
    for sheet in book.sheets:
        for at, cell in sheet.cells.items():
            if cell.formula is None:
                continue
            count += 1
            ours, other = _value(cell), theirs[sheet.name].get(at, "")
            if not agree(ours, other):
                yield sheet.name, to_a1(*at), ours, other
    assert count > _FEWEST


def _value(cell: Cell) -> Value:
    match cell.type:
        case CellType.NUMBER:
            number = parse_stored(cell.raw)
            assert number is not None
            return number
        case CellType.BOOLEAN:
            return Decimal(cell.raw == "TRUE")
        case CellType.ERROR:
            return CellError(cell.raw)
    return cell.raw
