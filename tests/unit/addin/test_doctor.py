import re
from collections.abc import Callable
from pathlib import Path

import pytest

from perfxl.addin.diagnosis import (
    Line,
    State,
    diagnosis_json,
    diagnosis_short,
    diagnosis_text,
)
from perfxl.addin.doctor import diagnose
from perfxl.addin.install import install
from perfxl.addin.places import excel_folder, user_folder
from perfxl.addin.settings import Mode
from perfxl.addin.system import Ran, System
from tests.architecture.repo import ROOT
from tests.unit.addin.computers import APP_PATHS, Computer, with_excel, with_wps

POLICY = r"Software\Policies\Microsoft\Office\16.0"
OWN = r"Software\Microsoft\Office\16.0"
TRUST = r"Excel\Security\Trusted Locations"


@pytest.fixture
def well(tmp_path: Path) -> Computer:
    """A computer on which everything is as it should be."""
    root = tmp_path / "用户 甲"
    program = root / "perfxl" / "perfxl.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    addin = tmp_path / "perfxl.xlam"
    addin.write_bytes(b"add-in")
    computer = with_excel(Computer(root, own=program))
    install(computer, addin=addin)
    return computer


def _line(computer: System, name: str, *workbooks: Path) -> Line:
    [line] = [line for line in diagnose(computer, workbooks).lines if line.name == name]
    return line


def _state(computer: System, name: str, *workbooks: Path) -> State:
    line = _line(computer, name, *workbooks)
    assert line.said
    assert (line.state is State.GOOD) or line.step or name == "xlwings"
    return line.state


def test_diagnosis__all_is_well(well: Computer) -> None:
    diagnosis = diagnose(well)
    assert {line.state for line in diagnosis.lines} == {State.GOOD}
    assert not any(line.step for line in diagnosis.lines)
    assert diagnosis.mode.mode is Mode.LIVE
    assert diagnosis_text(diagnosis).splitlines()[-1] == "诊断完毕：都正常"
    said = diagnosis_json(diagnosis)
    assert (said["mode"], said["well"]) == ("live", True)


def test_diagnosis__changes_nothing(well: Computer) -> None:
    before = sorted(well.root.rglob("*"))
    diagnose(well)
    assert sorted(well.root.rglob("*")) == before


def test_diagnosis__says_what_to_do_and_counts(well: Computer) -> None:
    well.ran = Ran(None, "30秒没有结束")
    well.broken["xlwings"] = "ModuleNotFoundError: No module named 'xlwings'"
    diagnosis = diagnose(well)
    text = diagnosis_text(diagnosis)
    assert "【有问题】启动程序" in text
    assert "30秒没有结束" in text
    assert "怎么办：看杀毒软件的隔离区" in text
    assert "1项有问题，1项请注意" in text.splitlines()[-1]
    assert not diagnosis.is_well
    assert diagnosis.mode.mode is Mode.FILE


def test_place__chinese_and_spaces_are_told_and_fine(well: Computer) -> None:
    line = _line(well, "程序位置")
    assert line.state is State.GOOD
    assert "中文和空格" in line.said


@pytest.mark.parametrize(("length", "state"), [(199, State.GOOD), (200, State.BAD)])
def test_place__too_long(well: Computer, length: int, state: State) -> None:
    (user_folder(well) / "perfxl.ini").unlink()
    well.own = Path("/" + "a" * (length - 1))
    assert _state(well, "程序位置") is state


def test_place__what_the_settings_name_is_what_is_started(well: Computer) -> None:
    (user_folder(well) / "perfxl.ini").write_text("program=/opt/b/perfxl\n", encoding="ascii")
    assert _line(well, "程序位置").said == str(Path("/opt/b/perfxl"))


def test_place__long_is_fine_on_linux_and_none_is_to_mind(tmp_path: Path) -> None:
    computer = Computer(tmp_path, "linux", own=Path("/" + "a" * 250))
    assert _state(computer, "程序位置") is State.GOOD
    computer.own = None
    assert _state(computer, "程序位置") is State.MIND
    assert _state(computer, "启动程序") is State.MIND


@pytest.mark.parametrize("ran", [Ran(None, "30秒没有结束"), Ran(1, "DLL load failed")])
def test_start__a_program_that_does_not_start(well: Computer, ran: Ran) -> None:
    well.ran = ran
    assert ran.said in _line(well, "启动程序").said
    assert _state(well, "启动程序") is State.BAD


def test_steps__can_be_typed_where_the_program_is_not_on_the_path(tmp_path: Path) -> None:
    program = tmp_path / "程序 甲" / "perfxl.exe"
    program.parent.mkdir()
    program.touch()
    computer = Computer(tmp_path, own=program)
    assert f'"{program}" addin install' in _line(computer, "加载宏").step
    computer.found["perfxl"] = program
    assert "运行 perfxl addin install" in _line(computer, "加载宏").step


def test_temp__not_writable(well: Computer) -> None:
    well.variables["TEMP"] = str(well.root / "missing")
    assert _state(well, "临时文件夹") is State.BAD


def test_settings__wrong_or_pointing_nowhere(well: Computer) -> None:
    path = user_folder(well) / "perfxl.ini"
    path.write_text("mode=fast\n", encoding="ascii")
    assert "fast" in _line(well, "设置").said
    assert _state(well, "设置") is State.BAD
    path.write_text("program=D:\\gone\\perfxl.exe\n", encoding="ascii")
    assert _state(well, "设置") is State.BAD


def test_settings__beside_the_add_in_win(well: Computer) -> None:
    beside = excel_folder(well).path / "perfxl.ini"
    beside.write_text("mode=file\n", encoding="ascii")
    assert str(beside) in _line(well, "设置").said
    assert diagnose(well).mode.mode is Mode.FILE


def test_office__none_found(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    assert _state(computer, "表格软件") is State.MIND
    assert diagnose(computer).mode.mode is Mode.FILE


def test_office__an_entry_that_was_left_behind_is_no_program(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    computer.values["HKLM", rf"{APP_PATHS}\excel.exe", ""] = str(tmp_path / "gone.exe")
    assert "没有找到" in _line(computer, "表格软件").said


def test_office__excel_by_its_install_root(tmp_path: Path) -> None:
    (tmp_path / "EXCEL.EXE").touch()
    computer = Computer(tmp_path)
    computer.values["HKLM", rf"{OWN}\Excel\InstallRoot", "Path"] = str(tmp_path)
    assert "Excel" in _line(computer, "表格软件").said
    assert diagnose(computer).mode.mode is Mode.LIVE


def test_office__wps_alone_works_by_files_and_may_lack_vba(tmp_path: Path) -> None:
    computer = with_wps(Computer(tmp_path))
    assert _state(computer, "表格软件") is State.GOOD
    assert _state(computer, "宏设置") is State.MIND
    assert diagnose(computer).mode.mode is Mode.FILE


def test_mode__wps_answering_for_excel(well: Computer) -> None:
    with_wps(well)
    well.values["HKCR", r"Excel.Application\CLSID", ""] = "{1}"
    server = r"C:\Kingsoft\office6\et.exe /automation"
    well.values["HKCR", r"CLSID\{1}\LocalServer32", ""] = server
    choice = diagnose(well).mode
    assert choice.mode is Mode.FILE
    assert "WPS" in choice.why


@pytest.mark.parametrize("module", ["xlwings", "pythoncom"])
def test_mode__without_xlwings(well: Computer, module: str) -> None:
    well.broken[module] = "ImportError: DLL load failed"
    assert _state(well, "xlwings") is State.MIND
    assert diagnose(well).mode.mode is Mode.FILE


@pytest.mark.parametrize(("mode", "state"), [("file", State.GOOD), ("live", State.BAD)])
def test_mode__as_set(well: Computer, mode: str, state: State) -> None:
    with (user_folder(well) / "perfxl.ini").open("a", encoding="ascii") as file:
        file.write(f"mode={mode}\n")
    well.broken["xlwings"] = "ImportError"
    choice = diagnose(well).mode
    assert choice.mode == mode
    assert f"mode={mode}" in choice.why
    assert _state(well, "运行方式") is state


def _vanish(path: Path) -> None:
    path.unlink()


def _change(path: Path) -> None:
    path.write_bytes(b"add-in without macros")


def _block(path: Path) -> None:
    path.unlink()
    path.mkdir()  # there, but nobody can read it


@pytest.mark.parametrize(
    ("happened", "told"), [(_vanish, "不见了"), (_change, "不一样"), (_block, "读不了")]
)
def test_addin__what_a_virus_scanner_does(
    well: Computer, happened: Callable[[Path], None], told: str
) -> None:
    happened(excel_folder(well).path / "perfxl.xlam")
    line = _line(well, "加载宏")
    assert (line.state, told in line.said) == (State.BAD, True)
    assert "杀毒软件" in line.step


def test_addin__not_installed(tmp_path: Path) -> None:
    assert _state(Computer(tmp_path), "加载宏") is State.MIND


def test_addin__a_record_that_cannot_be_read(well: Computer) -> None:
    (user_folder(well) / "installed.json").write_text("[]", encoding="utf-8")
    assert _state(well, "加载宏") is State.BAD


def test_macros__vba_off(well: Computer) -> None:
    well.values["HKLM", rf"{POLICY}\Common", "VBAOff"] = 1
    line = _line(well, "宏设置")
    assert line.state is State.BAD
    assert "组织策略" in line.said
    assert "管理员" in line.step


@pytest.mark.parametrize("warnings", [3, 4])
def test_macros__only_where_trusted(well: Computer, warnings: int) -> None:
    well.values["HKCU", rf"{OWN}\Excel\Security", "VBAWarnings"] = warnings
    assert _state(well, "宏设置") is State.MIND
    well.values["HKCU", rf"{OWN}\{TRUST}", "AllLocationsDisabled"] = 1
    line = _line(well, "宏设置")
    assert line.state is State.BAD
    assert "信任中心" in line.step


def test_macros__trusted_locations_off(well: Computer) -> None:
    well.values["HKCU", rf"{POLICY}\{TRUST}", "AllLocationsDisabled"] = 1
    assert _state(well, "宏设置") is State.MIND


def test_macros__a_policy_wins_over_the_users_own_setting(well: Computer) -> None:
    well.values["HKCU", rf"{OWN}\Excel\Security", "VBAWarnings"] = 4
    well.values["HKCU", rf"{POLICY}\Excel\Security", "VBAWarnings"] = 2
    assert _state(well, "宏设置") is State.GOOD


def test_macros__blocked_in_files_from_the_web(well: Computer) -> None:
    well.values["HKCU", rf"{POLICY}\Excel\Security", "BlockContentExecutionFromInternet"] = 1
    assert _state(well, "宏设置") is State.MIND


MARK = "[ZoneTransfer]\r\nZoneId={}\r\n"


def test_web_mark__of_the_add_in_and_of_named_books(well: Computer, tmp_path: Path) -> None:
    book = tmp_path / "收到的表.xlsx"
    assert _state(well, "网络标记", book) is State.GOOD
    well.marks[book] = MARK.format(3)
    line = _line(well, "网络标记", book)
    assert line.state is State.MIND
    assert "解除锁定" in line.step
    assert str(book) in line.said
    addin = excel_folder(well).path / "perfxl.xlam"
    well.marks = {addin: MARK.format(4)}
    assert _state(well, "网络标记", book) is State.BAD


def test_web_mark__of_the_program(well: Computer) -> None:
    assert well.own
    well.marks[well.own] = MARK.format(3)
    line = _line(well, "网络标记")
    assert (line.state, "zip" in line.step) == (State.BAD, True)


@pytest.mark.parametrize("mark", ["", MARK.format(1), MARK.format("x"), "ZoneId"])
def test_web_mark__of_ones_own_network_is_none(well: Computer, mark: str, tmp_path: Path) -> None:
    book = tmp_path / "a.xlsm"
    well.marks[book] = mark
    assert _state(well, "网络标记", book) is State.GOOD


def test_short__tells_only_what_is_not_well(well: Computer) -> None:
    assert diagnosis_short(diagnose(well)) == "按钮需要的都正常。"
    well.broken["xlwings"] = "ImportError"
    [told] = diagnosis_short(diagnose(well)).splitlines()
    assert told.startswith("【注意】xlwings：")


def test_linux__tells_what_it_is(tmp_path: Path) -> None:
    computer = Computer(tmp_path, "linux", found={"soffice": Path("/usr/bin/soffice")})
    diagnosis = diagnose(computer)
    assert diagnosis.is_well
    assert "LibreOffice：/usr/bin/soffice" in diagnosis_text(diagnosis)
    assert _line(computer, "表格软件").step == ""  # nothing is wrong
    assert "图标" in _line(computer, "加载宏").said
    assert (diagnosis.mode.mode, "不是 Windows" in diagnosis.mode.why) == (Mode.FILE, True)


def test_linux__desktop_entry_missing_gone_or_pointing_nowhere(tmp_path: Path) -> None:
    program = tmp_path / "程序 甲" / "perfxl"
    program.parent.mkdir()
    program.touch()
    computer = Computer(tmp_path, "linux", own=program)
    assert _state(computer, "桌面入口") is State.MIND
    assert "addin install" in _line(computer, "桌面入口").step
    install(computer)
    assert _state(computer, "桌面入口") is State.GOOD
    program.unlink()
    assert _state(computer, "桌面入口") is State.BAD
    assert str(program) in _line(computer, "桌面入口").said
    program.touch()
    (tmp_path / ".local/share/applications/perfxl-check.desktop").unlink()
    assert _state(computer, "桌面入口") is State.BAD
    assert "不见了" in _line(computer, "桌面入口").said


def test_this_computer__is_diagnosed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    diagnosis = diagnose(System(), [tmp_path / "a.xlsx"])
    assert _line(System(), "临时文件夹").state is State.GOOD
    assert diagnosis_text(diagnosis).startswith("【正常】版本：perfxl")


def test_manual__answers_every_line_of_the_diagnosis(well: Computer, tmp_path: Path) -> None:
    manual = (ROOT / "docs" / "安装.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (\S+) \|", manual.partition("## 诊断")[2], re.MULTILINE)
    told = [name for name in told if name not in {"项目", "---"}]
    assert [name for name in told if name != "桌面入口"] == [
        line.name for line in diagnose(well).lines
    ]
    linux = Computer(tmp_path, "linux")
    assert [name for name in told if name != "网络标记"] == [
        line.name for line in diagnose(linux).lines
    ]
