"""台账: which copy went to which unit; written by us, sorted, coloured and added to by people."""

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from perfxl.batch.days import parse_day
from perfxl.batch.model import Issued, Round, Unit
from perfxl.errors import UsageError
from perfxl.model.annotation import LEDGER_NAME
from perfxl.reader.grids import Row, TextGrid, read_grids
from perfxl.scheme.vocabulary import fold

LEDGER_FILE = "台账.xlsx"
_SHEET, _ROUND_SHEET = "台账", "本轮"
_HEADING_WITHIN = 20
# Heading → width in characters. The order may be changed by people, the headings may not.
_COLUMNS: dict[str, int] = {
    "单位代码": 14, "单位名称": 34, "主管区县": 14, "状态": 10, "文件": 52, "下发日期": 12,
    "报送截止": 12, "联系人": 10, "联系电话": 16, "并入单位代码": 14, "曾用名": 20, "说明": 26,
    "方案": 18, "方案版本": 9, "下发编号": 19, "SHA-256": 68, "模板指纹": 68,
}  # fmt: skip
_PRINTED = 9  # columns, up to 联系电话; what follows is for programs and would shrink the page
_ITEM_WIDTH = 14
# Columns of a list, of a ledger among them, that are no items of a form.
_NO_ITEMS = frozenset(("序号", "备注", "收到日期", "采用", *map(fold, _COLUMNS)))
_ROUND_LABELS: dict[str, str] = {
    "year": "评价年度", "doc_no": "文号", "notice": "通知标题", "due": "报送截止",
    "resubmission_due": "复报截止", "reply_due": "反馈截止", "office": "科室", "bureau": "落款",
    "contact": "联系人", "phone": "联系电话", "file_name": "文件名格式",
}  # fmt: skip


def items_of(unit: Unit) -> dict[str, str]:
    """What the list tells of a unit that may have a place in its form."""
    told = unit.particulars.items()
    return {name: text for name, text in told if text and fold(name) not in _NO_ITEMS}


def ledger_workbook(round_: Round, units: Sequence[Unit], issued: Iterable[Issued]) -> bytes:
    """The ledger: a row for each unit in the list's order, sent something or not.

    The same arguments always give the same bytes. Contacts stand in it: it is the bureau's own.
    Items of the list stand in columns behind ours.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    # Of no meaning, but always the same.
    book.set_properties({"created": datetime.datetime(2000, 1, 1), "title": "自评表下发台账"})
    book.define_name(LEDGER_NAME, '="1"')
    head = book.add_format(
        {"font_name": "黑体", "font_size": 10.5, "bg_color": "#F2F2F2", "border": 1,
         "align": "center", "valign": "vcenter", "text_wrap": True}
    )  # fmt: skip
    body = book.add_format(
        {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "num_format": "@"}
    )
    muted = book.add_format(
        {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "num_format": "@",
         "font_color": "#7F7F7F"}
    )  # fmt: skip
    sheet = book.add_worksheet(_SHEET)
    items = {name: _ITEM_WIDTH for unit in units for name in items_of(unit)}
    columns = _COLUMNS | items
    for column, (heading, width) in enumerate(columns.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, head)
    sheet.set_row(0, 24)
    by_code = {line.code: line for line in issued}
    names = {unit.code: unit.name for unit in units}
    for row, unit in enumerate(units, start=1):
        line = by_code.get(unit.code)
        texts = _texts(unit, line, names) | items_of(unit)
        for column, heading in enumerate(columns):
            sheet.write_string(row, column, texts.get(heading, ""), body if line else muted)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(units)), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, max(1, len(units)), _PRINTED - 1)
    _write_round(book.add_worksheet(_ROUND_SHEET), round_, head, body)
    book.close()
    return buffer.getvalue()


def _texts(unit: Unit, line: Issued | None, names: Mapping[str, str]) -> dict[str, str]:
    told = ""
    if line is None:
        into = f"，由{names.get(unit.into, unit.into)}报送" if unit.into else ""
        told = f"{unit.state.value}，未下发{into}"
    return {
        "单位代码": unit.code,
        "单位名称": unit.name,
        "主管区县": unit.district,
        "状态": unit.state.value,
        "文件": line.file if line else "",
        "下发日期": line.issued.isoformat() if line else "",
        "报送截止": line.due.isoformat() if line and line.due else "",
        "联系人": unit.contact,
        "联系电话": unit.phone,
        "并入单位代码": unit.into,
        "曾用名": "、".join(unit.aliases),
        "说明": told,
        "方案": line.scheme_id if line else "",
        "方案版本": line.version if line else "",
        "下发编号": line.issue_id if line else "",
        "SHA-256": line.sha256 if line else "",
        "模板指纹": line.fingerprint if line else "",
    }


def _write_round(sheet: Any, round_: Round, head: Any, body: Any) -> None:
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 60)
    for row, (attribute, label) in enumerate(_ROUND_LABELS.items()):
        value = getattr(round_, attribute)
        sheet.write_string(row, 0, label, head)
        sheet.write_string(row, 1, "" if value is None else str(value), body)


def read_ledger(path: Path) -> tuple[Issued, ...]:
    """The copies that a ledger tells of, in its order.

    Columns are known by their headings, wherever they stand; rows without a 下发编号, such as
    those of units that were sent nothing or that somebody added by hand, are no copies of ours.

    Raises:
        UsageError: the file cannot be read, or is no ledger.
    """
    for grid in read_grids(path):
        for index, row in enumerate(grid.rows[:_HEADING_WITHIN]):
            columns = {fold(text): column for column, text in row.texts.items()}
            if {"单位代码", "下发编号"} <= columns.keys():
                return tuple(_issued(path, grid.rows[index + 1 :], columns))
    raise UsageError(f"{path}：不是台账，没有“单位代码”和“下发编号”两栏")


def _issued(path: Path, rows: Iterable[Row], columns: Mapping[str, int]) -> Iterator[Issued]:
    for row in rows:

        def text(heading: str, row: Row = row) -> str:
            return row.texts.get(columns.get(fold(heading), 0), "")

        if not text("下发编号"):
            continue
        day = parse_day(text("下发日期"))
        if day is None:
            raise UsageError(
                f"{path} 第{row.number}行：下发日期“{text('下发日期')}”看不懂，应如 2025-03-01"
            )
        yield Issued(
            code=text("单位代码"),
            name=text("单位名称"),
            district=text("主管区县"),
            file=text("文件"),
            sha256=text("SHA-256"),
            issue_id=text("下发编号"),
            scheme_id=text("方案"),
            version=text("方案版本"),
            fingerprint=text("模板指纹"),
            issued=day,
            due=parse_day(text("报送截止")),
        )


def read_ledger_round(path: Path) -> Round | None:
    """The round that a ledger belongs to; None where its sheet 本轮 is gone or says no year.

    Raises:
        UsageError: the file cannot be read.
    """
    grid = next((grid for grid in read_grids(path) if grid.name == _ROUND_SHEET), None)
    return _round(grid) if grid else None


def _round(grid: TextGrid) -> Round | None:
    said = {row.texts.get(1, ""): row.texts.get(2, "") for row in grid.rows}
    values: dict[str, Any] = {}
    for field in fields(Round):
        text = said.get(_ROUND_LABELS[field.name], "")
        if field.name == "year":
            if not text.isdecimal():
                return None
            values["year"] = int(text)
        elif field.name in ("due", "resubmission_due", "reply_due"):
            values[field.name] = parse_day(text)
        elif text:
            values[field.name] = text
    return Round(**values)
