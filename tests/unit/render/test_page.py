"""The sheet 校验结果."""

from dataclasses import replace
from decimal import Decimal

import pytest

from perfxl.model.address import Place
from perfxl.model.annotation import RESULT_MARK, RESULT_SHEET
from perfxl.model.cells import Answer, Cell, CellType, Sheet
from perfxl.model.page import Item, Look, Page
from perfxl.model.report import Entry
from perfxl.reader.answers import answers_in
from perfxl.render.page import result_page
from tests.unit.render.reports import FAILED, PASSED, SHEET, UNREADABLE


def section(page: Page, title: str) -> list[list[Item]]:
    """The rows under a section's title, up to the next blank row."""
    start = next(i for i, row in enumerate(page.rows) if row and row[0].value == title)
    rows = page.rows[start + 1 :]
    return rows[: rows.index([])] if [] in rows else rows


def texts(row: list[Item]) -> list[str]:
    return [str(item.value) for item in row]


@pytest.mark.parametrize("entries", [FAILED, PASSED, UNREADABLE, (FAILED, PASSED)])
def test_rows_fill_the_columns__never_more(entries: object) -> None:
    page = result_page(entries, "r")  # type: ignore[arg-type]

    spans = {sum(item.span for item in row) for row in page.rows if row}
    assert max(spans) == len(page.widths)
    assert (page.title, page.marker) == (RESULT_SHEET, RESULT_MARK)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (PASSED, "文件cdcdcdcdcdcd，规则r"),
        (replace(PASSED, sha256=""), "取自打开的表，规则r"),
        (UNREADABLE, "文件未能读取，规则r"),
    ],
    ids=["a file", "an open book", "unreadable"],
)
def test_source__is_told(entry: Entry, told: str) -> None:
    assert told in [text for row in result_page(entry, "r").rows for text in texts(row)]


@pytest.mark.parametrize(
    ("entry", "text", "look"),
    [
        (FAILED, "有必改：必改3处，请核实1处，提示1处", Look.VERDICT_FAIL),
        (PASSED, "通过，未发现问题", Look.VERDICT_PASS),
        (UNREADABLE, "无法读取：必改1处", Look.VERDICT_FAIL),
    ],
)
def test_verdict_comes_second__under_the_title(entry: object, text: str, look: Look) -> None:
    page = result_page(entry, "r")  # type: ignore[arg-type]

    assert page.rows[0][0].look is Look.TITLE
    assert page.rows[1] == [Item(text, look, len(page.widths))]


def test_findings_link_to_their_cells__numbered_worst_first() -> None:
    head, *rows = section(result_page(FAILED, "r"), "问题")

    assert texts(head) == ["序号", "级别", "位置", "问题", "怎么改", "单位说明", "规则"]
    assert [texts(row)[:3] + texts(row)[-1:] for row in rows] == [
        ["1", "必改", "H8", "AR102"],
        ["2", "必改", "H40", "AR104"],
        ["3", "请核实", "资金表!G33", "CS101"],
        ["4", "提示", "整个文件", "FL201"],
    ]
    assert rows[2][2].link == Place("资金表", "G33")
    assert rows[3][2].link is None
    assert "\n连带：B5 “目标设置”" in str(rows[0][3].value)


def test_answer_cell_is_offered__only_beside_verify() -> None:
    _, *rows = section(result_page(FAILED, "r"), "问题")

    assert [row[5].look for row in rows] == [Look.TEXT, Look.TEXT, Look.INPUT, Look.TEXT]
    assert {row[5].value for row in rows} == {""}


def as_sheet(page: Page) -> Sheet:
    """The page as a reader finds it in a workbook."""
    sheet = Sheet(page.title)
    for row, items in enumerate(page.rows, 1):
        column = 1
        for item in items:
            sheet.cells[row, column] = Cell(row, column, CellType.TEXT, str(item.value))
            column += item.span
    return sheet


def test_answers_go_to_their_own_table__two_in_one_book() -> None:
    other = "自评表（二）"
    moved = tuple(
        replace(f, place=Place(other, f.place.cell)) if f.place.sheet == SHEET else f
        for f in FAILED.findings
    )
    answers = (
        Answer("AR102", Place(SHEET, "H8"), "甲"),
        Answer("CS101", Place("资金表", "G33"), "乙"),
        Answer("AR102", Place(other, "H8"), "丙"),
        Answer("FL201", Place("", ""), "丁"),
        Answer("AR999", Place(other, "H9"), "戊"),
        Answer("AR999", Place("", ""), "己"),
    )
    page = result_page((FAILED, replace(FAILED, sheet=other, findings=moved)), answers=answers)
    assert set(answers_in([as_sheet(page)])) == set(answers)
    rows = section(page, f"问题（{other}）")
    assert [row[5].value for row in rows[1:] if row[6].value == "AR102"] == ["丙"]
    assert [texts(row) for row in section(page, "已答复的事项")[1:]] == [
        ["AR999", f"{other}!H9", "戊"],
        ["AR999", "整个文件", "己"],
    ]


def test_advice_fits__annotated_copy_or_workbook_of_its_own() -> None:
    def advice(page: Page) -> str:
        (row,) = (row for row in page.rows if row and row[0].look is Look.MUTED)
        return str(row[0].value)

    assert advice(result_page(FAILED)).startswith("请直接在表上修改，改完报送本文件即可")
    own = advice(result_page(FAILED, refusal="文件带有数字签名"))
    assert own == "原表不能直接标注（文件带有数字签名），请按下列位置在原表上修改。"


def test_subtotals_stand_against_caps__over_and_unknown() -> None:
    _, *rows = section(result_page(FAILED, "r"), "各级得分与分值")

    assert [texts(row) for row in rows] == [
        ["管理效率", "A5", "40", "38.50", "96.3%"],
        ["　目标设置", "B5", "10", "12", "120%，超过分值"],
        ["产出", "A20", "未知", "未知", ""],
        ["合计", "", "100", "95.20", "95.2%"],
    ]
    assert [row[4].look for row in rows] == [Look.CENTER, Look.ERROR, Look.CENTER, Look.CENTER]
    assert rows[0][3] == Item(Decimal("38.50"), Look.SCORE)


def test_shortfalls_in_three_depths__reasons_as_written() -> None:
    _, *rows = section(result_page(FAILED, "r"), "失分3项，共2.5分")

    assert [row[4].look for row in rows] == [Look.SHORT_3, Look.SHORT_1, Look.SHORT_2]
    assert [str(row[4].value) for row in rows] == ["0.5（50%）", "0.5（2.5%）", "1.5（30%）"]
    assert [texts(row)[5:] for row in rows] == [
        ["未写", "加强管理"], ["人员变动", "按季核对"], ["本表无此栏", "本表无此栏"],
    ]  # fmt: skip
    assert rows[0][1].link == Place(SHEET, "H28")


def test_same_return_same_page__nothing_of_the_clock() -> None:
    assert result_page(FAILED) == result_page(replace(FAILED))


def test_tables_are_told_apart__two_in_one_book() -> None:
    page = result_page((FAILED, replace(PASSED, sheet="自评表二")), "r")
    titles = [row[0].value for row in page.rows if row and row[0].look is Look.SECTION]

    assert titles[:2] == [SHEET, "自评表二"]
    assert "问题（自评表二）" in titles


def test_legend_has_a_word_for_every_colour__always() -> None:
    page = result_page(PASSED, "r")
    legend = next(row for row in page.rows if row and row[0].value == "颜色")

    looks = {Look.ERROR, Look.VERIFY, Look.NOTICE, Look.SHORT_1, Look.SHORT_2, Look.SHORT_3}
    assert {item.look for item in legend[1:]} == looks
    assert all(item.value for item in legend)
