"""Texts with figures: which cells of a workbook rules get to read."""

from perfxl.model.address import Place
from perfxl.model.cells import Book, Cell, CellType, Sheet
from perfxl.model.form import Text
from perfxl.reader.tables import read_return
from perfxl.reader.tables.texts import MOST_TEXTS
from perfxl.scheme.vocabulary import load_vocabulary


def _sheet(name: str, *texts: str, state: str = "visible") -> Sheet:
    sheet = Sheet(name, state)
    for row, text in enumerate(texts, start=1):
        sheet.cells[row, 1] = Cell(row, 1, CellType.TEXT, text)
    return sheet


def test_texts__are_those_that_tell_a_figure() -> None:
    sheet = _sheet("说明", "支出12 万元", "2023年度", "无", "完成3项任务：（1）甲", "占5％")
    sheet.cells[9, 1] = Cell(9, 1, CellType.NUMBER, "12")
    texts = read_return(Book(sheets=[sheet]), load_vocabulary()).texts
    assert [text.place.cell for text in texts] == ["A1", "A4", "A5"]
    assert texts[0] == Text("支出12 万元", Place("说明", "A1"))


def test_texts__of_hidden_sheets_are_left_out() -> None:
    hidden = _sheet("旧表", "支出12万元", state="hidden")
    book = Book(sheets=[_sheet("说明", "支出10万元"), hidden])
    returned = read_return(book, load_vocabulary())
    assert [text.place.sheet for text in returned.texts] == ["说明"]


def test_texts__end_at_a_limit() -> None:
    book = Book(sheets=[_sheet(name, *["12万元"] * MOST_TEXTS) for name in ("一", "二")])
    assert len(read_return(book, load_vocabulary()).texts) == MOST_TEXTS
