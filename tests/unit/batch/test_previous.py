from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from perfxl.batch.distribute import copies
from perfxl.batch.model import (
    Collection,
    Received,
    ReturnState,
    Round,
    Unit,
    UnitOutcome,
)
from perfxl.batch.previous import Previous, load_previous
from perfxl.batch.summary.workbook import summary_workbook
from perfxl.engine.selection import select_rules
from perfxl.model.approved import ApprovedTarget
from perfxl.model.past import PastYear
from perfxl.pipeline import Options, check_file
from perfxl.reader.workbook import read_book
from perfxl.scheme.approved import read_approved
from perfxl.scheme.find import get_scheme, scheme_folder
from tests.forms.template import UNIT, city_entries, filled

SCHEME = "guangzhou-2022"
UNITS = (Unit("101", "新的应急管理局", "甲区", aliases=(UNIT,)), Unit("102", "乙局", "甲区"))
SHEET, PAST = "绩效指标完成情况", "上年问题整改"


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("上年")
    filled(SCHEME, city_entries(), folder / "表.xlsx")
    return folder


@pytest.fixture(scope="module")
def previous(returned: Path) -> Previous:
    return load_previous([returned], UNITS)


def sent(
    tmp_path: Path, previous: Previous, approved: dict[str, tuple[ApprovedTarget, ...]]
) -> Path:
    made = copies(
        scheme_folder(SCHEME), get_scheme(SCHEME), Round(2024, due=date(2025, 3, 31)), UNITS,
        approved, previous.years,
    )  # fmt: skip
    path = tmp_path / "a.xlsx"
    path.write_bytes(next(made).data)
    return path


def test_return__is_known_by_a_former_name(previous: Previous) -> None:
    assert list(previous.years) == ["101"]
    past = previous.years["101"]
    assert len(past.indicators) == 22
    assert all(path[0] == "产出指标" for path in past.indicators)
    assert past.problems
    assert all(problem.lost > 0 for problem in past.problems)
    assert all(problem.reason for problem in past.problems)


def test_copy__has_names_to_begin_with_and_no_target(tmp_path: Path, previous: Previous) -> None:
    path = sent(tmp_path, previous, {})
    sheet = openpyxl.load_workbook(path)[SHEET]
    rows = [row for row in sheet.iter_rows(min_row=3) if row[2].value]
    assert len(rows) == 22
    assert {cell.value for row in rows for cell in row[3:7]} == {None}
    assert not any(cell.protection.locked for row in rows for cell in row[2:7])
    book = read_book(path)
    assert read_approved(book.names, book.properties) == ()


def test_copy__asks_what_came_of_each_problem(tmp_path: Path, previous: Previous) -> None:
    sheet = openpyxl.load_workbook(sent(tmp_path, previous, {}))[PAST]
    rows = list(sheet.iter_rows(min_row=4))
    problems = previous.years["101"].problems
    assert [row[1].value for row in rows] == [problem.name for problem in problems]
    assert [row[2].value for row in rows] == [float(problem.lost) for problem in problems]
    assert {row[5].protection.locked for row in rows} == {False}
    assert {cell.protection.locked for row in rows for cell in row[:5]} == {True}


def test_copy_with_approved_targets__takes_the_problems_only(
    tmp_path: Path, previous: Previous
) -> None:
    approved = ApprovedTarget(("产出指标", "数量指标", "新指标"), "≥", "3", "个")
    path = sent(tmp_path, previous, {"101": (approved,)})
    book = openpyxl.load_workbook(path)
    names = [row[2].value for row in book[SHEET].iter_rows(min_row=3) if row[2].value]
    assert names == ["新指标"]
    assert PAST in book.sheetnames
    (entry,) = check_file(path, Options(select_rules(["ST110", "ST101"]))).entries
    assert entry.findings == ()
    assert entry.skipped == ()


def test_unit_without_a_form_of_the_year_before__gets_the_plain_copy(previous: Previous) -> None:
    scheme, round_ = get_scheme(SCHEME), Round(2024)
    plain = list(copies(scheme_folder(SCHEME), scheme, round_, UNITS))
    told = list(copies(scheme_folder(SCHEME), scheme, round_, UNITS, None, previous.years))
    assert plain[1] == told[1]
    assert plain[0] != told[0]


def test_files_of_nobody_and_unreadable_ones__are_said(returned: Path, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK")
    filled(SCHEME, {}, tmp_path / "同一家.xlsx")
    read = load_previous([tmp_path], [Unit("9", "别的局")])
    assert read.years == {}
    assert [line.partition("：")[0] for line in sorted(read.remarks)] == ["同一家.xlsx", "坏.xlsx"]
    both = load_previous([returned, tmp_path], UNITS)
    assert any("有几份" in line for line in both.remarks)
    assert isinstance(both.years["101"], PastYear)


def test_file_of_nobody__is_told_with_the_name_on_it(returned: Path) -> None:
    (told,) = load_previous([returned], [Unit("9", "别的局")]).remarks
    assert told == f"表.xlsx：表上写“{UNIT}”，名单里没有，也不是曾用名，没有用"
    twice = load_previous([returned], [Unit("8", UNIT), Unit("9", UNIT)]).remarks
    assert twice == (f"表.xlsx：表上写“{UNIT}”，名单里有几家同名，没有用",)


def test_summary_of_the_year_before__tells_what_the_returns_told(
    returned: Path, previous: Previous, tmp_path: Path
) -> None:
    (entry,) = check_file(returned / "表.xlsx", Options(select_rules())).entries
    then = Received("表.xlsx", None, entry.sha256, "7", "unit", None, "file", entries=(entry,))
    gone = replace(then, code="8")
    round_ = Collection(
        Round(2023), SCHEME, date(2024, 4, 2),
        (
            UnitOutcome(Unit("7", UNIT, contact="某人"), ReturnState.RECEIVED, then),
            UnitOutcome(Unit("8", "撤销的局"), ReturnState.RECEIVED, gone),
            UnitOutcome(Unit("102", "乙局"), ReturnState.MISSING),
        ),
    )  # fmt: skip
    (tmp_path / "汇总.xlsx").write_bytes(summary_workbook(round_))
    read = load_previous([tmp_path / "汇总.xlsx"], UNITS)
    assert set(read.years) == {"101"}
    assert read.years["101"].problems == previous.years["101"].problems != ()
    assert read.years["101"].indicators == previous.years["101"].indicators != ()
    assert read.remarks == ("汇总.xlsx：有1家今年名单里没有，没有用",)
