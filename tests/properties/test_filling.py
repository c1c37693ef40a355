"""Filling a form changes the cells that it lists, and no others."""

import zipfile
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from perfxl.engine.selection import select_rules
from perfxl.model.cells import Book
from perfxl.model.number import parse_stored, shown
from perfxl.pipeline import Options
from perfxl.pipeline.filling import Filling, fill_file
from perfxl.reader.recalculate import recalculate
from perfxl.reader.workbook import read_book
from perfxl.scheme.find import get_scheme
from tests.forms import generic, guangzhou, national, shenzhen
from tests.forms.figures import Value
from tests.forms.mutate import Draft
from tests.forms.template import form_of

# A workbook takes too long to build for a failure to be made smaller.
PHASES = (Phase.explicit, Phase.generate)
OPTIONS = Options(select_rules((), ()))
FORMS: list[Draft] = [
    *(guangzhou.form(variant) for variant in guangzhou.VARIANTS),
    *(shenzhen.form(variant) for variant in ("as_meant", "as_printed", "moved")),
    *(national.form(wording) for wording in national.WORDINGS),
    *(generic.form(flavour) for flavour in generic.FLAVOURS),
]
SCHEMES = ("guangzhou-2022", "hunan-district-2022", "nanchang-xihu-2022", "shenzhen-2023")
# Parts that a new formula may touch beside the sheet: when and in what order to compute.
_OF_CALCULATION = ("xl/workbook.xml", "xl/calcChain.xml", "[Content_Types].xml")

scores: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.decimals(Decimal(-2), Decimal(12), places=2),
    st.decimals(Decimal(0), Decimal(6), places=4),
    st.sampled_from(("不适用", "/", "3分", "约3")),
)


def contents(path: Path) -> dict[tuple[str, str], Any]:
    """Every cell: its formula where it has one, else its value."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def assert_only_listed_cells_changed(path: Path, filling: Filling) -> None:
    assert filling.written is not None
    before, after = contents(path), contents(filling.written)
    listed = {(one.place.sheet, one.place.cell) for one in (*filling.put, *filling.formulas)}
    listed |= {
        (one.place.sheet, cell)
        for one in filling.put
        if "清空" in one.note
        for cell in one.note.partition("清空")[2].split("、")
    }
    changed = {at for at in before.keys() | after.keys() if before.get(at) != after.get(at)}
    assert changed <= listed
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(filling.written) as new:
        for name in old.namelist():
            if not (name.startswith("xl/worksheets/") or name in _OF_CALCULATION):
                assert name.endswith(".rels") or new.read(name) == old.read(name), name


def value_at(book: Book, sheet: str, cell: str) -> str:
    found = next(one for one in book.sheets if one.name == sheet)
    raw = next(c.raw for at, c in found.cells.items() if found.place(*at).cell == cell)
    number = parse_stored(raw)
    return raw if number is None else shown(number)


@settings(max_examples=40, phases=PHASES)
@given(st.data())
def test_foreign_form__any_scores__only_listed_cells_change_and_hold_what_is_said(
    data: st.DataObject,
) -> None:
    draft = data.draw(st.sampled_from(FORMS))
    names = [path for path, _ in draft.leaves()]
    for indicator in data.draw(st.lists(st.sampled_from(names), max_size=3, unique=True)):
        draft = draft.with_score(indicator, data.draw(scores))
    draft = draft.with_total(data.draw(st.one_of(st.just(draft.sum_of_scores()), scores)))
    with TemporaryDirectory() as folder:
        path = draft.build(Path(folder) / "表.xlsx")
        filling = fill_file(path, (), OPTIONS, overwrite=data.draw(st.booleans()))
        if filling.written is None:
            assert not filling.formulas
            return
        assert_only_listed_cells_changed(path, filling)
        stored, computed = read_book(filling.written), read_book(filling.written)
        recalculate(computed)
        for one in filling.formulas:
            for book in (stored, computed):
                assert value_at(book, one.place.sheet, one.place.cell) == one.value


@settings(max_examples=15, phases=PHASES)
@given(st.data())
def test_template__any_figures_and_entries__only_listed_cells_change(data: st.DataObject) -> None:
    scheme = data.draw(st.sampled_from(SCHEMES))
    inputs = [one for one in get_scheme(scheme).inputs if not one.options]
    values = st.decimals(Decimal(0), Decimal(10**6), places=2)
    chosen = data.draw(st.lists(st.sampled_from(inputs), min_size=1, max_size=5, unique=True))
    typed = data.draw(st.dictionaries(st.sampled_from("DEFG"), st.integers(0, 9), max_size=3))
    with TemporaryDirectory() as folder:
        path, export = Path(folder) / "表.xlsx", Path(folder) / "决算.xlsx"
        path.write_bytes(form_of(scheme))
        if typed:
            book = openpyxl.load_workbook(path)
            sheet = book["基础数据"]
            rows = {sheet.cell(row, 2).value: row for row in range(5, sheet.max_row + 1)}
            for column, value in typed.items():
                cell = sheet[f"{column}{rows[chosen[0].name]}"]
                if not cell.protection.locked:
                    cell.value = value
            book.save(path)
        with xlsxwriter.Workbook(export) as made:
            sheet = made.add_worksheet()
            sheet.write_row(0, 0, ["项目", "单位", "金额"])
            for row, one in enumerate(chosen, start=1):
                figure = float(data.draw(values))
                sheet.write_row(row, 0, [one.name, one.unit, figure])
        filling = fill_file(path, (export,), OPTIONS, overwrite=data.draw(st.booleans()))
        if filling.written is not None:
            assert_only_listed_cells_changed(path, filling)
