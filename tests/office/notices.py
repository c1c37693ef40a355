"""A 退回单 of a form with many faults, and its picture for the manual."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from perfxl.batch.model import Received, ReturnState, Round, Unit, UnitOutcome
from perfxl.batch.notices import MOST_ROWS, Attachment, notice_of
from perfxl.document.notice import Notice
from perfxl.document.word import notice_docx
from perfxl.engine.selection import select_rules
from perfxl.model.report import Entry
from perfxl.pipeline import Options, check_file
from tests.forms import shenzhen
from tests.office.pictures import FOLDER, cut_out, hint_fonts
from tests.office.session import Office

PICTURES = ("notice.png",)
_WIDTH = 1050  # pixels: a page of text is high and heavy
_DAY = date(2025, 4, 18)
_ROUND = Round(
    year=2024,
    doc_no="某财绩〔2025〕3号",
    notice="关于开展2024年度部门整体支出绩效自评的通知",
    due=date(2025, 3, 31),
    resubmission_due=date(2025, 4, 25),
    office="绩效科",
    bureau="某区财政局",
    contact="李某",
    phone="见通知",
)


def notice() -> Notice:
    """The 退回单 of a form as it was filed."""
    with tempfile.TemporaryDirectory() as folder:
        path = shenzhen.build("as_meant", Path(folder) / "a.xlsx")
        return _notice(check_file(path, Options(select_rules())).entries)


def long_notice() -> Notice:
    """The longest that is written: ten rows and a line for the rest."""
    short = notice()
    rows = tuple(replace(row, number=n) for n, row in enumerate(short.rows * 2, 1))
    assert len(rows) == MOST_ROWS
    return replace(short, rows=rows, more="另有5处见附件“校验结果”页。")


def _notice(entries: Sequence[Entry]) -> Notice:
    file = Received("a.xlsx", None, "", "1", "stamp", _DAY, "file", 0, tuple(entries))
    outcome = UnitOutcome(Unit("1", "某区应急管理局"), ReturnState.RECEIVED, file)
    made = notice_of(outcome, _ROUND, as_of=_DAY, attachment=Attachment.ANNOTATED)
    assert made is not None
    return made


def draw(folder: Path = FOLDER) -> list[Path]:
    """Write the picture; returns its path."""
    with tempfile.TemporaryDirectory() as scratch:
        hint_fonts(Path(scratch))
        word, pdf = Path(scratch) / "notice.docx", Path(scratch) / "notice.pdf"
        word.write_bytes(notice_docx(notice()))
        with Office() as office:
            print_text(office, word, pdf)
        target = folder / PICTURES[0]
        cut_out(pdf, 1, target, _WIDTH)
        return [target]


def print_text(office: Office, word: Path, pdf: Path) -> None:
    """A Word file as a PDF."""
    document = office.open(word)
    try:
        office.save(document, pdf)
    finally:
        document.close(True)
