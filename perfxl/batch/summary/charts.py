"""等级分布 and 总览: small tables with Excel's own charts beside them."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from perfxl.batch.model import Collection, ReturnState
from perfxl.batch.summary.counted import counted
from perfxl.batch.summary.faults import answered, told_entries
from perfxl.batch.summary.grades import (
    bands_table,
    district_grades_table,
    grades_table,
    mean,
)
from perfxl.batch.summary.paper import (
    PIXEL,
    ROW,
    SECTION,
    TITLE,
    fit_on_one_page,
    table_height,
)
from perfxl.batch.summary.progress import district_table, whole
from perfxl.batch.summary.sheets import Sheets
from perfxl.batch.summary.table import Column, Kind, Table
from perfxl.model.finding import Severity

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_FONT = {"name": "宋体", "size": 10}
_BLUE, _AMBER = "#4F86BD", "#F4A940"
_CHART = {"width": 560, "height": 300}
_TOP = 10
OVERVIEW, GRADES = "总览", "等级分布"  # sheets
_MAX_BARS = 30  # districts in a chart
_BESIDE_CHART = 14  # rows below a head that a chart beside its table covers
# The dashboard's colours.
_STATE_COLOURS = {
    ReturnState.RECEIVED: "#4F86BD", ReturnState.LATE: "#9DBFE0", ReturnState.MISSING: "#F4A940",
    ReturnState.SCAN_ONLY: "#FFD98F", ReturnState.UNREADABLE: "#B8772A",
    ReturnState.WRONG_VERSION: "#D9A066", ReturnState.WRONG_UNIT: "#C9B28F",
    ReturnState.UNDECIDED: "#8C6BB1", ReturnState.EXEMPT: "#C4C9CF", ReturnState.MERGED: "#A3ABB5",
}  # fmt: skip


def add_overview(book: "Workbook", sheets: Sheets, collection: Collection) -> None:
    """总览: the round in a few lines, and how far each district has got."""
    table = facts_table(collection)
    districts = district_table(collection)
    columns = [Column("", max(24.0, districts.columns[0].width)), *districts.columns[1:]]
    sheet = sheets.add_sheet(OVERVIEW, columns)
    one = collection.round
    title = f"{one.year}年度绩效自评表汇总" if one else "绩效自评表汇总"
    row = sheets.put_title(sheet, title, _stamp(collection))
    row = sheets.put_table(sheet, table, row) + 2
    row = sheets.put_section(sheet, row, f"{districts.name}（{districts.note}）")
    last = sheets.put_table(sheet, districts, row)
    height = TITLE + table_height(table) + 2 * ROW + SECTION + table_height(districts)
    if row + 1 <= last - 1 <= row + _MAX_BARS:
        height += ROW + PIXEL * _add_progress_chart(book, sheet, districts, row, last)
    fit_on_one_page(sheet, columns, height)


def _stamp(collection: Collection) -> str:
    one = collection.round
    doc_no = f"{one.notice}{one.doc_no}，" if one and (one.notice or one.doc_no) else ""
    return f"{doc_no}截至{collection.as_of}，评分方案{collection.scheme_id or '未指定'}"


def facts_table(collection: Collection) -> Table:
    """要点: the round in a few lines."""
    tables = counted(collection)
    all_of = whole(collection.outcomes)
    checked = list(told_entries(collection.outcomes))
    rates = [one.rate for one in tables if one.rate is not None]
    table = Table("要点", (Column("项目", 24), Column("数", 9, Kind.COUNT)))
    table.add(["台账单位", all_of.units])
    table.add(["应报", all_of.due])
    table.add(["已报（含迟报）", all_of.came])
    table.add(["计入汇总的评分表", len(tables)])
    if collection.strangers:
        table.add(["认不出单位的文件", len(collection.strangers)])
    for severity in Severity:
        found = sum(entry.count(severity) for entry in checked)
        table.add([f"问题：{severity.label}", found])
        if severity is Severity.VERIFY and (told := answered(checked)):
            table.add(["其中已有单位说明", told])
    average = mean(rates)
    known = f"平均得分率（{len(rates)}张）"
    table.add([known, None if average is None else f"{average * 100:.2f}%"])
    return table


def _add_progress_chart(
    book: "Workbook", sheet: "Worksheet", table: Table, head: int, last: int
) -> int:
    """The chart below the table; its height in pixels."""
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for index in range(3, len(table.columns) - 1):
        chart.add_series(
            {
                "name": [OVERVIEW, head, index],
                "categories": [OVERVIEW, head + 1, 0, last - 1, 0],
                "values": [OVERVIEW, head + 1, index, last - 1, index],
                "fill": {"color": _STATE_COLOURS[ReturnState(table.columns[index].name)]},
                "gap": 60,
            }
        )
    chart.set_title({"name": "各区县回收进度", "name_font": {**_FONT, "size": 12}})
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "major_gridlines": {"visible": False}})
    chart.set_x_axis({"num_font": _FONT, "num_format": "0%"})
    height = max(240, 110 + 26 * (last - head))
    chart.set_size({"width": 760, "height": height})
    sheet.insert_chart(last + 2, 0, chart, {"object_position": 2})
    return height


def add_grades(book: "Workbook", sheets: Sheets, collection: Collection, ranked: Table) -> None:
    """等级分布: grades, shares of points, districts, and the indicators most often short."""
    grades, bands = grades_table(collection), bands_table(collection)
    districts = district_grades_table(collection)
    columns = [Column("", 16), *[Column("", 12)] * max(len(districts.columns) - 1, 8)]
    name = GRADES
    sheet = sheets.add_sheet(name, columns)
    head = sheets.put_title(sheet, name, "按计入汇总的评分表；未填或算不出的单列，不归入任何等级")
    last = sheets.put_table(sheet, grades, head)
    chart = _columns(book, "等级分布（张）")
    for index, colour in ((1, _BLUE), (2, _AMBER)):
        chart.add_series(_series(name, head, last, index, colour))
    sheet.insert_chart(head, 4, chart, {"object_position": 2})
    row = max(last, head + _BESIDE_CHART) + 2
    head = sheets.put_section(sheet, row, bands.name)
    last = sheets.put_table(sheet, bands, head)
    chart = _columns(book, "得分率分布（张）")
    chart.add_series(_series(name, head, last, 1, _BLUE))
    chart.set_legend({"none": True})
    sheet.insert_chart(head, 4, chart, {"object_position": 2})
    row = max(last, head + _BESIDE_CHART) + 2
    # Charts first: a long table may go on over further pages.
    row += _add_top_chart(book, sheet, ranked, row)
    head = sheets.put_section(sheet, row, districts.name)
    sheets.put_table(sheet, districts, head)
    # Above the districts the few rows with a height of their own are next to nothing.
    fit_on_one_page(sheet, columns, TITLE + row * ROW + SECTION + table_height(districts))


def _columns(book: "Workbook", title: str) -> Any:
    chart = book.add_chart({"type": "column"})
    chart.set_title({"name": title, "name_font": {**_FONT, "size": 12}})
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_x_axis({"num_font": _FONT})
    # Returns are counted in whole numbers.
    chart.set_y_axis({"num_font": _FONT, "num_format": "0", "min": 0})
    chart.set_size(_CHART)
    return chart


def _series(sheet: str, head: int, last: int, column: int, colour: str) -> dict[str, object]:
    return {
        "name": [sheet, head, column],
        "categories": [sheet, head + 1, 0, last, 0],
        "values": [sheet, head + 1, column, last, column],
        "fill": {"color": colour},
        "data_labels": {"value": True, "font": _FONT},
        "gap": 80,
    }


def _add_top_chart(book: "Workbook", sheet: "Worksheet", ranked: Table, row: int) -> int:
    """The indicators that most returns lost points on, from 指标失分; the rows that it covers."""
    losing = ranked.column("失分的表")
    short = [values for values in ranked.rows[:_TOP] if values[losing]]
    if not short:
        return 0
    chart = book.add_chart({"type": "bar"})
    head = 2
    chart.add_series(_series(ranked.name, head, head + len(short), losing, _AMBER))
    chart.set_title({"name": "失分最多见的指标（张）", "name_font": {**_FONT, "size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": _FONT})
    chart.set_x_axis({"num_font": _FONT, "num_format": "0", "min": 0})
    height = 110 + 30 * len(short)
    chart.set_size({"width": 860, "height": height})
    sheet.insert_chart(row, 0, chart, {"object_position": 2})
    return math.ceil(height * PIXEL / ROW) + 1


def losing_first(tables: Sequence[Table]) -> Table:
    """The table 指标失分 among others.

    Raises:
        StopIteration: it is not among them.
    """
    return next(table for table in tables if table.name == "指标失分")
