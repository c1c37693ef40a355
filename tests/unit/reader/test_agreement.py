"""Cell for cell agreement with openpyxl, an independent reader, on rich workbooks."""

import datetime
import io
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from perfxl.model.cells import Book, Cell, CellType, Sheet
from perfxl.reader.workbook import read_book

WORDS = ("履职效能", "是", " 两端空格 ", "换\n行", "<&>\"'", "100%", "=不是公式", "e\u0301", "𠮷野")


def by_xlsxwriter() -> bytes:
    """Values of all types, formulas with values, rich text, merges, hidden things."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "in_memory": True})
    pick = random.Random(7)
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    rate = book.add_format({"num_format": "0.00%", "bold": True, "font_size": 9, "locked": False})
    for name in ("基本情况表", "自评表", "it's 表"):
        sheet = book.add_worksheet(name)
        for row in range(40):
            sheet.write_string(row, 0, pick.choice(WORDS))
            sheet.write_number(row, 1, pick.choice((0, 3, -2.5, 94.49, 1e-7, 123456789.123)))
            sheet.write_formula(row, 2, f"=B{row + 1}*2", rate, pick.choice((6, 0, 0.125)))
            sheet.write_boolean(row, 3, pick.random() < 0.5)
            sheet.write_datetime(row, 4, datetime.datetime(2024, 3, 1 + row % 28), date)
            sheet.write_blank(row, 5, None, rate)
        sheet.write_formula(40, 0, '="得"&B1', None, "得3")
        sheet.write_formula(41, 0, "=1/0", None, "#DIV/0!")
        sheet.write_rich_string(42, 0, "普通", book.add_format({"bold": True}), "粗", "尾")
        sheet.merge_range(43, 0, 45, 3, "合并")
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column(2, 3, 12.5, None, {"hidden": True})
        sheet.write_comment("B2", "请看\n这里", {"author": "甲"})
    book.worksheets()[2].hide()
    book.define_name("总分", "=自评表!$B$1")
    book.close()
    return stream.getvalue()


def by_openpyxl() -> bytes:
    """What openpyxl itself writes: inline attributes in other orders, styles, notes."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row, word in enumerate(WORDS[:6], 1):
        sheet.cell(row, 1, word)
        sheet.cell(row, 3, Decimal("0.1") * row)
        sheet.cell(row, 4, f"=ROUND(C{row},2)")
    sheet["A1"].font = Font(color="FFFF0000", size=14, bold=True)
    sheet["A2"].fill = PatternFill("solid", fgColor="FF00B050")
    sheet["A3"].protection = Protection(locked=False)
    sheet["A4"].number_format = "0.00"
    sheet["A5"].comment = Comment("注", "乙")
    sheet["F9"] = datetime.date(2024, 12, 31)
    sheet.merge_cells("A8:D9")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def spelled(cell: Cell | None, is_1904: bool = False) -> object:
    """Our cell's value in openpyxl's terms, dates as serial numbers."""
    if cell is None or cell.type is CellType.BLANK:
        return None
    if cell.type is CellType.NUMBER:
        return float(cell.raw)
    if cell.type is CellType.BOOLEAN:
        return cell.raw == "TRUE"
    return cell.raw


def judged(value: object) -> object:
    """openpyxl's value in the same terms."""
    if isinstance(value, datetime.datetime | datetime.date):
        return float(to_excel(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return value


def assert_same_cells(sheet: Sheet, values: Worksheet, formulas: Worksheet) -> None:
    """Every value, every formula, and no cell more or less."""
    seen = set()
    for row in formulas.iter_rows():
        for cell in row:
            assert cell.row is not None
            assert cell.column is not None
            key = (cell.row, cell.column)
            ours = sheet.cells.get(key)
            if cell.data_type == "f":
                assert ours is not None, key
                assert "=" + (ours.formula or "") == cell.value, key
            else:
                assert ours is None or ours.formula is None, key
            assert spelled(ours) == judged(values.cell(*key).value), key
            seen.add(key)
    assert set(sheet.cells) <= seen


def assert_same_styles(book: Book, sheet: Sheet, formulas: Worksheet) -> None:
    """Number format, size, bold, lock and whether it is a date."""
    for key, cell in sheet.cells.items():
        style, other = book.styles[cell.style], formulas.cell(*key)
        assert style.number_format.lower() == other.number_format.lower() or style.is_date, key
        assert (style.font_size, style.is_bold) == (other.font.sz, bool(other.font.b)), key
        assert style.is_locked is bool(other.protection.locked), key
        assert style.is_date is bool(other.is_date) or cell.type is not CellType.NUMBER, key


@pytest.mark.parametrize("make", [by_xlsxwriter, by_openpyxl])
def test_every_cell_agrees__with_openpyxl(make: Callable[[], bytes]) -> None:
    """Values, formulas, formats, merges, states, hidden rows and columns, notes, names."""
    data = make()
    book = read_book(data)
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert [(s.name, s.state) for s in book.sheets] == [
        (name, formulas[name].sheet_state) for name in formulas.sheetnames
    ]
    for sheet in book.sheets:
        judge = formulas[sheet.name]
        assert_same_cells(sheet, values[sheet.name], judge)
        assert_same_styles(book, sheet, judge)
        assert sorted(area.a1 for area in sheet.merges) == sorted(
            map(str, judge.merged_cells.ranges)
        )
        hidden = {row for row, size in judge.row_dimensions.items() if size.hidden}
        assert sheet.hidden_rows == hidden
        notes = {
            (cell.row, cell.column): cell.comment.text
            for row in judge.iter_rows()
            for cell in row
            if cell.comment
        }
        assert sheet.comments == notes
    assert book.names == {name: item.attr_text for name, item in formulas.defined_names.items()}


def test_colours_agree__with_openpyxl() -> None:
    """Font and fill by their digits."""
    book = read_book(by_openpyxl())
    style = {
        cell.raw: book.styles[cell.style] for cell in book.sheets[0].cells.values() if cell.raw
    }
    assert style[WORDS[0]].font_color == "FF0000"
    assert style[WORDS[1]].fill_color == "00B050"
    assert style[WORDS[3]].fill_color is None


def test_hidden_columns_and_widths_are_read__of_xlsxwriter() -> None:
    """Widths carry Excel's padding."""
    sheet = read_book(by_xlsxwriter()).sheets[0]
    assert sheet.hidden_columns == {3, 4}
    assert 12 < sheet.widths[3] < 14


def test_same_book_is_read__from_a_path_of_chinese_letters(tmp_path: Path) -> None:
    """Spaces and Chinese in the path."""
    path = tmp_path / "部门 一" / "自评表（终）.xlsx"
    path.parent.mkdir()
    path.write_bytes(by_openpyxl())
    assert read_book(path).sheets[0].cells[1, 1].raw == WORDS[0]
