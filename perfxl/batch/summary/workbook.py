"""The summary as a workbook: what came, what it scored, what is wrong, what was left out."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfxl.batch.advice.advise import advise
from perfxl.batch.advice.model import Advised
from perfxl.batch.model import Collection
from perfxl.batch.summary.account import account_table
from perfxl.batch.summary.advised import ADVICE, advice_table
from perfxl.batch.summary.charts import (
    GRADES,
    OVERVIEW,
    add_grades,
    add_overview,
    facts_table,
    losing_first,
)
from perfxl.batch.summary.counted import counted
from perfxl.batch.summary.data import DATA_SHEET, SUMMARY_NAME, data_rows
from perfxl.batch.summary.faults import faults_table
from perfxl.batch.summary.garbage import collecting_no_garbage
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
    from xlsxwriter.worksheet import Worksheet

_LISTS_BEFORE_GRADES = 5


def summary_tables(
    collection: Collection, reviews: Sequence[Review] = (), advised: Advised | None = None
) -> list[Table]:
    """Every table of the summary, as for CSV and Parquet; the lists in the workbook's order."""
    whole = slim(collection)
    return [
        *_lists(whole, reviews, advised, is_for_sheets=False),
        district_table(whole),
        grades_table(whole),
        bands_table(whole),
        district_grades_table(whole),
    ]


def visible_tables(collection: Collection) -> dict[str, list[Table]]:
    """The tables with figures by the sheet they stand on; advice and reviews are none."""
    whole = slim(collection)
    lists = _lists(whole, (), Advised(()), is_for_sheets=True)
    return {
        OVERVIEW: [facts_table(whole), district_table(whole)],
        **{table.name: [table] for table in lists if table.name != ADVICE},
        GRADES: [grades_table(whole), bands_table(whole), district_grades_table(whole)],
    }


def summary_workbook(
    collection: Collection,
    reviews: Sequence[Review] = (),
    folder: Path | None = None,
    advised: Advised | None = None,
) -> bytes:
    """The summary of a round; the same round gives the same bytes.

    Args:
        collection: the round; contacts in it stay out.
        reviews: what was typed into an earlier summary, see `read_summary`.
        folder: where the workbook will lie; figures then link to the cells they were taken from.
        advised: the advice on the round; that of the rules on by default when None.
    """
    with collecting_no_garbage():
        return _workbook(slim(collection), reviews, folder, advised)


def _workbook(
    whole: Collection, reviews: Sequence[Review], folder: Path | None, advised: Advised | None
) -> bytes:
    import datetime

    import xlsxwriter

    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    created = datetime.datetime(2000, 1, 1)  # of no meaning, but always the same
    book.set_properties({"created": created, "title": "绩效自评表汇总"})
    for name in (FINDINGS_NAME, SUMMARY_NAME):  # never taken for a return
        book.define_name(name, '="1"')
    sheets = Sheets(book, folder)
    add_overview(book, sheets, whole)
    lists = _lists(whole, reviews, advised, is_for_sheets=True)
    for table in lists[:_LISTS_BEFORE_GRADES]:
        sheet = sheets.add_list(table)
        if any(column.name == SCORE for column in table.columns):
            _accept_reviews(sheet, table)
    add_grades(book, sheets, whole, losing_first(lists))
    for table in lists[_LISTS_BEFORE_GRADES:]:
        sheets.add_list(table)
    sheets.add_hidden(DATA_SHEET, data_rows(whole))
    book.close()
    return sheets.finished(buffer.getvalue())


def _lists(
    whole: Collection,
    reviews: Sequence[Review],
    advised: Advised | None,
    *,
    is_for_sheets: bool,
) -> list[Table]:
    return [
        returns_table(whole),
        scores_table(whole, reviews),
        standings_table(whole),
        shortfalls_table(whole),
        faults_table(whole),
        advice_table(advised or advise(counted(whole))),
        account_table(whole, reviews),
        other_files_table(whole),
        sources_table(whole, is_for_sheet=is_for_sheets),
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
