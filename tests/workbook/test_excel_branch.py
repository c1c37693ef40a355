"""The branch for Excel, run in a model of it: what LibreOffice never gets to see.

The model knows no conditional formats, notes' letters or page set-up; those stay for Excel itself.
"""

from decimal import Decimal

import pytest
from pyopenvba.apps.excel import ExcelApplication

from perfxl.addin.changes import Changes, Message, Tone
from perfxl.addin.tsv import changes_text
from perfxl.model.address import Place
from perfxl.model.page import Item, Look, Page
from workbook.build import sources

_RUNNER = """
Sub Begin(ByVal line As String)
    Dim ws As Object
    Set ws = NewPage(ActiveWorkbook, Split(line, vbTab))
End Sub
Sub Go(ByVal line As String)
    PutLine ActiveWorkbook.Worksheets(ActiveWorkbook.Worksheets.Count), Split(line, vbTab)
End Sub
Function CountOfPages(ByVal text As String) As Long
    CountOfPages = Pages(text).Count
End Function
Function PageOf(ByVal text As String, ByVal number As Long) As String
    PageOf = Pages(text)(number)
End Function
Sub Fill(ByVal look As String)
    Dim undo As New Collection
    ActiveWorkbook.Worksheets(1).Range("B2").ClearContents
    ActiveWorkbook.Worksheets(1).Range("B2").NumberFormat = look
    ActiveWorkbook.Worksheets(1).Range("B2").Value = "'09.50"
    PutFormula ActiveWorkbook.Worksheets(1).Range("B2"), "=1+1", undo
    ActiveWorkbook.Worksheets(1).Range("C3").Value = "'" & undo(2)
End Sub
Function Filled() As String
    With ActiveWorkbook.Worksheets(1).Range("B2")
        Filled = .HasFormula & "|" & .Formula & "|" & .NumberFormat
    End With
End Function
"""
TEXTS = ("=1+1", "95.70", "90%", "2024-01", "-3", "'quoted", "提示", "（5）", "@x",
         "#DIV/0!", "TRUE", "3月5日")  # fmt: skip


@pytest.fixture
def excel() -> ExcelApplication:
    app = ExcelApplication()
    app.add_workbook()
    for name, text in sources().items():
        app.add_module(text, name=name)
    app.add_module(_RUNNER, name="Runner")
    return app


def put(app: ExcelApplication, page: Page) -> None:
    told = changes_text(Changes(Message(Tone.INFO, "好"), page=page)).split("\r\n")
    app.run("Begin", told[0])
    for line in told[1:]:
        if line and line != "end":
            app.run("Go", line)


def test_page__keeps_texts_texts_and_numbers_numbers(excel: ExcelApplication) -> None:
    page = Page("结果", (10.0, 12.5), marker="perfxl:result:1")
    page.rows = [[Item("结果", Look.TITLE, 2)]]
    page.rows += [[Item(text), Item(Decimal("0.5"), Look.SCORE)] for text in TEXTS]
    page.rows += [[Item("H8", Look.LINK, 1, Place("表 '1'", "H8"))]]
    put(excel, page)
    sheet = excel.sheet("校验结果")
    assert sheet.value("A1") == "结果 perfxl:result:1"
    for row, text in enumerate(TEXTS, 2):
        assert str(sheet.value(f"A{row}")) == text
        assert sheet.value(f"B{row}") == 0.5
    assert sheet.formula(f"A{len(TEXTS) + 2}") == """=HYPERLINK("#'表 ''1'''!H8","H8")"""


def test_page__finds_a_free_name(excel: ExcelApplication) -> None:
    page = Page("结果", (10.0,), [[Item("结果", Look.TITLE)]], marker="perfxl:result:1")
    put(excel, page)
    put(excel, page)
    assert excel.sheet("校验结果(2)").value("A1") == "结果 perfxl:result:1"


def test_texts__are_those_of_the_program(excel: ExcelApplication) -> None:
    assert excel.run("IsLibreOffice") is False
    assert excel.run("Words", "title") == "绩效自评"


def test_message__too_long_for_one_box_is_told_to_the_end(excel: ExcelApplication) -> None:
    told = "\n".join(f"第{n}行：请核对这一项的数。" for n in range(150))
    count = excel.run("CountOfPages", told)
    pages = [str(excel.run("PageOf", told, n)) for n in range(1, int(count) + 1)]
    assert "".join(pages) == told
    assert all(len(page.encode("gbk")) <= 1000 for page in pages)  # as Excel counts
    assert all(page.endswith("\n") for page in pages[:-1])
    assert excel.run("CountOfPages", "好") == excel.run("CountOfPages", "") == 1
    assert excel.run("CountOfPages", "长" * 1100) == 3


def test_formula__in_a_cell_formatted_as_text_is_a_formula(excel: ExcelApplication) -> None:
    excel.run("Fill", "@")
    assert excel.run("Filled") == "True|=1+1|@"
    excel.run("Fill", "0.00")
    assert excel.run("Filled") == "True|=1+1|0.00"
    assert str(excel.sheet("Sheet1").value("C3")) == "'09.50"  # a text, to be put back as one
