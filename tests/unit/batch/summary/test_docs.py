"""The manual's page says what the workbook holds."""

import io
import re
from pathlib import Path

import openpyxl

from perfxl.batch.summary.workbook import summary_workbook
from tests.unit.batch.summary.rounds import mixed

PAGE = Path(__file__).resolve().parents[4] / "docs" / "summary.md"


def test_page__names_every_sheet_and_no_other() -> None:
    book = openpyxl.load_workbook(io.BytesIO(summary_workbook(mixed())))
    shown = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    table = PAGE.read_text(encoding="utf-8").partition("## 复核")[0]
    assert re.findall(r"^\| ([^ |]+) \|", table, re.MULTILINE)[1:] == shown
