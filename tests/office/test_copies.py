"""Copies sent out, as another program opens and saves them."""

from datetime import date
from pathlib import Path

import pytest

from perfxl.batch.distribute import Copy, copies
from perfxl.batch.model import Round, Unit
from perfxl.engine.selection import select_rules
from perfxl.model.approved import ApprovedTarget
from perfxl.pipeline import Options, check_file
from perfxl.reader.workbook import read_book
from perfxl.scheme.approved import read_approved
from perfxl.scheme.find import get_scheme, scheme_folder
from perfxl.scheme.stamp import read_stamp
from tests.office.session import Office

SCHEME = "guangzhou-2022"
UNITS = (Unit("101", "某市应急管理局", "甲区"), Unit("102", '"两办"<&>局', "甲区"))
TARGETS = (
    ApprovedTarget(("产出指标", "数量指标", '"桌面"演练场次'), "≥", "80", "场"),
    ApprovedTarget(("效益指标", "社会效益指标", "知晓情况" * 60), "定性", "明显提高", ""),
)


def made() -> list[Copy]:
    scheme, round_ = get_scheme(SCHEME), Round(2024, due=date(2025, 3, 31))
    return list(copies(scheme_folder(SCHEME), scheme, round_, UNITS, {"101": TARGETS}))


@pytest.mark.parametrize("index", [0, 1])
@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_copy__is_known_again_after_a_resave(
    index: int, suffix: str, office: Office, tmp_path: Path
) -> None:
    copy = made()[index]
    path = tmp_path / "原表.xlsx"
    path.write_bytes(copy.data)
    saved = office.resave(path, tmp_path / f"另存{suffix}")
    book = read_book(saved)
    stamp = read_stamp(book.names, book.properties)
    assert stamp
    assert (stamp.unit, stamp.code, stamp.issue) == (
        UNITS[index].name, UNITS[index].code, copy.issue_id,
    )  # fmt: skip
    assert stamp.due == "2025-03-31"
    before = read_book(path)
    assert read_approved(book.names, book.properties) == read_approved(
        before.names, before.properties
    )
    (entry,) = check_file(saved, Options(select_rules(["ST110"]))).entries
    assert entry.findings == ()
    assert bool(entry.skipped) is (index == 1)


def test_title__names_the_unit_when_another_program_computes_it(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "原表.xlsx"
    path.write_bytes(made()[1].data)
    document = office.open(path)
    try:
        document.calculateAll()
        shown = document.Sheets.getByName("自评表").getCellByPosition(0, 0).String
    finally:
        document.close(True)
    assert shown == f"2024年度{UNITS[1].name}部门整体支出绩效自评表"
