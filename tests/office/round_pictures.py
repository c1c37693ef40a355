"""The pictures of the manual for bureaus: a whole round's summary and its page."""

import tempfile
from datetime import date
from pathlib import Path

from benchmarks import returns
from perfxl.batch.collect import Drive, collect
from perfxl.batch.dashboard.page import dashboard_html
from perfxl.batch.model import Collection
from perfxl.batch.summary.charts import OVERVIEW
from perfxl.batch.summary.workbook import summary_workbook
from perfxl.engine.selection import select_rules
from perfxl.pipeline import Options
from tests.browser.chromium import Chromium
from tests.office.pictures import FOLDER, WIDTH, cut_out, hint_fonts, one_page_a_sheet
from tests.office.session import Office

PICTURES = ("summary.png", "dashboard.png")
_HEIGHT = 1250  # pixels of the page that are shown
_SENT, _CAME = 260, 236


def draw(folder: Path = FOLDER) -> list[Path]:
    """Write the pictures; returns their paths."""
    summary, page = (folder / name for name in PICTURES)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        hint_fonts(scratch)
        round_ = _collected(scratch / "回收")
        book, pdf = scratch / "汇总.xlsx", scratch / "pages.pdf"
        book.write_bytes(summary_workbook(round_))
        with Office() as office:
            document = office.open(book)
            one_page_a_sheet(document)
            at = document.Sheets.getElementNames().index(OVERVIEW) + 1
            office.save(document, pdf)
            document.close(True)
        cut_out(pdf, at, summary)
        page.write_bytes(Chromium(scratch).picture(dashboard_html(round_), WIDTH, _HEIGHT))
    return [summary, page]


def _collected(folder: Path) -> Collection:
    """A round of several schemes, some returns with faults, some still missing."""
    returns.write(folder, _CAME)
    units = [returns.unit_of(number) for number in range(_SENT)]
    drive = Drive(date(2025, 4, 10), units)
    return collect([folder], drive, Options(select_rules()), workers=2)
