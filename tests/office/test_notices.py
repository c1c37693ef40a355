"""A 退回单 as LibreOffice prints it: one page, every part on it, heads on every page."""

import re
import subprocess
from pathlib import Path

from perfxl.document.notice import Notice
from perfxl.document.word import notice_docx
from tests.office.notices import PICTURES, long_notice, notice, print_text
from tests.office.pictures import ROOT
from tests.office.session import Office


def pages(office: Office, told: Notice, folder: Path) -> list[str]:
    """The text of each printed page without blanks: lines break where the font lets them."""
    word, pdf = folder / "退回单.docx", folder / "退回单.pdf"
    word.write_bytes(notice_docx(told))
    print_text(office, word, pdf)
    command = ["pdftotext", "-layout", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return ["".join(page.split()) for page in text.split("\f")[:-1]]


def bare(text: str) -> str:
    return "".join(text.split())


def test_notice_is_one_page__with_every_part_in_order(office: Office, tmp_path: Path) -> None:
    told = notice()
    (page,) = pages(office, told, tmp_path)
    parts = [told.title, told.addressee, told.opening, "序号位置问题怎么改", told.request]
    parts += [told.contact, *told.signature, told.basis]
    found = [page.find(bare(part)) for part in parts]
    assert -1 not in found
    assert found == sorted(found)
    for row in told.rows:
        assert f"【{row.severity}】" in page


def test_ten_rows_and_the_rest_counted__heads_on_every_page(office: Office, tmp_path: Path) -> None:
    told = long_notice()
    printed = pages(office, told, tmp_path)
    assert len(printed) == 2
    assert all("序号位置问题怎么改" in page for page in printed)
    assert bare(told.more) in "".join(printed)
    # The office's name and the date stay with the line before them.
    assert bare("".join(told.signature)) in printed[-1]


def test_no_mark_begins_a_line__as_chinese_is_set(office: Office, tmp_path: Path) -> None:
    word, pdf = tmp_path / "退回单.docx", tmp_path / "退回单.pdf"
    word.write_bytes(notice_docx(long_notice()))
    print_text(office, word, pdf)
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True).stdout
    lines = [line.strip() for line in text.decode().split("\n") if line.strip()]
    assert len(lines) > 20
    assert [line for line in lines if re.match("[，。、；：）》”？]", line)] == []


def test_page_about_notices_shows__its_picture() -> None:
    text = (ROOT / "docs" / "notices.md").read_text(encoding="utf-8")
    assert re.findall(r"!\[[^\]]+\]\(images/([^)]+)\)", text) == list(PICTURES)
