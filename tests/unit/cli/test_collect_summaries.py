"""`collect` with summaries: those of districts, and the one that lies there already."""

import json
from pathlib import Path

import openpyxl
import pytest

from perfxl.cli.main import run
from tests.unit.cli.test_collect import come_back, copy_of, sent

__all__ = ["sent"]  # the fixture


def test_summaries_of_districts__make_the_summary_of_all(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for code, district in (("1001", "东"), ("1003", "西")):
        come_back(copy_of(sent, code), sent / district / f"{code}.xlsx")
    common = ["--ledger", "下发/台账.xlsx", "--as-of", "2025-04-05", "--jobs", "1"]
    for code, district in (("1001", "东"), ("1003", "西")):
        Path(f"{district}.csv").write_text(
            "单位代码,单位名称,主管区县\n"
            + {"1001": "1001,某甲局,东区\n1002,某乙局,东区\n", "1003": "1003,某丙局,西区\n"}[code],
            encoding="utf-8",
        )
        units = ["--units", f"{district}.csv", "--as-of", "2025-04-05", "--jobs", "1"]
        run(["collect", district, *units, "-o", f"{district}区汇总.xlsx"])
    Path("空").mkdir()
    Path("空/说明.txt").write_text("没有表", encoding="utf-8")
    capsys.readouterr()
    summaries = ["--from-summary", "东区汇总.xlsx", "--from-summary", "西区汇总.xlsx"]
    run(["collect", "空", *common, *summaries, "-o", "全市.xlsx", "--format", "json"])
    units = json.loads(capsys.readouterr().out)["units"]
    run(["collect", *common, *summaries, "-o", "全市2.xlsx", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["units"] == units
    assert [(u["name"], u["state"]) for u in units] == [
        ("某甲局", "已报"), ("某乙局", "未报"), ("某丙局", "已报"), ("某丁局", "免报"),
        ("某戊局", "未报"),
    ]  # fmt: skip
    assert openpyxl.load_workbook("全市.xlsx").sheetnames[0]


def test_summaries_without_a_ledger__are_not_told_to_name_no_units(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    come_back(copy_of(sent, "1001"), sent / "东/a.xlsx")
    ledger = ["--ledger", "下发/台账.xlsx"]
    run(["collect", "东", *ledger, "--as-of", "2025-04-05", "-o", "东区.xlsx", "--jobs", "1"])
    capsys.readouterr()
    run(["collect", "--from-summary", "东区.xlsx", "--as-of", "2025-04-05"])
    told = capsys.readouterr()
    assert "不知道谁没报" not in told.err
    assert "应报4家" in told.out


def test_summaries_alone__are_of_the_latest_of_their_days(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    come_back(copy_of(sent, "1001"), sent / "东/a.xlsx")
    come_back(copy_of(sent, "1003"), sent / "西/b.xlsx")
    for district, day in (("东", "2025-04-02"), ("西", "2025-04-05")):
        Path(f"{district}.csv").write_text(
            "单位代码,单位名称\n" + {"东": "1001,某甲局\n", "西": "1003,某丙局\n"}[district],
            encoding="utf-8",
        )
        units = ["--units", f"{district}.csv", "--as-of", day, "--jobs", "1"]
        run(["collect", district, *units, "-o", f"{district}区.xlsx"])
    capsys.readouterr()
    words = ["collect", "--from-summary", "东区.xlsx", "--from-summary", "西区.xlsx"]
    words += ["--ledger", "下发/台账.xlsx"]
    run(words)
    told = capsys.readouterr()
    assert told.out.startswith("截至2025-04-05，")
    assert "已超5天" in told.out  # of who is in neither
    assert (
        "没有写 --as-of，按汇总表里最晚的日期，截至2025-04-05；较早的：东区.xlsx（2025-04-02）"
        in told.err
    )
    run([*words, "--as-of", "2025-04-07"])
    told = capsys.readouterr()
    assert told.out.startswith("截至2025-04-07，")
    assert "--as-of" not in told.err


def test_summary_that_is_there__keeps_a_copy_and_what_reviewers_typed(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    come_back(copy_of(sent, "1001"), sent / "回收/a.xlsx")
    words = ["collect", "回收", "--ledger", "下发/台账.xlsx", "--jobs", "1", "-o", "汇总.xlsx"]
    run([*words, "--as-of", "2025-04-05"])
    first = Path("汇总.xlsx").read_bytes()
    run([*words, "--as-of", "2025-04-06", "--html", "看板.html", "--csv", "表"])
    assert Path("汇总.xlsx").read_bytes() != first
    assert [one.read_bytes() for one in Path().glob("汇总.xlsx.bak*")] == [first]
    assert "某甲局" in Path("看板.html").read_text(encoding="utf-8")
    assert Path("表/回收情况.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "复核意见0条已带入" in capsys.readouterr().err


def test_tables_beside_the_summary__hold_what_reviewers_typed_too(sent: Path) -> None:
    come_back(copy_of(sent, "1001"), sent / "回收/a.xlsx")
    words = ["collect", "回收", "--ledger", "下发/台账.xlsx", "--jobs", "1", "-o", "汇总.xlsx"]
    run([*words, "--as-of", "2025-04-05"])
    book = openpyxl.load_workbook("汇总.xlsx")
    heads = [cell.value for cell in book["得分汇总"][3]]
    book["得分汇总"].cell(4, heads.index("复核意见") + 1, "核减两分")
    book.save("汇总.xlsx")
    run([*words, "--as-of", "2025-04-05", "--csv", "表"])
    assert "核减两分" in Path("表/得分汇总.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("words", [["-o", "别的.xlsx"], ["--from-summary", "别的.xlsx"]])
def test_workbook_that_is_no_summary__is_refused_before_any_work(
    sent: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    come_back(copy_of(sent, "1001"), sent / "回收/a.xlsx")
    other = Path("别的.xlsx")
    other.write_bytes(Path("下发/台账.xlsx").read_bytes())
    kept = other.read_bytes()
    capsys.readouterr()
    assert run(["collect", "回收", "--ledger", "下发/台账.xlsx", *words]) == 2
    told = capsys.readouterr().err
    assert "不是本工具生成的汇总表" in told
    assert ("换个文件名" in told) is ("-o" in words)
    assert other.read_bytes() == kept
    assert not list(sent.rglob(".perfxl-cache"))
