"""What each button comes to, whoever applies it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from perfxl.addin.actions import Request, perform
from perfxl.addin.changes import Action, Changes, Tone
from perfxl.addin.diagnosis import Diagnosis
from perfxl.addin.doctor import diagnose
from perfxl.addin.system import System
from perfxl.engine.selection import select_rules
from perfxl.errors import RefusedFile
from perfxl.model.cells import Book, Cell, CellType, Sheet
from perfxl.model.page import MarkKind
from perfxl.pipeline import Options, check_file
from perfxl.reader.workbook import read_book
from perfxl.render.marks import marks
from tests.forms import guangzhou

OPTIONS = Options(select_rules())


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return guangzhou.form().build(tmp_path / "某局 自评表.xlsx")


def pressed(
    action: Action, path: Path, cell: str = "", read: Callable[[], Book] | None = None
) -> Changes:
    request = Request(action, path, "自评表" if cell else "", cell)
    return perform(request, read or (lambda: read_book(path)), OPTIONS)


def cells(changes: Changes) -> set[tuple[str, str]]:
    return {(note.sheet, note.cell) for note in changes.notes}


def test_check__marks_what_the_command_finds(form: Path) -> None:
    changes = pressed(Action.CHECK, form)
    (entry,) = check_file(form, OPTIONS).entries
    assert cells(changes) == {mark.place for mark in marks(entry)}
    assert changes.clears
    assert changes.page
    assert changes.changes_book
    kinds = [one.formula.partition("perfxl:")[2].partition('"')[0] for one in changes.highlights]
    order = [kind.value for kind in MarkKind]
    assert kinds == sorted(kinds, key=order.index)
    formats = {one.ranges: one.number_format for one in changes.highlights}
    assert formats["H16",] == '0.00"失分"'


def test_check__of_many_tables_tells_first_which_fail_and_counts_the_rest(form: Path) -> None:
    (table,) = [sheet for sheet in read_book(form).sheets if sheet.name == "自评表"]
    faulty = replace(table, name="最后一张", cells=dict(table.cells))
    faulty.cells[16, 8] = replace(table.cells[16, 8], raw="99")
    sheets = [replace(table, name=f"第{n}张") for n in range(8)]
    told = pressed(Action.CHECK, form, read=lambda: Book(sheets=[*sheets, faulty])).message
    assert told.text.startswith("最后一张　有必改")
    assert "另有3张表，都通过。" in told.text


def _no_table() -> Book:
    cell = Cell(1, 1, CellType.TEXT, "会议通知")
    return Book(sheets=[Sheet("表1", cells={(1, 1): cell})])


def _refused() -> Book:
    raise RefusedFile("FL102", "文件加了密码")


@pytest.mark.parametrize("action", [Action.CHECK, Action.WHY, Action.EXPORT])
def test_book_without_a_table__changes_nothing(action: Action, tmp_path: Path) -> None:
    changes = pressed(action, tmp_path / "a.xlsx", "A1", _no_table)
    assert changes.message.tone is Tone.ERROR
    assert "没有找到自评表" in changes.message.text
    assert not changes.changes_book
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("action", [Action.CHECK, Action.FILL, Action.WHY, Action.EXPORT])
def test_refused_file__says_why(action: Action, tmp_path: Path) -> None:
    changes = pressed(action, tmp_path / "a.xlsx", "A1", _refused)
    assert changes.message.tone is Tone.ERROR
    assert "密码" in changes.message.text
    assert not changes.changes_book


def test_fill__offers_formulas_for_blanks_and_tells_what_differs(tmp_path: Path) -> None:
    path = guangzhou.form().build(tmp_path / "a.xlsx")
    book = read_book(path)
    sheet = book.sheets[0]
    total = next(at for at, cell in sheet.cells.items() if cell.raw == "94.49")
    del sheet.cells[total]
    changes = pressed(Action.FILL, path, read=lambda: book)
    assert [one.cell for one in changes.formulas] == [sheet.place(*total).cell]
    assert changes.formulas[0].formula.startswith("=")
    sheet.cells[total] = Cell(*total, CellType.NUMBER, "90")
    changes = pressed(Action.FILL, path, read=lambda: book)
    assert not changes.formulas
    assert "90" in changes.message.text
    assert changes.message.tone is Tone.MIND


def test_why__tells_a_score_by_its_cell_or_its_row(form: Path) -> None:
    by_cell = pressed(Action.WHY, form, "H21").message
    assert by_cell.tone is Tone.INFO
    assert "H21" in by_cell.text
    assert pressed(Action.WHY, form, "F21").message == by_cell
    assert pressed(Action.WHY, form, "A1").message.tone is Tone.ERROR
    assert pressed(Action.WHY, form, "").message.tone is Tone.ERROR
    assert len(by_cell.text) < 1000


def test_clean__only_clears(form: Path) -> None:
    changes = pressed(Action.CLEAN, form, read=lambda: pytest.fail("nothing is to be read"))
    assert (changes.clears, changes.notes, changes.page) == (True, (), None)


def test_export__never_writes_over_a_report(form: Path) -> None:
    first = pressed(Action.EXPORT, form).opens
    assert first
    assert first.parent == form.parent
    first.write_text("mine", encoding="utf-8")
    second = pressed(Action.EXPORT, form).opens
    assert second
    assert second != first
    assert first.read_text(encoding="utf-8") == "mine"


def test_doctor__looks_at_the_open_book_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[list[Path]] = []

    def diagnosed(system: System, workbooks: list[Path]) -> Diagnosis:
        asked.append(workbooks)
        return diagnose(system, workbooks)

    monkeypatch.setattr("perfxl.addin.doctor.diagnose", diagnosed)
    book = tmp_path / "自评表.xlsx"
    book.touch()
    for path in (book, tmp_path):  # a folder: no book was told
        told = perform(Request(Action.DOCTOR, path), Book, Options(()))
        assert "perfxl" in told.message.text
    assert asked == [[book], []]
