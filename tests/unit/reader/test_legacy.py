"""The old binary format: the same grid as from an .xlsx, and no harm from a hostile file."""

import datetime
import random
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from perfxl.errors import RefusedFile
from perfxl.model.cells import Book, CellType
from perfxl.reader import legacy, legacy_worker
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.scheme.stamp import read_stamp
from perfxl.scheme.vocabulary import load_vocabulary
from tests.architecture.repo import run_python
from tests.forms.rich import write_rich
from tests.office.session import Office
from tests.unit.reader.packing import refusal, remarks


def _write_sample(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "自评 表"
    sheet["A1"], sheet["B1"], sheet["C1"], sheet["D1"] = 0, 94.49, "文字", True
    sheet["A2"], sheet["B2"] = datetime.date(2023, 2, 20), 0.956
    sheet["B2"].number_format = "0.00%"
    sheet["A3"], sheet["B3"], sheet["C3"] = "=1/0", '=VLOOKUP("无",A1:B1,2,FALSE)', "=A1+B1"
    sheet["A4"], sheet["A5"], sheet["A6"] = "合并", "隐藏行", "白字"
    sheet.merge_cells("A4:C4")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.column_dimensions["B"].width = 30
    sheet["A6"].font = Font(color="FFFFFF", b=True, sz=14)
    sheet["A6"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["B1"].comment = Comment("请核实", "某人")
    book.create_sheet("藏").sheet_state = "hidden"
    book["藏"]["A1"] = 1
    book.defined_names["_perfxl_scheme"] = DefinedName("_perfxl_scheme", attr_text='"some-2024"')
    book.defined_names["_perfxl_in_done"] = DefinedName(
        "_perfxl_in_done", attr_text="'自评 表'!$B$1"
    )
    book.save(path)
    return path


@pytest.fixture(scope="module")
def old(office: Office, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sample in the old format."""
    folder = tmp_path_factory.mktemp("old")
    sample = _write_sample(folder / "a.xlsx")
    return office.resave(sample, folder / "a.xls").read_bytes()


@pytest.fixture(scope="module")
def book(old: bytes) -> Book:
    return read_book(old)


def _value(book: Book, row: int, column: int) -> tuple[CellType, str]:
    cell = book.sheets[0].cells[row, column]
    assert (cell.row, cell.column, cell.formula) == (row, column, None)
    return cell.type, cell.raw


def test_values_come_with_their_types(book: Book) -> None:
    assert _value(book, 1, 1) == (CellType.NUMBER, "0")
    assert _value(book, 1, 2) == (CellType.NUMBER, "94.49")
    assert _value(book, 1, 3) == (CellType.TEXT, "文字")
    assert _value(book, 1, 4) == (CellType.BOOLEAN, "TRUE")
    assert _value(book, 2, 1) == (CellType.NUMBER, "44977")
    assert _value(book, 3, 3) == (CellType.NUMBER, "94.49")


def test_errors_stay_errors(book: Book) -> None:
    assert _value(book, 3, 1) == (CellType.ERROR, "#DIV/0!")
    assert _value(book, 3, 2) == (CellType.ERROR, "#N/A")


def test_blank_cells_are_not_kept__though_they_have_a_format(book: Book) -> None:
    assert (4, 2) not in book.sheets[0].cells


def test_surroundings_of_the_cells_are_read(book: Book) -> None:
    sheet = book.sheets[0]
    assert (sheet.name, sheet.state) == ("自评 表", "visible")
    assert [area.a1 for area in sheet.merges] == ["A4:C4"]
    assert sheet.hidden_rows == {5}
    assert sheet.hidden_columns == {4}
    assert 28 < sheet.widths[2] < 32
    assert sheet.comments == {(1, 2): "请核实"}
    assert [(other.name, other.state) for other in book.sheets[1:]] == [("藏", "hidden")]


def test_formats_are_read(book: Book) -> None:
    cells = book.sheets[0].cells
    white = book.styles[cells[6, 1].style]
    assert (white.font_color, white.fill_color) == ("FFFFFF", "FFFF00")
    assert (white.font_size, white.is_bold, white.is_locked) == (14, True, True)
    assert book.styles[cells[2, 2].style].number_format == "0.00%"
    assert book.styles[cells[2, 1].style].is_date
    assert not book.styles[cells[1, 2].style].is_date


def test_reading_says_that_formulas_are_not_seen(book: Book) -> None:
    assert "看不到公式" in remarks(book, "FL210")[0]
    assert len(book.sha256) == 64


def test_stamp_is_found__in_the_defined_names(book: Book) -> None:
    stamp = read_stamp(book.names, book.properties)
    assert stamp is not None
    assert stamp.scheme_id == "some-2024"


def test_named_cells_of_a_template__are_known(book: Book) -> None:
    figure = read_return(book, load_vocabulary()).inputs["done"]
    assert (figure.place.cell, figure.value) == ("B1", Decimal("94.49"))


def test_workbook_with_macros_and_objects_is_read__with_remarks(
    office: Office, tmp_path: Path
) -> None:
    """A book with everything in it, saved in the old format."""
    rich = office.resave(write_rich(tmp_path / "a.xlsx"), tmp_path / "a.xls")
    assert read_book(rich).sheets


def test_truncated_file_is_refused__at_any_length(old: bytes) -> None:
    for share in (0.1, 0.5, 0.9):
        refused = refusal(old[: int(len(old) * share)])
        assert refused.code == "FL103", refused.detail


def test_random_bytes_after_the_first_are_refused() -> None:
    noise = random.Random(7).randbytes(4096)
    stream = "Workbook\0".encode("utf-16-le")
    assert refusal(old_start() + noise + stream).code == "FL103"
    assert refusal(b"\x09\x08\x10\x00" + noise).code == "FL103"


def old_start() -> bytes:
    """The signature of a compound file."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_mutated_file_is_read_or_refused__never_a_crash(old: bytes) -> None:
    """Bytes changed at random places: every outcome but an exception of another kind."""
    dice, outcomes = random.Random(20230220), set()
    for _ in range(24):
        mutated = bytearray(old)
        for _ in range(dice.choice((1, 4, 40))):
            mutated[dice.randrange(8, len(mutated))] = dice.randrange(256)
        try:
            read_book(bytes(mutated))
            outcomes.add("read")
        except RefusedFile as refused:
            outcomes.add(refused.code)
    assert outcomes <= {"read", "FL101", "FL102", "FL103", "FL110", "FL111", "FL112"}
    assert {"read", "FL103"} <= outcomes


def test_worker_is_stopped__when_it_takes_too_long(
    old: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy, "SECONDS", 0.001)
    refused = refusal(old)
    assert (refused.code, "秒" in refused.detail) == ("FL115", True)


def test_death_of_the_worker_is_a_refusal(old: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert refusal(old).code == "FL103"


def test_worker_takes_no_module_from_the_current_folder(
    old: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of the returned files may hold anything."""
    for name in ("xlrd.py", "json.py", "perfxl.py"):
        (tmp_path / name).write_text("raise SystemExit(1)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_book(old).sheets


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (0.0, "0"), (-0.0, "0"), (100.0, "100"), (94.49, "94.49"), (-2.5, "-2.5"),
        (0.1 + 0.2, "0.30000000000000004"), (1e20, "1e+20"), (1e-7, "1e-07"),
    ],
)  # fmt: skip
def test_digits_are_the_shortest_that_mean_the_number(value: float, digits: str) -> None:
    assert legacy_worker._digits(value) == digits


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ValueError("Workbook is encrypted"), "FL102"),
        (ValueError("Can't find workbook in OLE2 compound document"), ""),
        (RecursionError(), "FL103"),
        (AssertionError(), "FL103"),
    ],
)
def test_errors_become_refusals__by_what_they_say(error: Exception, code: str) -> None:
    assert legacy_worker._refusal_for(error).code == code


def test_document_with_a_workbook_inside_is_named__as_what_it_is(
    old: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Word document that embeds a table looks like a workbook until its root is read."""
    monkeypatch.setattr(legacy, "_ask_worker", lambda _: {"refused": ["", "没有工作簿"]})
    refused = refusal(old + "WordDocument\0".encode("utf-16-le"))
    assert (refused.code, "Word" in refused.detail) == ("FL101", True)


def test_worker_has_limited_memory(tmp_path: Path) -> None:
    grab = "from perfxl.reader.legacy_worker import _limit; _limit(); bytearray({} * 2**20)"
    assert run_python(grab.format(100), cwd=tmp_path).returncode == 0
    refused = run_python(grab.format(600), cwd=tmp_path)
    assert (refused.returncode, "MemoryError" in refused.stderr) == (1, True)
