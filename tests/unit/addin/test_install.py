import json
from pathlib import Path

import pytest

from perfxl.addin.install import Became, install, uninstall
from perfxl.addin.places import excel_folder, user_folder, wps_folders
from perfxl.addin.record import Installed, read_record, record_text
from perfxl.addin.settings import Mode, parse_settings, read_settings
from perfxl.errors import OutputError
from tests.unit.addin.computers import Computer, with_wps


@pytest.fixture
def addin(tmp_path: Path) -> Path:
    path = tmp_path / "新 加载宏.xlam"
    path.write_bytes(b"add-in 1")
    return path


@pytest.fixture
def windows(tmp_path: Path) -> Computer:
    root = tmp_path / "用户 甲"
    root.mkdir()
    return Computer(root, own=root / "perfxl" / "perfxl.exe")


@pytest.fixture
def linux(tmp_path: Path) -> Computer:
    root = tmp_path / "home"
    root.mkdir()
    return Computer(root, "linux", own=root / "bin" / "perfxl")


def _files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


XLSTART = "AppData/Roaming/Microsoft/Excel/XLSTART/perfxl.xlam"


def test_install__puts_addin_and_settings_in_place(windows: Computer, addin: Path) -> None:
    steps = install(windows, addin=addin)
    assert [(step.what, step.became) for step in steps] == [
        ("设置", Became.PLACED),
        ("Excel加载宏", Became.PLACED),
    ]
    assert "受信任位置" in steps[1].note
    files = _files(windows.root)
    assert files.pop(XLSTART) == b"add-in 1"
    settings = parse_settings(files.pop("AppData/Roaming/perfxl/perfxl.ini").decode("ascii"))
    assert settings.program == str(windows.own)
    assert set(files) == {"AppData/Roaming/perfxl/installed.json"}


def test_install_again__changes_nothing(windows: Computer, addin: Path) -> None:
    install(windows, addin=addin)
    before = _files(windows.root)
    assert {step.became for step in install(windows, addin=addin)} == {Became.SAME}
    assert _files(windows.root) == before


def test_install_again__renews_our_own_without_setting_it_aside(
    windows: Computer, addin: Path
) -> None:
    install(windows, addin=addin)
    addin.write_bytes(b"add-in 2")
    assert [step.became for step in install(windows, addin=addin)] == [Became.SAME, Became.RENEWED]
    files = _files(windows.root)
    assert files[XLSTART] == b"add-in 2"
    assert not [name for name in files if "backup" in name]


def test_install__sets_a_strange_file_aside_and_never_beside(
    windows: Computer, addin: Path
) -> None:
    there = windows.root / XLSTART
    there.parent.mkdir(parents=True)
    there.write_bytes(b"theirs")
    step = install(windows, addin=addin)[1]
    assert step.became is Became.RENEWED
    assert "放到了" in step.note
    assert list(there.parent.iterdir()) == [there]  # Excel opens whatever lies there
    backup = user_folder(windows) / "backup" / "perfxl.xlam"
    assert backup.read_bytes() == b"theirs"

    assert [step.became for step in uninstall(windows)] == [Became.RESTORED, Became.REMOVED]
    assert _files(windows.root) == {XLSTART: b"theirs"}


def test_install__keeps_what_the_user_set(windows: Computer, addin: Path) -> None:
    install(windows, addin=addin)
    path = user_folder(windows) / "perfxl.ini"
    path.write_bytes(path.read_bytes() + b"mode=file\r\nlater=1\r\n")
    windows.own = windows.root / "moved" / "perfxl.exe"
    install(windows, addin=addin)
    settings = read_settings(path)
    assert (settings.program, settings.mode) == (str(windows.own), Mode.FILE)
    assert settings.others == {"later": "1"}


def test_uninstall__settings_that_the_user_changed_are_not_left_behind(
    windows: Computer, addin: Path
) -> None:
    install(windows, addin=addin)
    path = user_folder(windows) / "perfxl.ini"
    path.write_bytes(path.read_bytes() + b"mode=file\r\n")
    assert {step.became for step in uninstall(windows)} == {Became.REMOVED}
    assert _files(windows.root) == {}


def test_install_again__settings_that_the_user_changed_come_back_from_no_backup(
    windows: Computer, addin: Path
) -> None:
    install(windows, addin=addin)
    path = user_folder(windows) / "perfxl.ini"
    path.write_bytes(path.read_bytes() + b"mode=file\r\n# later\r\n")
    assert all(step.is_done for step in install(windows, addin=addin))
    assert read_settings(path).mode is Mode.FILE
    assert not (user_folder(windows) / "backup").exists()
    assert {step.became for step in uninstall(windows)} == {Became.REMOVED}
    assert _files(windows.root) == {}


def test_uninstall__takes_out_exactly_what_was_installed(windows: Computer, addin: Path) -> None:
    other = excel_folder(windows).path / "别人的.xlam"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"other")
    before = _files(windows.root)
    install(windows, addin=addin)
    assert {step.became for step in uninstall(windows)} == {Became.REMOVED}
    assert _files(windows.root) == before
    assert not user_folder(windows).exists()
    assert uninstall(windows) == []


def test_uninstall__leaves_what_was_changed_since(windows: Computer, addin: Path) -> None:
    install(windows, addin=addin)
    (windows.root / XLSTART).write_bytes(b"add-in with changes")
    steps = uninstall(windows)
    assert [step.became for step in steps] == [Became.CHANGED, Became.REMOVED]
    assert not steps[0].is_done
    assert _files(windows.root) == {XLSTART: b"add-in with changes"}


def test_uninstall__a_file_that_has_vanished_is_no_fault(windows: Computer, addin: Path) -> None:
    install(windows, addin=addin)
    (windows.root / XLSTART).unlink()
    assert [step.became for step in uninstall(windows)] == [Became.GONE, Became.REMOVED]


def test_install__serves_wps_too(windows: Computer, addin: Path) -> None:
    steps = install(with_wps(windows), addin=addin)
    assert [step.what for step in steps] == ["设置", "Excel加载宏", "WPS加载宏"]
    assert steps[2].path.parent.parent.name == "office6"
    assert steps[2].path.read_bytes() == b"add-in 1"


def test_wps_folders__newest_last_as_versions_count(windows: Computer) -> None:
    root = windows.root / "AppData" / "Local" / "Kingsoft" / "WPS Office"
    versions = ["11.1.0.9662", "11.1.0.10132", "12.1.0.15120"]
    for version in sorted(versions):
        (root / version / "office6").mkdir(parents=True)
    found = [folder.path.parent.parent.name for folder in wps_folders(windows)]
    assert found == versions


def test_install__one_folder_that_cannot_be_written_stops_no_other(
    windows: Computer, addin: Path
) -> None:
    blocked = excel_folder(windows).path
    blocked.parent.mkdir(parents=True)
    blocked.touch()  # a file where the folder should be
    steps = install(with_wps(windows), addin=addin)
    assert [step.became for step in steps] == [Became.PLACED, Became.NOT_DONE, Became.PLACED]
    assert str(blocked) in steps[1].note
    recorded = json.loads((user_folder(windows) / "installed.json").read_text(encoding="utf-8"))
    assert str(blocked / "perfxl.xlam") not in {one["path"] for one in recorded["files"]}


def test_uninstall__what_could_not_be_taken_out_is_said_and_kept_in_the_record(
    windows: Computer, addin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(windows, addin=addin)
    unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if path.name == "perfxl.xlam":
            raise PermissionError(13, "in use")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    steps = uninstall(windows)
    assert [step.became for step in steps] == [Became.NOT_REMOVED, Became.REMOVED]
    assert "请先关闭 Excel、WPS" in steps[0].note
    monkeypatch.undo()
    assert [step.became for step in uninstall(windows)] == [Became.REMOVED]
    assert _files(windows.root) == {}


def test_uninstall__a_folder_that_is_held_open_is_no_fault(
    windows: Computer, addin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_: Path) -> None:
        raise PermissionError(13, "in use")

    install(windows, addin=addin)
    monkeypatch.setattr(Path, "rmdir", held)
    assert {step.became for step in uninstall(windows)} == {Became.REMOVED}
    assert _files(windows.root) == {}


def test_record__holds_names_of_any_bytes(tmp_path: Path) -> None:
    path = tmp_path / "installed.json"
    files = (Installed("/home/\udcbc\udcd7/perfxl.ini", "00"),)
    path.write_bytes(record_text(files))
    assert read_record(path) == files


def test_install__on_linux_makes_a_desktop_entry(linux: Computer) -> None:
    steps = install(linux)
    assert [step.what for step in steps] == ["设置", "桌面入口"]
    entry = (linux.root / ".local/share/applications/perfxl-check.desktop").read_text(
        encoding="utf-8"
    )
    assert f"Exec={linux.own} %F" in entry.splitlines()
    assert {step.became for step in uninstall(linux)} == {Became.REMOVED}
    assert _files(linux.root) == {}


def test_install__into_a_folder_that_is_named(linux: Computer, addin: Path) -> None:
    folder = linux.root / "加载宏"
    steps = install(linux, folder, addin)
    assert steps[2].path == folder / "perfxl.xlam"
    assert "受信任位置" in steps[2].note


def test_uninstall__without_a_readable_record_touches_nothing(
    windows: Computer, addin: Path
) -> None:
    install(windows, addin=addin)
    (user_folder(windows) / "installed.json").write_text("{", encoding="utf-8")
    with pytest.raises(OutputError, match="安装记录"):
        uninstall(windows)
    assert (windows.root / XLSTART).is_file()
