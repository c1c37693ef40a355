from pathlib import Path

import openpyxl
import pytest

from perfxl.batch.model import Unit, UnitState
from perfxl.batch.units import load_units, read_units
from perfxl.errors import UsageError

HEAD = ["单位代码", "单位名称", "主管区县", "状态", "并入单位代码", "联系人", "联系电话", "曾用名"]
Rows = list[list[object]]


def listed(tmp_path: Path, rows: Rows, head: list[str] | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    for row in [["2024年度填报单位名单"], head or HEAD, *rows]:
        sheet.append(row)
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, str):
            cell.data_type = "s"
    path = tmp_path / "单位.xlsx"
    book.save(path)
    return path


def said(path: Path) -> list[str]:
    return [str(problem) for problem in read_units(path).problems]


def test_list__is_read_by_its_headings(tmp_path: Path) -> None:
    rows: Rows = [
        [101, "甲局", "甲区", None, None, "某人", "分机8", "老甲局、甲办"],
        ["102", "乙局", "甲区", "合并上报", "101"],
    ]
    assert load_units(listed(tmp_path, rows)).units == (
        Unit("101", "甲局", "甲区", aliases=("老甲局", "甲办"), contact="某人", phone="分机8"),
        Unit("102", "乙局", "甲区", UnitState.MERGED, "101"),
    )


def test_csv__is_read_in_any_usual_encoding(tmp_path: Path) -> None:
    text = "单位名称,单位代码,备注\r\n甲局,001,改过\r\n\r\n乙局,002,\r\n合计,,2家\r\n"
    wanted = (Unit("001", "甲局", particulars={"备注": "改过"}), Unit("002", "乙局"))
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        path = tmp_path / "单位.csv"
        path.write_bytes(text.encode(encoding))
        assert load_units(path).units == wanted


def test_label_over_several_rows__holds_for_each(tmp_path: Path) -> None:
    path = listed(tmp_path, [["1", "甲局", "甲区"], ["2", "乙局", None], ["3", "丙局", "丙区"]])
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("C3:C4")
    book.save(path)
    assert [unit.district for unit in load_units(path).units] == ["甲区", "甲区", "丙区"]


def test_every_fault__is_told_with_its_row(tmp_path: Path) -> None:
    rows: Rows = [
        ["1", "甲局"],
        ["1", "乙局"],
        ["3", None],
        [None, "丁局"],
        ["5", "戊局", None, "看情况"],
        ["6", "己局", None, "合并"],
        ["7", "庚局", None, "更名", "99"],
        ["8", "辛局", None, "合并", "9"],
        ["9", "壬局", None, "合并", "8"],
        ["10", "字" * 101],
    ]
    told = said(listed(tmp_path, rows))
    assert [line.partition("行")[0] for line in told] == [
        f"第{n}" for n in (4, 5, 6, 7, 8, 9, 10, 11, 12)
    ]
    for line, words in zip(
        told,
        ["与第3行重复", "没有写单位名称", "没有写单位代码", "“看情况”", "没有写并入哪个单位",
         "99不在名单里", "绕了一圈", "绕了一圈", "101个字"],
        strict=True,
    ):  # fmt: skip
        assert words in line
    with pytest.raises(UsageError, match="有9处要先改正"):
        load_units(listed(tmp_path, rows))


def test_names_that_break_a_path_or_a_table__are_said_and_kept(tmp_path: Path) -> None:
    rows: Rows = [["1", "=1+1局"], ["2", "CON"], ["3", "甲/乙局"], ["4", "字" * 90], ["5", "好局"]]
    read = load_units(listed(tmp_path, rows))
    assert [unit.name for unit in read.units] == ["=1+1局", "CON", "甲/乙局", "字" * 90, "好局"]
    assert [remark.row for remark in read.remarks] == [3, 4, 5, 6]
    assert "会被当成公式" in str(read.remarks[0])
    assert "“_CON”" in str(read.remarks[1])


def test_same_name_with_another_code__is_another_unit_and_said(tmp_path: Path) -> None:
    read = load_units(listed(tmp_path, [["1", "甲局"], ["2", "甲 局"]]))
    assert len(read.units) == 2
    assert "与第3行同名" in str(read.remarks[0])


def test_list_without_codes__goes_by_names(tmp_path: Path) -> None:
    units = load_units(listed(tmp_path, [["甲局", "甲区"]], ["单位", "区县"])).units
    assert units == (Unit("甲局", "甲局", "甲区"),)


@pytest.mark.parametrize("rows", [[], [["合计"]]])
def test_list_without_units__is_refused(tmp_path: Path, rows: Rows) -> None:
    with pytest.raises(UsageError, match="没有单位"):
        read_units(listed(tmp_path, rows))


def test_table_without_units__is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="单位名称"):
        read_units(listed(tmp_path, [["a", "b"]], ["项目", "金额"]))


def test_file_of_another_kind__is_refused(tmp_path: Path) -> None:
    path = tmp_path / "单位.docx"
    path.write_bytes(b"")
    with pytest.raises(UsageError, match=r"\.csv"):
        read_units(path)


def test_same_name_twice__a_list_without_codes(tmp_path: Path) -> None:
    path = tmp_path / "单位.csv"
    path.write_text("单位名称,主管区县\n甲局,甲区\n甲局,乙区\n", encoding="utf-8")
    assert said(path) == [
        "第3行“甲局”（A3）：单位名称与第2行重复；同一单位请删去一行，不同单位请加一栏“单位代码”"
    ]


def test_fault__names_sheet_and_cell(tmp_path: Path) -> None:
    rows: Rows = [
        ["1", "甲局"],
        [None, "丁局", None, "看情况"],
        ["1", "戊局"],
        ["6", "己局", "", "合并"],
    ]
    path = listed(tmp_path, rows)
    assert said(path) == [
        "第4行“丁局”（A4）：没有写单位代码；请补上，每个单位一个，不能重复",
        "第4行“丁局”（D4）：状态写的是“看情况”；应为应报、免报、合并上报、更名撤并之一，不写即应报",
        "第5行“戊局”（A5）：单位代码1与第3行重复；同一单位请删去一行，不同单位请改代码",
        "第6行“己局”（E6）：状态是合并上报，没有写并入哪个单位；请在“并入单位代码”写代码",
    ]
    with pytest.raises(UsageError, match=r"单位\.xlsx（工作表“Sheet”）：有4处要先改正"):
        load_units(path)


def test_every_fault_of_one_row__is_told(tmp_path: Path) -> None:
    told = said(listed(tmp_path, [["c" * 41, None, None, "更名"]]))
    assert [line.partition("：")[2].partition("；")[0] for line in told] == [
        "没有写单位名称", "单位代码有41个字符，超过40个", "状态是更名撤并，没有写并入哪个单位",
    ]  # fmt: skip


def test_column_that_is_missing__has_no_cell_to_name(tmp_path: Path) -> None:
    path = listed(tmp_path, [["1", "甲局", "合并上报"]], ["单位代码", "单位名称", "状态"])
    assert said(path)[0].startswith("第3行“甲局”：状态是合并上报，没有写并入哪个单位")


def test_texts_with_braces__are_told_as_they_are(tmp_path: Path) -> None:
    (told,) = said(listed(tmp_path, [["1", "{甲}局", None, "{state}"]]))
    assert "“{甲}局”" in told
    assert "“{state}”" in told


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("甲/乙?局", "有文件名不能用的/、?"),
        ("aux.txt", "是系统保留的名称"),
        ("LPT1", "是系统保留的名称"),
        ("字" * 90, "太长，放不进文件名"),
        ("甲局.", "首尾有点或空格"),
        ("甲\u200b局", "有文件名不能用的字符"),
    ],
)
def test_name_that_no_file_may_have__is_told_with_the_reason(
    tmp_path: Path, name: str, why: str
) -> None:
    (remark,) = read_units(listed(tmp_path, [["1", name]])).remarks
    assert remark.what == f"单位名称{why}"
    assert remark.cell == "B3"
    assert len(str(remark)) < 120


def test_remarks__are_in_the_order_of_the_rows(tmp_path: Path) -> None:
    read = load_units(listed(tmp_path, [["1", "甲局"], ["2", "甲局"], ["3", "NUL"]]))
    assert [remark.row for remark in read.remarks] == [4, 5]
