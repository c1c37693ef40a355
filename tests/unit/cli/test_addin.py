"""`addin` and paths without a verb, as they are typed and as files are dropped."""

import json
import zipfile
from pathlib import Path

import pytest

from perfxl.addin import places
from perfxl.cli import addin as addin_command
from perfxl.cli import dropped as dropped_command
from perfxl.cli.main import main, run
from tests.forms import guangzhou, shenzhen
from tests.unit.addin.computers import Computer, with_excel


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    root = tmp_path / "用户 甲"
    root.mkdir()
    program = root / "perfxl.exe"
    program.touch()
    made = with_excel(Computer(root, own=program))
    monkeypatch.setattr(addin_command, "this_computer", lambda: made)
    monkeypatch.setattr(dropped_command, "this_computer", lambda: made)
    return made


@pytest.fixture
def good(tmp_path: Path) -> Path:
    folder = tmp_path / "收到 的表"
    folder.mkdir()
    guangzhou.build("as_meant", folder / "好 表.xlsx")
    return folder / "好 表.xlsx"


@pytest.fixture
def bad(good: Path) -> Path:
    shenzhen.build("as_meant", good.with_name("坏表.xlsx"))
    return good.with_name("坏表.xlsx")


def test_addin__installed_diagnosed_and_taken_out(
    computer: Computer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "perfxl.xlam"
    file.write_bytes(b"add-in")
    assert run(["addin", "install", "--file", str(file)]) == 0
    said = capsys.readouterr()
    assert [line.partition("　")[0] for line in said.out.splitlines()] == [
        "设置：已安装", "Excel加载宏：已安装",
    ]  # fmt: skip
    assert "addin doctor" in said.err
    assert run(["addin", "doctor"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "诊断完毕：都正常"
    assert run(["addin", "uninstall"]) == 0
    assert "没有安装记录" not in capsys.readouterr().err
    assert run(["addin", "uninstall"]) == 0
    assert "没有安装记录" in capsys.readouterr().err


def test_addin_build__hands_out_what_came_with_perfxl(
    computer: Computer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    monkeypatch.setattr(places, "_SHIPPED", (tmp_path / "none", shipped))
    out = tmp_path / "发 给" / "大家"
    assert run(["addin", "build", "-o", str(out)]) == 2  # this perfxl came without them
    assert run(["addin", "install"]) == 2
    assert not places.user_folder(computer).exists()
    for name in ("perfxl.xlam", "perfxl.xlsm"):
        (shipped / name).write_bytes(name.encode())
    assert run(["addin", "build", "-o", str(out)]) == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        "perfxl.xlam": b"perfxl.xlam", "perfxl.xlsm": b"perfxl.xlsm",
    }  # fmt: skip
    assert run(["addin", "install"]) == 0
    addin = places.excel_folder(computer).path / "perfxl.xlam"
    assert addin.read_bytes() == b"perfxl.xlam"


def test_addin_uninstall__leaves_with_1_when_something_stays(
    computer: Computer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "perfxl.xlam"
    file.write_bytes(b"add-in")
    run(["addin", "install", "--file", str(file), "--folder", str(tmp_path / "这里")])
    (tmp_path / "这里" / "perfxl.xlam").write_bytes(b"changed")
    assert run(["addin", "uninstall"]) == 1
    assert "没有删除" in capsys.readouterr().out


def test_addin_doctor__as_json(computer: Computer, capsys: pytest.CaptureFixture[str]) -> None:
    computer.broken["xlwings"] = "ImportError"
    assert run(["addin", "doctor", "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"perfxl", "checks", "mode", "why", "well"}
    assert said["mode"] == "file"
    states = {check["name"]: check["state"] for check in said["checks"]}
    assert (states["版本"], states["xlwings"]) == ("good", "mind")


def test_addin_doctor__leaves_with_1_when_something_is_wrong(computer: Computer) -> None:
    computer.variables["TEMP"] = str(computer.root / "missing")
    assert run(["addin", "doctor"]) == 1


def test_dropped__one_file_opens_its_annotated_copy(
    computer: Computer, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = good.read_bytes()
    assert run([str(good)]) == 0
    [opened] = computer.opened
    assert opened == good.with_name("好 表.annotated.xlsx")
    assert opened.is_file()
    assert good.read_bytes() == before
    assert str(opened) in capsys.readouterr().out


def test_dropped__several_open_one_page(computer: Computer, good: Path, bad: Path) -> None:
    assert run([str(good), str(bad)]) == 1
    assert computer.opened == [good.parent / "校验结果.html"]
    page = computer.opened[0].read_text(encoding="utf-8")
    assert good.name in page
    assert bad.name in page
    assert len(list(good.parent.glob("*.annotated.xlsx"))) == 2


def test_dropped__a_folder_and_again(computer: Computer, good: Path, bad: Path) -> None:
    assert run([str(good.parent)]) == 1
    first = {path.name: path.read_bytes() for path in good.parent.iterdir()}
    assert run([str(good.parent)]) == 1
    assert {path.name: path.read_bytes() for path in good.parent.iterdir()} == first


def test_dropped__a_zip_is_checked_and_its_page_opened(computer: Computer, good: Path) -> None:
    bundle = good.with_name("回收.zip")
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.write(good, "甲局/表.xlsx")
    assert run([str(bundle)]) == 0
    assert computer.opened == [good.parent / "校验结果.html"]


def test_dropped__an_unreadable_file_still_opens_what_was_found(
    computer: Computer, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut off")
    assert run([str(broken)]) == 1
    [opened] = computer.opened
    assert opened.is_file()


def test_dropped__a_missing_file_is_wrong_usage(
    computer: Computer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([str(tmp_path / "没有.xlsx")]) == 2
    assert "找不到" in capsys.readouterr().err
    assert computer.opened == []


def test_dropped__what_does_not_open_is_said(
    computer: Computer, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    computer.refuses_to_open = "没有关联的程序"
    assert run([str(good)]) == 0
    assert "没有关联的程序" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "waits"), [(["没有.xlsx"], True), (["check", "没有.xlsx"], False)]
)
def test_dropped__a_window_of_its_own_stays_open_on_failure(
    words: list[str], waits: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    waited: list[bool] = []
    monkeypatch.setattr(dropped_command, "wait_for_a_key", lambda: waited.append(True))
    with pytest.raises(SystemExit) as left:
        main(words)
    assert (left.value.code, bool(waited)) == (2, waits)


def test_verbs__win_over_files_of_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rules").mkdir()
    assert run(["rules"]) == 0
    assert "AR102" in capsys.readouterr().out
    assert run(["check-it"]) == 2
    assert "没有命令" in capsys.readouterr().err
