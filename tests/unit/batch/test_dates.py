"""回收登记.csv as people write it."""

from datetime import date
from pathlib import Path

import pytest

from perfxl.batch.dates import lines_of_units, read_register
from perfxl.batch.model import Unit
from perfxl.errors import UsageError


def write(path: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_register_is_read__in_any_encoding(tmp_path: Path, encoding: str, mark: str) -> None:
    text = "文件,单位,收到日期,采用\n甲/a.xlsx,,2025年3月8日,√\n,甲局,20250309,\n,,,\n"
    path = write(tmp_path / "r.csv", text.replace(",", mark), encoding)
    register = read_register(path)
    assert len(register.lines) == 2
    line = register.of_file(("回收", "甲", "A.xlsx"))
    assert line is not None
    assert (line.day, line.is_chosen) == (date(2025, 3, 8), True)
    assert register.of_file(("回收", "乙", "a.xlsx")) is None
    of_unit = register.of_unit(["1", "甲局"], 0)
    assert of_unit is not None
    assert of_unit.day == date(2025, 3, 9)
    assert register.of_unit(["甲局"], 1) is None


def test_longest_path_wins__zip_members_by_either_sign(tmp_path: Path) -> None:
    text = "文件,收到日期\na.xlsx,2025-03-01\n甲.zip!a.xlsx,2025-03-02\n"
    register = read_register(write(tmp_path / "r.csv", text))
    found = [register.of_file((*way, "a.xlsx")) for way in ((), ("甲.zip",), ("乙.zip",))]
    assert [line.day.day for line in found if line and line.day] == [1, 2, 1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("项目,金额\n", "第1行要有表头"),
        ("", "第1行要有表头"),
        ("文件,收到日期\na,去年\n", "第2行的日期看不懂：“去年”"),
        ("文件,收到日期\na,2025-02-30\n", "第2行的日期看不懂"),
        ("文件,采用\na,也许\n", "第2行“采用”要写“是”或留空"),
        ("单位,采用\n甲局,是\n", "要同时写明是哪个文件"),
        ("文件,收到日期\n,2025-03-01\n", "第2行没有写文件"),
    ],
)
def test_wrong_register__is_refused_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        read_register(write(tmp_path / "r.csv", text))


def test_columns_added_to_the_ledger__count_too() -> None:
    unit = Unit("1", "甲局", particulars={"采用": "甲.xlsx", "收到日期": "2025-3-8"})
    chosen, dated = lines_of_units([unit, Unit("2", "乙局")])
    assert (chosen.file, chosen.is_chosen, dated.unit, dated.day) == (
        "甲.xlsx", True, "1", date(2025, 3, 8),
    )  # fmt: skip


def test_lines_that_fit_nothing__are_told_one_by_one(tmp_path: Path) -> None:
    text = (
        "文件,单位,采用\n甲/a.xlsx,甲局,是\n乙/a.xlsx,,是\nc.xlsx,,\na.xlsx,某局,\n"
        "甲.zip!b.xlsx,同名局,\n"
    )
    register = read_register(write(tmp_path / "r.csv", text))
    told = register.unheeded(
        [("回收", "甲", "A.xlsx"), ("甲.zip", "b.xlsx")],
        lambda name: {"甲局": 1, "同名局": 2}.get(name, 0),
    )
    assert told == (
        "回收登记第3行：没有收到叫“乙/a.xlsx”的文件",
        "回收登记第4行：没有收到叫“c.xlsx”的文件",
        "回收登记第5行：单位“某局”名单里没有",
        "回收登记第6行：单位“同名局”有几家同名，请写单位代码",
    )
