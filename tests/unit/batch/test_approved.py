from datetime import date
from pathlib import Path

import openpyxl
import pytest

from perfxl.batch.approved import Approved, load_approved
from perfxl.batch.distribute import copies, distribute
from perfxl.batch.model import Round, Unit, UnitState
from perfxl.engine.selection import select_rules
from perfxl.errors import UsageError
from perfxl.model.approved import ApprovedTarget
from perfxl.model.finding import Finding
from perfxl.pipeline import Options, check_file
from perfxl.reader.workbook import read_book
from perfxl.scheme.approved import read_approved
from perfxl.scheme.find import get_scheme, scheme_folder
from perfxl.scheme.load import load_layout

DAY = date(2025, 3, 1)
CITY, DISTRICT = "guangzhou-2022", "shenzhen-2023"
UNITS = (
    Unit("101", "甲局", "甲区", aliases=("老甲局",)),
    Unit("102", "乙局", "甲区"),
    Unit("103", "丙局", "甲区", UnitState.EXEMPT),
)
HEAD = "单位代码,一级指标,二级指标,三级指标,指标性质,目标值,计量单位\n"
SHEET = "绩效指标完成情况"
ROWS = """101,产出指标,数量指标,应急演练场次,≥,80,场
,,质量,隐患整改率,,≥95%,
老甲局,效益指标,社会效益指标,知晓情况,定性,明显提高,
103,产出指标,数量指标,不用报,≥,1,个
"""


def loaded(tmp_path: Path, text: str, scheme: str = CITY) -> Approved:
    path = tmp_path / "批复目标.csv"
    path.write_text(text, encoding="utf-8")
    return load_approved(path, UNITS, get_scheme(scheme), load_layout(scheme_folder(scheme)))


def sent(tmp_path: Path, text: str, scheme: str = CITY) -> Path:
    made = copies(
        scheme_folder(scheme), get_scheme(scheme), Round(2024), UNITS,
        loaded(tmp_path, text, scheme),
    )  # fmt: skip
    return next(_written(tmp_path, copy.file, copy.data) for copy in made)


def _written(tmp_path: Path, file: str, data: bytes) -> Path:
    path = tmp_path / Path(file).name
    path.write_bytes(data)
    return path


def changed(path: Path) -> list[Finding]:
    checked = check_file(path, Options(select_rules(["ST110"])))
    assert checked.failures == ()
    return [finding for entry in checked.entries for finding in entry.findings]


def test_table__is_read_with_labels_carried_down(tmp_path: Path) -> None:
    assert loaded(tmp_path, HEAD + ROWS) == {
        "101": (
            ApprovedTarget(("产出指标", "数量指标", "应急演练场次"), "≥", "80", "场"),
            ApprovedTarget(("产出指标", "质量", "隐患整改率"), "", "≥95%", ""),
            ApprovedTarget(("效益指标", "社会效益指标", "知晓情况"), "定性", "明显提高", ""),
        )
    }


def test_percentages_of_a_workbook__keep_their_sign(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEAD.strip().split(","))
    sheet.append(["101", "产出指标", "质量指标", "整改率", "≥", 0.955, None])
    sheet["F2"].number_format = "0.0%"
    path = tmp_path / "批复目标.xlsx"
    book.save(path)
    found = load_approved(path, UNITS, get_scheme(CITY), load_layout(scheme_folder(CITY)))
    assert found["101"][0].target == "95.5%"


def test_every_fault__is_told_with_its_row(tmp_path: Path) -> None:
    rows = """999,产出指标,数量指标,甲,≥,1,个
101,产出指标,数量指标,,≥,1,个
101,产出指标,数量指标,乙,≥,,个
101,投入指标,数量指标,丙,≥,1,个
101,产出指标,规模指标,丁,≥,1,个
101,产出指标,数量指标,戊,≥,1,个
101,产出指标,数量指标,戊,≥,2,个
"""
    with pytest.raises(UsageError, match="有6处要先改正") as told:
        loaded(tmp_path, HEAD + rows)
    for words in (
        "第2行“999”：不在单位名单里", "第3行“101”：没有写三级指标", "第4行“101”：没有写年度指标值",
        "“投入指标”不在表里", "“规模指标”不在表里", "“戊”与第7行重复",
    ):  # fmt: skip
        assert words in str(told.value)


def test_table_of_something_else__is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有找到批复目标"):
        loaded(tmp_path, "项目,金额\na,1\n")


def test_scheme_without_such_a_page__says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有绩效指标完成情况页"):
        loaded(tmp_path, HEAD + ROWS, "national-project-2020")


def test_targets__stand_locked_in_the_copy_and_actual_values_are_open(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(sent(tmp_path, HEAD + ROWS))[SHEET]
    shown = [[cell.value for cell in row[2:6]] for row in sheet.iter_rows()]
    assert ["应急演练场次", "≥", 80, "场"] in shown
    assert ["隐患整改率", "≥", 95, "%"] in shown
    assert ["知晓情况", "定性", "明显提高", None] in shown
    row = next(row for row in sheet.iter_rows() if row[2].value == "应急演练场次")
    assert [cell.protection.locked for cell in row[2:7]] == [True, True, True, True, False]
    assert sheet.protection.sheet


def test_sign_and_unit_stand_in_the_target__where_a_form_has_one_column(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(sent(tmp_path, HEAD + ROWS, DISTRICT))[SHEET]
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"≥80场", "≥95%", "明显提高"} <= values


@pytest.mark.parametrize("scheme", [CITY, DISTRICT, "liwan-2024"])
def test_more_targets_than_rows__get_rows_of_their_own(tmp_path: Path, scheme: str) -> None:
    many = "".join(f"101,产出指标,数量指标,第{n}项,≥,{n},个\n" for n in range(30))
    path = sent(tmp_path, HEAD + many, scheme)
    book = read_book(path)
    carried = read_approved(book.names, book.properties)
    assert [target.name for target in carried] == [f"第{n}项" for n in range(30)]
    assert changed(path) == []


@pytest.mark.parametrize("scheme", [CITY, DISTRICT])
def test_copy_sent_out__has_no_changed_target(tmp_path: Path, scheme: str) -> None:
    assert changed(sent(tmp_path, HEAD + ROWS, scheme)) == []


def test_changed_target__is_an_error_with_both_values(tmp_path: Path) -> None:
    path = sent(tmp_path, HEAD + ROWS)
    book = openpyxl.load_workbook(path)
    cell = next(c for row in book[SHEET].iter_rows() for c in row if c.value == 80)
    cell.value = 60
    book.save(path)
    (finding,) = changed(path)
    assert (finding.code, finding.place.cell) == ("ST110", cell.coordinate)
    assert (finding.provided, finding.expected) == ("60场", "80场")
    assert "60场，批复为80场" in finding.message
    assert "恢复80场" in finding.fix


def test_copies_with_targets__are_the_same_on_every_run(tmp_path: Path) -> None:
    scheme, folder = get_scheme(CITY), scheme_folder(CITY)
    approved = loaded(tmp_path, HEAD + ROWS)
    runs = [
        distribute(
            copies(folder, scheme, Round(2024), UNITS, approved),
            scheme, Round(2024), UNITS, tmp_path / "下发", DAY,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert runs[0].issued == runs[1].issued
    assert (runs[1].new, runs[1].aside) == (0, ())
    prints = {line.code: line.fingerprint for line in runs[0].issued}
    assert prints["101"] != prints["102"]
