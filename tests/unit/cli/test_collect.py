"""`collect` on what `distribute` sent out."""

import io
import json
import os
import shutil
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perfxl.cli.main import run
from tests.chaos.workbooks import form_bytes
from tests.forms import guangzhou

LIST = (
    "单位代码,单位名称,主管区县,状态,联系人\n1001,某甲局,东区,,老王\n1002,某乙局,东区,,\n"
    "1003,某丙局,西区,,\n1004,某丁局,西区,免报,\n1005,某戊局,西区,,\n"
)


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("单位.csv").write_text(LIST, encoding="utf-8")
    words = ["distribute", "guangzhou-2022", "--units", "单位.csv", "--due", "2025-03-31"]
    assert run([*words, "--as-of", "2025-03-01", "-o", "下发"]) == 0
    return tmp_path


def come_back(copy: Path, to: Path, **cells: object) -> Path:
    """A copy filled in by another program, in time by its file's time."""
    to.parent.mkdir(exist_ok=True)
    book = openpyxl.load_workbook(copy)
    for cell, value in cells.items():
        book["自评表"][cell] = value
    book.save(to)
    noon = datetime(2025, 3, 20, 12).timestamp()
    os.utime(to, (noon, noon))
    return to


def copy_of(folder: Path, code: str) -> Path:
    return next((folder / "下发").rglob(f"{code}_*.xlsx"))


def collected(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    base = ["collect", "回收", "--ledger", "下发/台账.xlsx", "--as-of", "2025-04-05"]
    status = run([*base, "--format", "json", *words])
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return status, told


def test_copies_sent_out_are_known_again__whatever_they_are_called(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    come_back(copy_of(sent, "1001"), sent / "回收/final (1).xlsx")
    come_back(copy_of(sent, "1002"), sent / "回收/某丙局.xlsx")  # by its stamp, not its name
    (sent / "回收/某丙局盖章.pdf").write_bytes(b"x")
    shutil.copy(sent / "下发/台账.xlsx", sent / "回收/台账.xlsx")
    status, told = collected(capsys, "--jobs", "1")
    assert status == 1  # a blank form has findings
    units = told["units"]
    assert isinstance(units, list)
    assert [(u["name"], u["state"]) for u in units] == [
        ("某甲局", "已报"), ("某乙局", "已报"), ("某丙局", "仅有扫描件"), ("某丁局", "免报"),
        ("某戊局", "未报"),
    ]  # fmt: skip
    assert [u["chosen"] and u["chosen"]["how"] for u in units[:2]] == ["stamp", "stamp"]
    assert told["passed_over"] == {"PDF或OFD": 1, "本工具生成的工作簿": 1}
    assert told["scheme"] == "guangzhou-2022"
    assert "老王" not in json.dumps(told, ensure_ascii=False)


def test_other_version_and_other_unit__do_not_count(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = copy_of(sent, "1001")
    old = openpyxl.load_workbook(copy)
    old.defined_names["_perfxl_version"].attr_text = '"0"'
    stream = io.BytesIO()
    old.save(stream)
    (sent / "回收").mkdir()
    (sent / "回收/旧.xlsx").write_bytes(stream.getvalue())
    (sent / "回收/某戊局.xlsx").write_bytes(b"PK\x03\x04 cut off")
    form = guangzhou.clean().with_head("unit", "某丙局").build(sent / "回收/x.xlsx")
    shutil.copy(form, sent / "回收/y.xlsx")
    _, told = collected(capsys, "--jobs", "2")
    units = told["units"]
    assert isinstance(units, list)
    states = {u["code"]: (u["state"], u["why"]) for u in units}
    assert states["1001"][0] == "版本不符"
    assert "下发的是第" in states["1001"][1]
    assert states["1003"][0] == "迟报"  # written just now
    assert "文件时间，复制过的不准" in states["1003"][1]
    assert "另有1份内容相同" in states["1003"][1]
    assert states["1005"][0] == "无法读取"


def test_text_ends_with_a_verdict__reminders_are_written(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    come_back(copy_of(sent, "1002"), sent / "回收/b.xlsx")
    (sent / "回收登记.csv").write_text("单位,收到日期\n某乙局,2025-04-02\n", encoding="gb18030")
    (sent / "回收/谁的.xlsx").write_bytes(form_bytes("没有的单位", Decimal(99)))
    capsys.readouterr()
    words = ["collect", "回收", "--units", "单位.csv", "--reminders", "催报.txt", "--jobs", "1"]
    status = run([*words, "--as-of", "2025-04-05"])
    out = capsys.readouterr()
    assert status == 1
    assert out.out.splitlines()[-1] == ("应报4家，已报1家，未报3家，要处理0家；认不出单位的文件1份")
    assert "没有的单位" in out.out
    assert "老王" not in out.out
    assert "某甲局（老王）：尚未收到" in Path("催报.txt").read_text(encoding="utf-8")
    status = run(["collect", "回收", "--ledger", "下发/台账.xlsx", "--as-of", "2025-04-05"])
    assert "已报1家（其中迟报1家）" in capsys.readouterr().out


def test_choice_of_a_file_that_did_not_come__is_told(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    come_back(copy_of(sent, "1001"), sent / "回收/a.xlsx")
    (sent / "回收/某乙局.rar").write_bytes(b"Rar!")
    Path("回收登记.csv").write_text("文件,采用\nb.xlsx,是\n", encoding="utf-8")
    _, told = collected(capsys)
    assert told["remarks"] == [
        f"{Path('回收/某乙局.rar')}：压缩包没有解开，里面可能有报送的表，请解压后再收",
        "回收登记第2行：没有收到叫“b.xlsx”的文件",
    ]
    run(["collect", "回收", "--ledger", "下发/台账.xlsx", "--as-of", "2025-04-05"])
    assert "另请留意（2处）" in capsys.readouterr().out


def test_folder_without_returns__is_said_to_be_one(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (sent / "回收").mkdir()
    _, told = collected(capsys)
    assert told["remarks"] == ["没有收到一份电子表格，请看文件夹写得对不对"]


def test_choice_in_the_ledger_counts__a_newer_list_beside_it(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, score in (("a.xlsx", 1), ("b.xlsx", 2)):
        come_back(copy_of(sent, "1001"), sent / "回收" / name, H19=score)
    book = openpyxl.load_workbook("下发/台账.xlsx")
    sheet = book["台账"]
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == "1001")
    sheet.cell(1, sheet.max_column + 1, "采用")
    sheet.cell(row, sheet.max_column, "a.xlsx")
    book.save("下发/台账.xlsx")
    for words in ((), ("--units", "单位.csv")):
        _, told = collected(capsys, *words)
        unit = told["units"][0]  # type: ignore[index]
        assert (unit["state"], unit["why"]) == ("已报", "人工选定"), words


def test_second_run_uses_what_was_checked__and_says_the_same(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    come_back(copy_of(sent, "1001"), sent / "回收/a.xlsx")
    assert collected(capsys) == collected(capsys)
    assert list((sent / "下发/.perfxl-cache").rglob("*.json"))


def test_without_a_list__forms_say_which_units_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "回收").mkdir()
    for name, unit in (("a", "甲局"), ("b", "乙局"), ("c", "")):
        (tmp_path / f"回收/{name}.xlsx").write_bytes(form_bytes(unit, Decimal(99)))
    run(["collect", str(tmp_path / "回收"), "--jobs", "1"])
    out = capsys.readouterr()
    assert "应报2家，已报2家，未报0家，要处理0家；认不出单位的文件1份" in out.out
    assert "不知道谁没报" in out.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["没有这里"], "找不到"),
        (["回收", "--ledger", "单位.csv"], "不是台账"),
        (["回收", "--received", "单位.csv"], "第1行要有表头"),
        (["回收", "--scheme", "没有"], "没有评分方案"),
    ],
)
def test_wrong_words__are_told_in_chinese(
    sent: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    come_back(copy_of(sent, "1001"), sent / "回收/a.xlsx")
    capsys.readouterr()
    assert run(["collect", *words]) == 2
    assert told in capsys.readouterr().err


def test_rules_over_the_round__are_selected_and_ignored_as_others_are(sent: Path) -> None:
    come_back(copy_of(sent, "1001"), sent / "回收/a.xlsx")
    words = [
        "collect",
        "回收",
        "--ledger",
        "下发/台账.xlsx",
        "--jobs",
        "1",
        "--as-of",
        "2025-04-05",
    ]

    def note(*more: str) -> str:
        run([*words, "-o", "汇总.xlsx", *more])
        book = openpyxl.load_workbook("汇总.xlsx")
        return str([cell.value for row in book["抽查建议"]["A1:A2"] for cell in row])

    assert "未核对BT101、BT102：可比的不足两家单位" in (whole := note())
    assert all(f"未核对{code}：" in whole for code in ("BT104", "BT105"))
    assert "未核对BT101" in (only := note("--select", "BT101"))
    assert "BT105" not in only
    assert "BT101" not in (rest := note("--ignore", "BT101,BT104"))
    assert "未核对BT105：" in rest
    assert "BT" not in note("--select", "AR")


def test_rules_over_the_round__are_ignored_by_the_settings_of_the_folder(sent: Path) -> None:
    come_back(copy_of(sent, "1001"), sent / "回收/a.xlsx")
    Path("perfxl.toml").write_text('ignore = ["BT105"]\n', encoding="utf-8")
    words = [
        "collect",
        "回收",
        "--ledger",
        "下发/台账.xlsx",
        "--jobs",
        "1",
        "--as-of",
        "2025-04-05",
    ]
    run([*words, "--csv", "表", "-o", "汇总.xlsx"])
    book = openpyxl.load_workbook("汇总.xlsx")
    told = str([cell.value for row in book["抽查建议"]["A1:A2"] for cell in row])
    assert "未核对BT101" in told
    assert "BT105" not in told


@pytest.mark.parametrize("command", ["check", "annotate"])
def test_one_return__cannot_be_checked_by_rules_over_rounds_alone(
    command: str, sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    copy = str(copy_of(sent, "1001"))
    assert run([command, copy, "--select", "BT101,reason-copied"]) == 2
    assert "比较的是各单位之间，一份表没有可比的；请用 perfxl collect" in capsys.readouterr().err
    assert run([command, copy, "--select", "BT,AR102", "--ignore", "BT101"]) in (0, 1)


def test_rules_over_rounds_alone_in_the_settings__are_told_with_the_file(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("下发/perfxl.toml").write_text('select = ["BT"]\n', encoding="utf-8")
    capsys.readouterr()
    assert run(["check", "下发"]) == 2
    assert "perfxl.toml：select：BT比较的是" in capsys.readouterr().err


def test_json_holds_advice__with_units_and_cells(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reason = "项目招标两次流标致使合同推迟到次年签订"
    for code in ("1001", "1002"):
        come_back(copy_of(sent, code), sent / f"回收/{code}.xlsx", H19=1, I19=reason)
    _, told = collected(capsys, "--jobs", "1")
    assert isinstance(told["advice"], list)
    (one,) = [each for each in told["advice"] if each["code"] == "BT101"]
    assert one["units"] == ["1001", "1002"]
    assert [place["path"] for place in one["places"]] == ["回收/1001.xlsx", "回收/1002.xlsx"]
    assert all(place["cell"] for place in one["places"])
    assert reason in one["message"]
    assert {each["code"] for each in told["skipped"]} >= {"BT105"}  # type: ignore[attr-defined]
    _, told = collected(capsys, "--jobs", "1", "--ignore", "BT")
    assert (told["advice"], told["skipped"]) == ([], [])


def test_a_later_ledger_beside_the_one_named__is_told(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    come_back(copy_of(sent, "1001"), sent / "回收/甲.xlsx")
    base = ["collect", "回收", "--as-of", "2025-04-05", "--ledger"]
    run([*base, "下发/台账.xlsx"])
    assert "旁边还有后写的" not in capsys.readouterr().err
    Path("单位.csv").write_text(f"{LIST}1006,某己局,西区,,\n", encoding="utf-8")
    words = ["distribute", "guangzhou-2022", "--units", "单位.csv", "--due", "2025-03-31"]
    assert run([*words, "--as-of", "2025-03-01", "-o", "下发"]) == 0
    capsys.readouterr()
    run([*base, "下发/台账.xlsx"])
    assert "旁边还有后写的 台账-2.xlsx" in capsys.readouterr().err
    run([*base, "下发/台账-2.xlsx"])
    told = capsys.readouterr()
    assert "旁边还有后写的" not in told.err
    assert "某己局" in told.out
