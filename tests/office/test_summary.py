"""The summary in LibreOffice: opens, reckons what we reckoned, and survives being saved."""

from decimal import Decimal
from pathlib import Path

import openpyxl

from perfxl.batch.summary.reviews import Review
from perfxl.batch.summary.rollup import read_summary
from perfxl.batch.summary.slim import slim
from perfxl.batch.summary.workbook import summary_workbook
from tests.office.session import Office
from tests.unit.batch.summary.rounds import entry, mixed


def test_saved_by_another_program__holds_data_reviews_and_charts(
    office: Office, tmp_path: Path
) -> None:
    one = entry(1)
    assert one.total.computed is not None
    review = Review("101", "自评表", Decimal("80.5"), "80.5", "少扣了分", one.sha256[:12])
    source = tmp_path / "汇总.xlsx"
    source.write_bytes(summary_workbook(mixed(), [review], tmp_path))

    saved = office.resave(source, tmp_path / "另存.xlsx")

    earlier = read_summary(saved)
    assert earlier.collection == slim(mixed())
    assert earlier.reviews == (review,)
    assert earlier.overtyped == ()
    book = openpyxl.load_workbook(saved, data_only=True)
    sheet = book["得分汇总"]
    assert sheet["N4"].value == float(Decimal("80.5") - one.total.computed)
    assert sheet["N5"].value in (None, "")
    assert sheet["E4"].value == float(one.total.stated or 0)
    assert len(book["等级分布"]._charts) == 3
    assert book["汇总数据"].sheet_state == "hidden"


def test_score_typed_in__is_reckoned_against_ours(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "汇总.xlsx"
    source.write_bytes(summary_workbook(mixed()))
    document = office.open(source)
    try:
        cells = document.Sheets.getByName("得分汇总")
        cells.getCellRangeByName("L5").Value = 60
        document.calculateAll()
        difference = cells.getCellRangeByName("N5").Value
        office.save(document, tmp_path / "填.xlsx")
    finally:
        document.close(True)
    computed = entry(2).total.computed
    assert computed is not None
    assert abs(difference - float(60 - computed)) < 1e-9
    assert [(r.code, r.score) for r in read_summary(tmp_path / "填.xlsx").reviews] == [
        ("102", Decimal(60))
    ]
