"""The summary as a workbook: what came, what it scored, what is wrong, what was left out."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfxl.batch.advice.advise import advise
from perfxl.batch.model import Collection
from perfxl.batch.summary.account import account_table
from perfxl.batch.summary.advised import advice_table
from perfxl.batch.summary.charts import add_grades, add_overview, losing_first
from perfxl.batch.summary.counted import counted
from perfxl.batch.summary.data import DATA_SHEET, SUMMARY_NAME, data_rows
from perfxl.batch.summary.faults import faults_table
from perfxl.batch.summary.grades import bands_table, district_grades_table, grades_table
from perfxl.batch.summary.progress import district_table, other_files_table, returns_table
from perfxl.batch.summary.reviews import SCORE, Review
from perfxl.batch.summary.scores import scores_table, sources_table
from perfxl.batch.summary.sheets import Sheets
from perfxl.batch.summary.shortfalls import shortfalls_table, standings_table
from perfxl.batch.summary.slim import slim
from perfxl.batch.summary.table import Table
from perfxl.model.annotation import FINDINGS_NAME

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LISTS_BEFORE_GRADES = 5


def summary_tables(collection: Collection, reviews: Sequence[Review] = ()) -> list[Table]:
    """Every table of the summary, as for CSV and Parquet; the lists in the workbook's order."""
    whole = slim(collection)
    return [
        *_lists(whole, reviews),
        district_table(whole),
        grades_table(whole),
        bands_table(whole),
        district_grades_table(whole),
    ]


def summary_workbook(
    collection: Collection, reviews: Sequence[Review] = (), folder: Path | None = None
) -> bytes:
    """The summary of a round; the same round gives the same bytes.

    Args:
        collection: the round; contacts in it stay out.
        reviews: what was typed into an earlier summary, see `read_summary`.
        folder: where the workbook will lie; figures then link to the cells they were taken from.
    """
    import datetime

    import xlsxwriter

    whole = slim(collection)
    buffer = io.BytesIO()
    # Rows leave the memory as they are written: a province has very many.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    created = datetime.datetime(2000, 1, 1)  # of no meaning, but always the same
    book.set_properties({"created": created, "title": "绩效自评表汇总"})
    for name in (FINDINGS_NAME, SUMMARY_NAME):  # never taken for a return
        book.define_name(name, '="1"')
    sheets = Sheets(book, folder)
    add_overview(book, sheets, whole)
    lists = _lists(whole, reviews)
    for table in lists[:_LISTS_BEFORE_GRADES]:
        sheet = sheets.add_list(table)
        if any(column.name == SCORE for column in table.columns):
            _accept_reviews(sheet, table)
    add_grades(book, sheets, whole, losing_first(lists))
    for table in lists[_LISTS_BEFORE_GRADES:]:
        sheets.add_list(table)
    _add_data(book, whole)
    book.close()
    return buffer.getvalue()


def _lists(whole: Collection, reviews: Sequence[Review]) -> list[Table]:
    return [
        returns_table(whole),
        scores_table(whole, reviews),
        standings_table(whole),
        shortfalls_table(whole),
        faults_table(whole),
        advice_table(advise(counted(whole))),
        account_table(whole, reviews),
        other_files_table(whole),
        sources_table(whole),
    ]


def _accept_reviews(sheet: "Worksheet", table: Table) -> None:
    """复核得分 takes numbers; anything else is warned of, not refused."""
    column, first = table.column(SCORE), 3
    rule = {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "ignore_blank": True,
        "input_title": "复核得分",
        "input_message": "填复核后的总分；下次汇总会读回",
        "error_title": "复核得分",
        "error_message": "请填数字",
        "error_type": "warning",
    }
    last = first + max(len(table.rows), 1) - 1
    sheet.data_validation(first, column, last, column, rule)


def _add_data(book: "Workbook", whole: Collection) -> None:
    sheet = book.add_worksheet(DATA_SHEET)
    for row, texts in enumerate(data_rows(whole)):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text)
    sheet.hide()
