"""Where the add-in, its settings and the record of what was installed stand."""

import re
from dataclasses import dataclass
from pathlib import Path

import perfxl
from perfxl.addin.settings import SETTINGS_FILE
from perfxl.addin.system import System
from perfxl.errors import UsageError

ADDIN_FILE, BUTTON_BOOK = "perfxl.xlam", "perfxl.xlsm"
RECORD_FILE = "installed.json"
_PACKAGE = Path(perfxl.__file__).resolve().parent
_SHIPPED = (_PACKAGE / "_workbook", _PACKAGE.parent / "workbook")
_WPS_ROOTS = ("LOCALAPPDATA", "ProgramFiles", "ProgramFiles(x86)")


@dataclass(frozen=True, slots=True)
class AddinFolder:
    """A folder from which a spreadsheet program loads add-ins when it starts.

    Attributes:
        program: what loads them, as the user calls it.
        path: the folder; it need not exist yet.
        is_trusted: whether its macros run without a question, as that program is delivered.
    """

    program: str
    path: Path
    is_trusted: bool


def user_folder(system: System) -> Path:
    """The folder of our own for this user: settings, record, what was set aside."""
    if system.is_windows:
        return _roaming(system) / "perfxl"
    return Path(system.env("XDG_CONFIG_HOME") or system.home / ".config") / "perfxl"


def settings_path(system: System, addin: Path | None = None) -> Path:
    """The settings file in force: the one beside the add-in, else the user's."""
    if addin is not None and (beside := addin.with_name(SETTINGS_FILE)).is_file():
        return beside
    return user_folder(system) / SETTINGS_FILE


def excel_folder(system: System) -> AddinFolder:
    """Excel's folder for this user; Excel trusts it unless that is switched off."""
    folder = _roaming(system) / "Microsoft" / "Excel" / "XLSTART"
    return AddinFolder("Excel", folder, is_trusted=True)


def wps_folders(system: System) -> list[AddinFolder]:
    """The start folders of the WPS installations at hand, each version's own, newest last."""
    roots = [Path(value) for value in map(system.env, _WPS_ROOTS) if value]
    programs = [
        program
        for root in roots
        for name in ("Kingsoft/WPS Office", "WPS Office")
        for program in (root / name).glob("*/office6")
        if program.is_dir()
    ]
    programs.sort(key=lambda program: (_version(program.parent.name), program))
    return [AddinFolder("WPS", program / "XLSTART", is_trusted=False) for program in programs]


def applications_folder(system: System) -> Path:
    """Where a Linux desktop looks for this user's entries."""
    data = system.env("XDG_DATA_HOME") or system.home / ".local" / "share"
    return Path(data) / "applications"


def shipped(name: str) -> Path:
    """A workbook that came with perfxl.

    Raises:
        UsageError: this installation lacks it.
    """
    for folder in _SHIPPED:
        if (folder / name).is_file():
            return folder / name
    raise UsageError(f"这份 perfxl 没有带 {name}，请用完整的安装包")


def _roaming(system: System) -> Path:
    """Where Windows keeps what programs remember for this user."""
    return Path(system.env("APPDATA") or system.home / "AppData" / "Roaming")


def _version(name: str) -> tuple[int, ...]:
    """A version as numbers: 11.1.0.10132 is later than 11.1.0.9662."""
    return tuple(int(part) for part in re.findall("[0-9]+", name))
