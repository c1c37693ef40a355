from datetime import date
from pathlib import Path

import pytest

from perfxl.batch.model import Round
from perfxl.batch.round import load_round, settled
from perfxl.errors import UsageError


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "round.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_round__is_read_whole(tmp_path: Path) -> None:
    text = """
        year = 2024
        doc_no = "某财绩〔2025〕1号"
        notice = "关于开展自评工作的通知"
        due = 2025-03-31
        resubmission_due = 2025-04-25
        office = "绩效管理科"
        bureau = "某区财政局"
        file_name = "{year}_{name}"
    """
    assert load_round(written(tmp_path, text)) == Round(
        2024, "某财绩〔2025〕1号", "关于开展自评工作的通知", date(2025, 3, 31), date(2025, 4, 25),
        office="绩效管理科", bureau="某区财政局", file_name="{year}_{name}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "缺少 year"),
        ('year = "2024"', "应为整数"),
        ('year = 2024\ndue = "2025-03-31"', "应为日期"),
        ('year = 2024\ndocno = "x"', "doc_no"),
        ('year = 2024\nfile_name = "{code}_{dept}"', "花括号里只能写"),
        ('year = 2024\nfile_name = "{code!r:>9}"', "花括号里只能写"),
        ('year = 2024\nfile_name = "{year}"', "各单位同名"),
        ('year = 2024\nfile_name = "{code"', "不成对"),
        ("year = 2024\ndue = 2025-04-01\nresubmission_due = 2025-03-01", "早于"),
    ],
)
def test_fault__is_told_with_file_and_key(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=r"round\.toml") as told:
        load_round(written(tmp_path, text))
    assert words in str(told.value)


def test_what_was_typed__stands_over_the_file() -> None:
    filed = Round(2023, "文号", due=date(2024, 3, 1))
    assert settled(filed, year=None, scheme_year=2020, due=None) == filed
    over = settled(filed, year=2024, scheme_year=2020, due=date(2025, 3, 1))
    assert over == Round(2024, "文号", due=date(2025, 3, 1))
    assert settled(None, year=None, scheme_year=2020, due=None) == Round(2020)
    with pytest.raises(UsageError, match="--year"):
        settled(None, year=None, scheme_year=None, due=None)
