"""The buttons on an open book in live mode: what the book holds afterwards."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfxl.addin.actions import Request
from perfxl.addin.changes import Action
from perfxl.addin.live.read import read_open_book
from perfxl.addin.live.run import run_live
from perfxl.cli.options import options_beside
from perfxl.model.annotation import NOTE_MARK, RESULT_MARK, RESULT_SHEET
from perfxl.model.cells import Book
from perfxl.model.page import MarkKind
from perfxl.model.palette import TONES
from perfxl.pipeline import annotate_file
from perfxl.reader.workbook import read_book
from perfxl.writer.clean import clean, is_annotated
from tests.forms import guangzhou, rich, template
from tests.office.live_book import LiveBook, awaited, live_book, told
from tests.office.session import Office
from tests.office.xlwings_engine import engine

SHEET = guangzhou.SHEET
SPENDING = "部门预算资金支出率"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A return with a score above its maximum, in a folder with a blank and Chinese in its name."""
    path = tmp_path / "某局 自评" / "自评表.xlsx"
    path.parent.mkdir()
    return guangzhou.form().with_score(SPENDING, Decimal(11)).build(path)


def test_check__marks_the_open_book_as_an_annotated_copy_is(faulty: Path, office: Office) -> None:
    score = guangzhou.form().cell(SPENDING)
    with live_book(office, faulty) as book:
        ended = book.press(Action.CHECK)
        fills, notes = book.our_fills(SHEET), book.notes(SHEET)
        sheets, active = book.sheets(), book.document.CurrentController.ActiveSheet.Name
    copy = annotate_file(faulty, options_beside(faulty)).written
    with live_book(office, copy) as annotated:
        assert (fills, notes) == (annotated.our_fills(SHEET), annotated.notes(SHEET))
    assert (ended.status, ended.line) == (1, "ok")
    assert ended.text.startswith("有必改")
    assert fills[score] == TONES[MarkKind.ERROR].fill
    assert notes[score].startswith(NOTE_MARK)
    assert (sheets, active) == ([SHEET, RESULT_SHEET], RESULT_SHEET)


def test_check__puts_the_result_page_of_an_annotated_copy(
    faulty: Path, office: Office, tmp_path: Path
) -> None:
    with live_book(office, faulty) as book:
        book.press(Action.CHECK)
        shown = _texts(book)
        links = [one.formula for one in book.shown(RESULT_SHEET) if "HYPERLINK" in one.formula]
        assert book.cell(RESULT_SHEET, "A1").String.endswith(f"{RESULT_MARK};tab=0")
        assert book.document.Sheets.getByName(RESULT_SHEET).isProtected()
    copy = annotate_file(faulty, options_beside(faulty)).written
    with live_book(office, copy) as annotated:
        assert shown == _texts(annotated)
    assert links
    assert all(f"#'{SHEET}'!" in link for link in links)


def test_clean__leaves_the_book_as_it_was(faulty: Path, office: Office, tmp_path: Path) -> None:
    before, after = tmp_path / "前.xlsx", tmp_path / "后.xlsx"
    with live_book(office, faulty) as book:
        office.save(book.document, before)
        book.press(Action.CHECK)
        ended = book.press(Action.CLEAN)
        office.save(book.document, after)
        assert (book.sheets(), book.our_fills(SHEET), book.notes(SHEET)) == ([SHEET], {}, {})
        assert book.document.CurrentController.ActiveSheet.Name == SHEET
    assert (ended.status, ended.line) == (0, "ok")
    assert _grid(before) == _grid(after)


def test_clean__takes_off_what_the_command_line_put_on(faulty: Path, office: Office) -> None:
    copy = annotate_file(faulty, options_beside(faulty)).written
    with live_book(office, copy) as book:
        assert book.our_fills(SHEET)
        book.press(Action.CLEAN)
        assert (book.sheets(), book.our_fills(SHEET), book.notes(SHEET)) == ([SHEET], {}, {})


def test_command_line__takes_off_what_live_mode_put_on(
    faulty: Path, office: Office, tmp_path: Path
) -> None:
    saved = tmp_path / "存.xlsx"
    with live_book(office, faulty) as book:
        book.press(Action.CHECK)
        office.save(book.document, saved)
    assert is_annotated(saved.read_bytes())
    assert not is_annotated(clean(saved.read_bytes()))


def test_check_again__replaces_the_marks(faulty: Path, office: Office) -> None:
    score = guangzhou.form().cell(SPENDING)
    with live_book(office, faulty) as book:
        book.press(Action.CHECK)
        book.cell(SHEET, score).setValue(10)
        book.press(Action.CHECK)
        assert book.sheets() == [SHEET, RESULT_SHEET]
        assert score not in book.our_fills(SHEET)
        assert score not in book.notes(SHEET)
        # The tab that was active before the first press, not our own.
        assert book.cell(RESULT_SHEET, "A1").String.endswith(";tab=0")


def test_check_again__keeps_what_the_unit_answered(faulty: Path, office: Office) -> None:
    with live_book(office, faulty) as book:
        book.press(Action.CHECK)
        head = next(one for one in book.shown(RESULT_SHEET) if one.text == "单位说明")
        page = book.document.Sheets.getByName(RESULT_SHEET)
        page.unprotect("")
        page.getCellByPosition(head.column - 1, head.row).setString("已按实际支出改")
        book.press(Action.CHECK)
        assert any(one.text == "已按实际支出改" for one in book.shown(RESULT_SHEET))


def test_foreign_note__stays_above_ours_and_alone_after_cleaning(
    faulty: Path, office: Office
) -> None:
    score = guangzhou.form().cell(SPENDING)
    with live_book(office, faulty) as book:
        sheet = book.document.Sheets.getByName(SHEET)
        own = "财务科：请复核\n王工"
        sheet.Annotations.insertNew(book.cell(SHEET, score).CellAddress, own)
        book.press(Action.CHECK)
        assert book.notes(SHEET)[score].startswith(f"{own}\n{NOTE_MARK}")
        book.press(Action.CLEAN)
        assert book.notes(SHEET) == {score: own}


def test_foreign_formats_and_objects__stay(office: Office, tmp_path: Path) -> None:
    path = rich.write_rich(tmp_path / "表.xlsx")
    with live_book(office, path) as book:
        before = _foreign(book)
        book.press(Action.CHECK)
        assert book.our_fills("自评表")
        book.press(Action.CLEAN)
        assert _foreign(book) == before


def test_locked_form__is_marked_and_locked_again(office: Office, tmp_path: Path) -> None:
    path = template.filled("guangzhou-2022", template.city_entries(), tmp_path / "表.xlsx")
    with live_book(office, path) as book:
        ended = book.press(Action.CHECK)
        assert ended.line == "ok", ended.text
        assert book.our_fills("自评表")
        assert all(book.document.Sheets.getByName(name).isProtected() for name in book.sheets())


def test_fill__writes_the_closing_formulas(office: Office, tmp_path: Path) -> None:
    path = guangzhou.form().build(tmp_path / "表.xlsx")
    with live_book(office, path) as book:
        total = guangzhou.form().cell("total")
        before = book.cell(SHEET, total).Value
        ended = book.press(Action.FILL)
        assert ended.line == "ok"
        assert "写了公式" in ended.text
        assert book.cell(SHEET, total).Formula.startswith("=")
        assert book.cell(SHEET, total).Value == before


def test_why__tells_of_the_selected_score(office: Office, tmp_path: Path) -> None:
    path = guangzhou.form().build(tmp_path / "表.xlsx")
    score = guangzhou.form().cell(SPENDING)
    with live_book(office, path) as book:
        ended = book.press(Action.WHY, SHEET, score)
        assert ended.line == "ok"
        assert SPENDING in ended.text
        assert not book.our_fills(SHEET)


def test_export__leaves_a_report_beside_the_book(faulty: Path, office: Office) -> None:
    with live_book(office, faulty) as book:
        ended = book.press(Action.EXPORT)
        assert book.sheets() == [SHEET]
    report = faulty.with_name("自评表.校验报告.html")
    assert report.is_file()
    assert str(report) in ended.text


def test_export__of_a_book_never_saved_is_refused(office: Office, tmp_path: Path) -> None:
    engine.activate(office.desktop)
    document = office.new()
    try:
        book = LiveBook(Path(document.Title), document, office)
        request = Request(Action.EXPORT, book.path)
        status = run_live(request, awaited(tmp_path), lambda: options_beside(book.path))
        assert (status, told(tmp_path, status).line) == (1, "failed")
        assert "还没有存过盘" in told(tmp_path, status).text
    finally:
        document.close(True)
        engine.deactivate()


def test_fill_taken_back__leaves_values_as_they_were(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = guangzhou.form().build(tmp_path / "表.xlsx")
    total = guangzhou.form().cell("total")

    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    with live_book(office, path) as book:
        book.cell(SHEET, total).setString("94.49")  # a text that looks like a number
        before = [(one.text, one.formula) for one in book.shown(SHEET)]
        monkeypatch.setattr("perfxl.addin.live.apply.add_highlights", fail)
        assert book.press(Action.FILL).line == "failed"
        assert [(one.text, one.formula) for one in book.shown(SHEET)] == before


def test_fill__leaves_alone_what_was_typed_meanwhile(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = guangzhou.form().build(tmp_path / "表.xlsx")
    total = guangzhou.form().cell("total")
    with live_book(office, path) as book:

        def read_then_typed(application: Any, workbook: Any) -> Book:
            grid = read_open_book(application, workbook)
            book.cell(SHEET, total).setValue(88)
            return grid

        monkeypatch.setattr("perfxl.addin.live.run.read_open_book", read_then_typed)
        ended = book.press(Action.FILL)
        assert ended.line == "ok"
        assert f"等待时改过的格没有写公式，请再按一次“填充公式”： {total}" in ended.text
        assert book.cell(SHEET, total).Value == 88
        assert not book.cell(SHEET, total).Formula.startswith("=")


def test_fill__keeps_a_formula_in_a_cell_that_is_formatted_as_text(
    office: Office, tmp_path: Path
) -> None:
    path = guangzhou.form().build(tmp_path / "表.xlsx")
    total = guangzhou.form().cell("total")
    with live_book(office, path) as book:
        sheet = book.attached().workbook.Worksheets.Item(SHEET)
        sheet.Range(total).NumberFormat = "@"
        book.press(Action.FILL)
        assert book.cell(SHEET, total).Formula.startswith("=")
        assert sheet.Range(total).NumberFormat == "@"


def test_program__is_put_back_as_it_was(faulty: Path, office: Office) -> None:
    with live_book(office, faulty) as book:
        book.press(Action.CHECK)
        application = book.attached().application
        assert application.ScreenUpdating
        assert application.EnableEvents
        assert application.DisplayAlerts
        assert book.document.isAutomaticCalculationEnabled()


def test_file__is_not_saved(faulty: Path, office: Office) -> None:
    before = faulty.read_bytes()
    with live_book(office, faulty) as book:
        book.press(Action.CHECK)
        book.press(Action.FILL)
    assert faulty.read_bytes() == before


def _texts(book: LiveBook) -> list[tuple[int, int, str]]:
    """The result page's texts without the marker behind its title."""
    shown = [(one.row, one.column, one.text) for one in book.shown(RESULT_SHEET)]
    # What is open has no file to take the digest of.
    return [
        (row, column, re.sub("取自打开的表|文件[0-9a-f]{12}", "", text.partition(RESULT_MARK)[0]))
        for row, column, text in shown
    ]


def _grid(path: Path) -> object:
    sheets = read_book(path).sheets
    return [(s.name, s.cells, s.merges, s.comments, s.widths, s.hidden_rows) for s in sheets]


def _foreign(book: LiveBook) -> object:
    """What other people put on the sheets: formats, notes, drawings, names."""
    sheets = [book.document.Sheets.getByName(name) for name in book.sheets()]
    rules = [
        (one.Range.RangeAddressesAsString, one.getByIndex(0).getType(), one.getCount())
        for sheet in sheets
        for one in sheet.ConditionalFormats.getConditionalFormats()
    ]
    shapes = [sheet.DrawPage.Count for sheet in sheets]
    notes = [book.notes(name) for name in book.sheets()]
    return rules, shapes, notes, list(book.document.NamedRanges.ElementNames)
