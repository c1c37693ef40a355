from datetime import date
from pathlib import Path

import pytest

from perfxl.errors import UsageError
from perfxl.model.address import Place
from perfxl.waivers.filed import FiledWaiver
from perfxl.waivers.load import load_waivers

ONE = """
[[waiver]]
rule = "score-exceeds-max"
file = "区卫健局.xlsx"
sheet = "自评表"
cell = "$i$7"
value = "5"
reason = "批复同意加分"
who = "预算科"
until = 2024-12-31
"""


def loaded(tmp_path: Path, text: str) -> tuple[FiledWaiver, ...]:
    path = tmp_path / "waivers.toml"
    path.write_text(text, encoding="utf-8")
    return load_waivers(path)


def complaint(tmp_path: Path, text: str) -> str:
    with pytest.raises(UsageError) as caught:
        loaded(tmp_path, text)
    return str(caught.value)


def test_waiver_is_read__slug_and_dollars_made_plain(tmp_path: Path) -> None:
    (waiver,) = loaded(tmp_path, ONE)

    assert (waiver.rule, waiver.place, waiver.value) == ("AR102", Place("自评表", "I7"), "5")
    assert (waiver.waiver.reason, waiver.waiver.who) == ("批复同意加分", "预算科")
    assert waiver.waiver.until == date(2024, 12, 31)


def test_empty_file_waives_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path, "") == ()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("2024-12-31", '"2024-12-31"', "until 写的是 “2024-12-31”，应为日期，不加引号"),
        ("2024-12-31", "2024-12-31T08:00:00", "应为日期，不加引号"),
        ('"score-exceeds-max"', '"BT101"', "比较各单位的规则不能豁免"),
        ('"score-exceeds-max"', '"AR"', "写的是“AR”，应为一条规则的编号，如 AR102"),
        ('"score-exceeds-max"', '"FL103"', "读不了的文件不能豁免"),
        ('"$i$7"', '"I7:I9"', "写的是“I7:I9”，应为一个单元格，如 H8"),
        ('sheet = "自评表"', "", "写了 cell，没有写 sheet"),
        ('file = "区卫健局.xlsx"', "", "应至少写一个"),
        ('value = "5"', "value = 5", "value 写的是 5，应为文字，加引号"),
        ('value = "5"', "", "缺少 waiver[第1项] › value"),
        ('reason = "批复同意加分"', 'reason = " "', "reason 写的是 “ ”，不能为空"),
        ('who = "预算科"', "", "缺少 waiver[第1项] › who"),
        ('who = "预算科"', 'whom = "预算科"', "不认识 waiver[第1项] › whom（是否 who？）"),
        ("[[waiver]]", "[waiver]", "应为列表"),
        ("[[waiver]]", "[[waiver]", "不合 TOML 格式"),
    ],
)
def test_fault_is_told__file_key_found_expected(
    before: str, after: str, said: str, tmp_path: Path
) -> None:
    assert before in ONE
    told = complaint(tmp_path, ONE.replace(before, after))

    assert told.startswith(str(tmp_path / "waivers.toml"))
    assert said in told


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有这个文件"):
        load_waivers(tmp_path / "waivers.toml")
