import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from perfxl.batch.distribute import Distribution, copies, distribute, file_names
from perfxl.batch.ledger import read_ledger, read_ledger_round
from perfxl.batch.model import Round, Unit, UnitState
from perfxl.batch.units import read_units
from perfxl.engine.selection import select_rules
from perfxl.pipeline import Options, check_file
from perfxl.pipeline.forms import new_form
from perfxl.reader.workbook import read_book
from perfxl.scheme.find import get_scheme, scheme_folder
from perfxl.scheme.stamp import read_stamp

SCHEME = "guangzhou-2022"
ROUND = Round(2024, "某财绩〔2025〕1号", due=date(2025, 3, 31), contact="某人", phone="分机8")
UNITS = (
    Unit("101", "甲区财政局", "甲区", contact="某人", phone="分机8"),
    Unit("102", '=HYPERLINK("x")&<局>', "甲区"),
    Unit("103", "甲区文联", "甲区", UnitState.EXEMPT),
    Unit("201", "乙区教育局", "乙区"),
    Unit("202", "乙区老教育局", "乙区", UnitState.RENAMED, "201", aliases=("老教育局",)),
    Unit("301", "无主局"),
)
DAY = date(2025, 3, 1)


def run(
    output: Path, units: tuple[Unit, ...] = UNITS, round_: Round = ROUND, day: date = DAY
) -> Distribution:
    scheme = get_scheme(SCHEME)
    made = copies(scheme_folder(SCHEME), scheme, round_, units)
    return distribute(made, scheme, round_, units, output, day)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("a") / "下发"
    run(output)
    return output


def test_copies__lie_in_their_districts_with_zips_and_a_ledger(sent: Path) -> None:
    assert sorted(contents(sent)) == sorted(
        [
            "台账.xlsx", "甲区.zip", "乙区.zip", "未分区.zip", "甲区/101_甲区财政局_自评表.xlsx",
            "甲区/102__=HYPERLINK(_x_)&_局__自评表.xlsx", "乙区/201_乙区教育局_自评表.xlsx",
            "未分区/301_无主局_自评表.xlsx",
        ]
    )  # fmt: skip
    with zipfile.ZipFile(sent / "甲区.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files == {n: d for n, d in contents(sent).items() if n.startswith("甲区/")}


@pytest.mark.parametrize("index", [0, 1, 3])
@pytest.mark.parametrize("scheme", [SCHEME, "shenzhen-2023", "national-project-2020"])
def test_copy__holds_part_by_part_what_a_form_built_for_the_unit_holds(
    scheme: str, index: int
) -> None:
    unit = UNITS[index]
    (copy,) = copies(scheme_folder(scheme), get_scheme(scheme), ROUND, [unit])
    built = new_form(
        scheme_folder(scheme), unit=unit.name, code=unit.code, year=2024, due=ROUND.due,
        issue=copy.issue_id,
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(copy.data)) as ours, zipfile.ZipFile(io.BytesIO(built)) as its:
        assert ours.testzip() is None
        assert ours.namelist() == its.namelist()
        for name in ours.namelist():
            assert ours.read(name) == its.read(name), name


def test_copy__is_stamped_and_opens_elsewhere(sent: Path) -> None:
    path = sent / "甲区/102__=HYPERLINK(_x_)&_局__自评表.xlsx"
    book = read_book(path)
    stamp = read_stamp(book.names, book.properties)
    line = next(line for line in read_ledger(sent / "台账.xlsx") if line.code == "102")
    assert stamp
    assert (stamp.unit, stamp.code, stamp.due) == (UNITS[1].name, "102", "2025-03-31")
    assert (stamp.issue, stamp.fingerprint) == (line.issue_id, line.fingerprint)
    assert book.sha256 == line.sha256
    cell = openpyxl.load_workbook(path)["填报信息"]["B4"]
    assert (cell.value, cell.data_type) == (UNITS[1].name, "s")


def test_copy__is_checked_as_its_scheme(sent: Path) -> None:
    checked = check_file(sent / "甲区/101_甲区财政局_自评表.xlsx", Options(select_rules()))
    (entry,) = checked.entries
    assert entry.scheme
    assert (entry.scheme.id, entry.scheme.how) == (SCHEME, "stamp")
    assert (entry.unit, entry.year) == ("甲区财政局", "2024")


def test_second_run__changes_nothing_on_another_day(sent: Path) -> None:
    before = contents(sent)
    again = run(sent, day=date(2025, 3, 9))
    assert contents(sent) == before
    assert (again.new, again.kept, again.aside) == (0, 4, ())
    assert {line.issued for line in again.issued} == {DAY}


def test_two_folders__get_the_same_bytes(sent: Path, tmp_path: Path) -> None:
    run(tmp_path)
    assert contents(tmp_path) == contents(sent)


def test_different_file_of_the_name__stays_and_the_ledger_names_ours(tmp_path: Path) -> None:
    wanted = tmp_path / "乙区/201_乙区教育局_自评表.xlsx"
    wanted.parent.mkdir()
    wanted.write_bytes(b"filled in")
    done = run(tmp_path)
    assert wanted.read_bytes() == b"filled in"
    assert done.aside == (("乙区/201_乙区教育局_自评表.xlsx", "乙区/201_乙区教育局_自评表-2.xlsx"),)
    assert "乙区/201_乙区教育局_自评表-2.xlsx" in {line.file for line in done.issued}
    before = contents(tmp_path)
    run(tmp_path)
    assert contents(tmp_path) == before


def test_longer_list__adds_to_what_was_sent(tmp_path: Path) -> None:
    run(tmp_path, UNITS[:1])
    before = contents(tmp_path)
    done = run(tmp_path, UNITS, day=date(2025, 3, 5))
    after = contents(tmp_path)
    assert before.items() <= after.items()
    assert done.ledger.name == "台账-2.xlsx"
    assert done.new == 3
    days = {line.code: line.issued for line in read_ledger(done.ledger)}
    assert (days["101"], days["201"]) == (DAY, date(2025, 3, 5))


def test_ledger__tells_of_every_unit_and_can_be_the_list_of_the_next_run(sent: Path) -> None:
    ledger = sent / "台账.xlsx"
    assert tuple(replace(unit, particulars={}) for unit in read_units(ledger).units) == UNITS
    assert [line.code for line in read_ledger(ledger)] == ["101", "102", "201", "301"]
    assert read_ledger_round(ledger) == ROUND
    shown = openpyxl.load_workbook(ledger)["台账"]
    assert {cell.data_type for row in shown.iter_rows() for cell in row} <= {"s", "n"}
    assert not [c for row in shown.iter_rows() for c in row if c.data_type == "f"]


@pytest.mark.parametrize("year", ["²", "二〇二四", ""])
def test_ledger_whose_year_is_no_number__tells_no_round(
    sent: Path, tmp_path: Path, year: str
) -> None:
    book = openpyxl.load_workbook(sent / "台账.xlsx")
    book["本轮"]["B1"] = year
    book.save(tmp_path / "台账.xlsx")
    assert read_ledger_round(tmp_path / "台账.xlsx") is None


def test_ledger__prints_what_people_read_and_no_digests(sent: Path) -> None:
    sheet = openpyxl.load_workbook(sent / "台账.xlsx")["台账"]
    first, last = sheet.print_area.replace("$", "").split("!")[-1].split(":")
    heads = [cell.value for cell in sheet[f"{first}:{last[0]}1"][0]]
    assert (heads[0], heads[-1]) == ("单位代码", "联系电话")
    assert int(last[1:]) == sheet.max_row


def test_ledger_that_a_person_sorted_and_added_to__reads_the_same(
    sent: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(sent / "台账.xlsx")
    sheet = book["台账"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head, body = rows[0], rows[1:]
    sheet.delete_rows(1, len(rows))
    sheet.append(["本轮下发情况"])
    sheet.append(["备注", *head])
    for row in reversed(body):
        sheet.append(["电话催过", *row])
    sheet.append([None, "999", "手工加的单位"])
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value):
        cell.data_type = "s"
    book.save(tmp_path / "改过.xlsx")
    wanted = read_ledger(sent / "台账.xlsx")
    assert set(read_ledger(tmp_path / "改过.xlsx")) == set(wanted)


def test_file_names__never_meet(tmp_path: Path) -> None:
    units = [
        Unit("1", "甲", "A区"), Unit("2", "甲", "a区"), Unit("3", "../..", "../.."),
        Unit("4", "b", "C区"), Unit("5", "B", "C区"),
    ]  # fmt: skip
    files = [file for _, file in file_names(Round(2024, file_name="{name}"), units)]
    assert len({file.casefold() for file in files}) == 5
    assert all((tmp_path / file).resolve().is_relative_to(tmp_path.resolve()) for file in files)
    assert len({file.partition("/")[0].casefold() for file in files}) == 4


ITEMS = (
    replace(
        UNITS[0], particulars={"单位负责人": "=李一", "总预算（元）": "12000000", "备注": "甲"}
    ),
    replace(UNITS[3], particulars={"总预算（元）": "约3万", "电子邮箱": "无"}),
)


def test_items_of_the_list__stand_in_the_copies_for_the_unit_to_change(tmp_path: Path) -> None:
    done = run(tmp_path, ITEMS)
    book = openpyxl.load_workbook(tmp_path / "甲区/101_甲区财政局_自评表.xlsx")
    people = {row[0].value: row[1] for row in book["填报信息"].iter_rows(min_row=4, max_row=12)}
    head = people["单位负责人"]
    assert (head.value, head.data_type, head.protection.locked) == ("=李一", "s", False)
    assert people["单位全称"].value == "甲区财政局"
    figures = {row[1].value: row[4] for row in book["基础数据"].iter_rows(max_row=12)}
    assert (figures["总预算"].value, figures["总预算"].protection.locked) == (1200, False)
    assert done.unplaced == ("电子邮箱",)
    assert done.remarks == (
        "101 甲区财政局：总预算：12000000元换算为1200万元",
        "201 乙区教育局：总预算：写的是“约3万”，应为数",
    )


def test_items_of_the_list__are_in_the_ledger_which_is_the_list_of_the_next_run(
    tmp_path: Path,
) -> None:
    run(tmp_path, ITEMS)
    first = contents(tmp_path)
    again = run(tmp_path, read_units(tmp_path / "台账.xlsx").units)
    assert (again.new, again.aside, again.unplaced) == (0, (), ("电子邮箱",))
    assert contents(tmp_path) == first
