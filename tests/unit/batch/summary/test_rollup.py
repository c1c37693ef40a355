"""Summaries read back: reviews, and a city's summary equal to one of all files."""

import base64
import gc
import hashlib
import io
import zlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from perfxl.batch.model import Collection, ReturnState
from perfxl.batch.summary.data import read_data
from perfxl.batch.summary.reviews import read_reviews
from perfxl.batch.summary.rollup import is_summary, read_summary, rolled_up
from perfxl.batch.summary.slim import slim
from perfxl.batch.summary.workbook import summary_tables, summary_workbook
from perfxl.errors import UsageError
from perfxl.reader.workbook import read_book
from tests.unit.batch.summary.rounds import absent, collection, entry, filed, mixed, unit


def saved(path: Path, round_: Collection) -> Path:
    path.write_bytes(summary_workbook(round_))
    return path


def test_data__come_back_as_they_went(tmp_path: Path) -> None:
    earlier = read_summary(saved(tmp_path / "汇总.xlsx", mixed()))
    assert earlier.collection == slim(mixed())
    assert earlier.reviews == ()
    assert is_summary(tuple(read_book(tmp_path / "汇总.xlsx").names))


def test_reading__leaves_garbage_collection_as_it_was(tmp_path: Path) -> None:
    assert gc.isenabled()
    read_summary(saved(tmp_path / "a.xlsx", mixed()))
    (tmp_path / "b.xlsx").write_bytes(b"PK")
    with pytest.raises(UsageError):
        read_summary(tmp_path / "b.xlsx")
    assert gc.isenabled()


def test_data__hold_odd_letters(tmp_path: Path) -> None:
    odd = "a\x00\x0b\u202e_x0041_\ufffe\n😀" + "长" * 40_000
    round_ = collection(replace(filed("1", entry(1)), why=odd))
    assert read_summary(saved(tmp_path / "a.xlsx", round_)).collection.outcomes[0].why == odd


def test_city__from_districts_equals_city_from_all_files(tmp_path: Path) -> None:
    whole = mixed()
    first = replace(whole, outcomes=whole.outcomes[:4], passed_over=(("图片", 2),))
    second = replace(
        whole, outcomes=whole.outcomes[4:], strangers=(), passed_over=(("图片", 1), ("PDF或OFD", 1))
    )
    parts = [
        read_summary(saved(tmp_path / name, part))
        for name, part in (("甲区.xlsx", first), ("乙区.xlsx", second))
    ]
    city = rolled_up(parts)
    assert summary_tables(city.collection) == summary_tables(whole)
    assert summary_workbook(city.collection) == summary_workbook(whole)
    assert city.collection == slim(whole)


def test_city__from_cities_of_districts_is_the_same_again(tmp_path: Path) -> None:
    parts = [
        replace(mixed(), outcomes=(o,), strangers=(), passed_over=()) for o in mixed().outcomes
    ]
    early = rolled_up(
        [read_summary(saved(tmp_path / f"{i}.xlsx", part)) for i, part in enumerate(parts)]
    )
    again = rolled_up([read_summary(saved(tmp_path / "市.xlsx", early.collection))])
    whole = replace(mixed(), strangers=(), passed_over=())
    assert summary_workbook(again.collection) == summary_workbook(whole)


def test_ledger__orders_and_names_who_is_missing(tmp_path: Path) -> None:
    part = read_summary(
        saved(tmp_path / "a.xlsx", collection(filed("2", entry(2)), filed("1", entry(1))))
    )
    city = rolled_up([part], [unit("1"), unit("2"), unit("3")])
    assert [o.unit.code for o in city.collection.outcomes] == ["1", "2", "3"]
    assert city.collection.outcomes[2].state is ReturnState.MISSING


def test_unit_in_two_summaries__is_refused(tmp_path: Path) -> None:
    part = read_summary(saved(tmp_path / "a.xlsx", collection(filed("1", entry(1)))))
    with pytest.raises(UsageError, match=r"单位1 第1局在.*都有"):
        rolled_up([part, part])


def test_other_scheme_or_year__is_refused(tmp_path: Path) -> None:
    first = read_summary(saved(tmp_path / "a.xlsx", collection(absent("1", ReturnState.MISSING))))
    second = replace(first, name="b", collection=replace(first.collection, scheme_id="x-1"))
    with pytest.raises(UsageError, match="评分方案不同"):
        rolled_up([first, second])
    assert first.collection.round
    other = replace(first.collection, round=replace(first.collection.round, year=2023))
    with pytest.raises(UsageError, match="年度不同"):
        rolled_up([first, replace(first, name="b", collection=other)])


def changed(path: Path, sheet: str, cell: str, value: object) -> Path:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    return path


def test_changed_data__are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", collection(filed("1", entry(1))))
    text = openpyxl.load_workbook(path)["汇总数据"]["B3"].value
    assert text[5] != "A"
    with pytest.raises(UsageError, match="被改动过"):
        read_summary(changed(path, "汇总数据", "B3", f"{text[:5]}A{text[6:]}"))


def test_other_workbooks__are_refused_with_their_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "别的.xlsx")
    (tmp_path / "坏.xlsx").write_bytes(b"x")
    for name, why in (
        ("别的.xlsx", "不是本工具生成的汇总表"),
        ("坏.xlsx", "读不出来"),
        ("无.xlsx", "找不到"),
    ):
        with pytest.raises(UsageError, match=why):
            read_summary(tmp_path / name)


def test_reviews__typed_into_a_summary_come_back(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", mixed())
    changed(path, "得分汇总", "L4", 88.5)
    changed(path, "得分汇总", "M4", "采购扣分少了")
    changed(path, "得分汇总", "L5", "九十分左右")
    earlier = read_summary(path)
    first, second = earlier.reviews
    assert (first.code, first.sheet, first.score, first.opinion) == (
        "101", "自评表", Decimal("88.5"), "采购扣分少了",
    )  # fmt: skip
    assert (second.code, second.score, second.raw) == ("102", None, "九十分左右")
    again = tmp_path / "b.xlsx"
    again.write_bytes(summary_workbook(mixed(), earlier.reviews))
    assert read_summary(again).reviews == earlier.reviews


def test_reviews__are_found_where_somebody_sorted_and_cut_the_sheet(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", mixed())
    changed(path, "得分汇总", "L5", 80)
    book = openpyxl.load_workbook(path)
    book["得分汇总"].delete_rows(1, 2)
    book["得分汇总"].insert_cols(1)
    book.save(path)
    assert [(r.code, r.score) for r in read_reviews(read_book(path))] == [("102", Decimal(80))]


def packed(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data)).decode()


@pytest.mark.parametrize(
    "text",
    [packed(b'{"new": 1}'), packed(b"[" * 99_999), packed(b" " * 17 * 2**20), "%%%", "AAAA"],
    ids=["other-keys", "deep", "bomb", "no-base64", "no-zlib"],
)
def test_data_of_another_kind__are_told_not_guessed(text: str) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("汇总数据")
    sheet.write_row(0, 0, ["perfxl:summary:1", hashlib.sha256(text.encode()).hexdigest()])
    for column in range(0, len(text), 32_000):
        sheet.write_string(1, 1 + column // 32_000, text[column : column + 32_000])
    sheet.write_string(1, 0, "round")
    book.close()
    with pytest.raises(UsageError, match="另一版本"):
        read_data(read_book(buffer.getvalue()), "a.xlsx")


def test_untouched_summary__shows_what_it_counts(tmp_path: Path) -> None:
    assert read_summary(saved(tmp_path / "a.xlsx", mixed())).overtyped == ()


def test_summary_of_another_version__is_added_up_and_its_wording_not_held_against_ours(
    tmp_path: Path,
) -> None:
    path = saved(tmp_path / "a.xlsx", mixed())
    changed(path, "汇总数据", "D1", "0.0.1")
    earlier = read_summary(changed(path, "对账", "D4", "别的说法"))
    assert (earlier.collection, earlier.overtyped) == (slim(mixed()), ())
    assert earlier.other_version == "0.0.1"


def test_figures_typed_over__are_told_with_both_values_and_do_not_count(tmp_path: Path) -> None:
    path = saved(tmp_path / "甲区.xlsx", mixed())
    score = openpyxl.load_workbook(path)["得分汇总"]["F5"].value
    changed(path, "得分汇总", "F5", 99.5)
    changed(path, "回收情况", "D7", "已报")
    changed(path, "总览", "B4", 9)
    earlier = read_summary(path)
    assert {(o.sheet, o.cell, o.shows, o.counts) for o in earlier.overtyped} == {
        ("得分汇总", "F5", "各项相加：99.5", f"{score:g}"),
        ("回收情况", "D7", "状态：已报", "未报"),
        ("总览", "B4", "数：9", "8"),
    }
    city = rolled_up([earlier])
    table = next(t for t in summary_tables(city.collection) if t.name == "对账")
    told = [row for row in table.rows if row[0] == "下级汇总表与数据页不符"]
    assert [(row[4], row[5]) for row in told] == [
        (str(path), f"{o.sheet}!{o.cell}") for o in earlier.overtyped
    ]
    assert all(row[3] for row in told)
    scores = [t for t in summary_tables(mixed()) if t.name == "得分汇总"]
    assert [t for t in summary_tables(city.collection) if t.name == "得分汇总"] == scores
    again = read_summary(saved(tmp_path / "市.xlsx", city.collection))
    assert again.collection.overtyped == earlier.overtyped
    assert again.overtyped == ()


def test_sorted_cut_and_reviewed_sheets__are_no_difference(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", mixed())
    book = openpyxl.load_workbook(path)
    sheet = book["回收情况"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    for number, values in enumerate(reversed(rows), 4):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value
    sheet.delete_rows(1, 2)
    book["得分汇总"]["L4"] = 80
    book["得分汇总"]["M4"] = "少扣"
    book.save(path)
    earlier = read_summary(path)
    assert earlier.overtyped == ()
    assert len(earlier.reviews) == 1


def test_rows_columns_and_sheets_that_are_gone__are_told(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", mixed())
    book = openpyxl.load_workbook(path)
    book["得分汇总"].delete_rows(5)
    book["指标失分"]["B3"] = "分"
    book["回收情况"]["A12"], book["回收情况"]["B12"] = "999", "某局"
    del book["失分明细"]
    book.save(path)
    told = [(o.sheet, o.cell, o.counts[:6]) for o in read_summary(path).overtyped]
    assert told == [
        ("回收情况", "A12", "没有这一行"),
        ("得分汇总", "", "一行：102"[:6]),
        ("指标失分", "A3", "“分值”栏"),
        ("失分明细", "", "整页"),
    ]


def test_unit_that_one_summary_knows_nothing_of__is_the_others(tmp_path: Path) -> None:
    missing = absent("1", ReturnState.MISSING, "没有收到，2025-03-31截止，已超2天")
    parts = [
        read_summary(saved(tmp_path / f"{number}.xlsx", collection(outcome)))
        for number, outcome in enumerate((missing, filed("1", entry(1)), missing))
    ]
    for order in (parts, parts[::-1]):
        (outcome,) = rolled_up(order).collection.outcomes
        assert outcome.state is ReturnState.RECEIVED
    (silent,) = rolled_up([parts[0], parts[2]]).collection.outcomes
    assert silent == slim(collection(missing)).outcomes[0]
