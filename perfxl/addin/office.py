"""Which spreadsheet programs are on this computer, and which one answers for Excel."""

from dataclasses import dataclass
from pathlib import Path

from perfxl.addin.places import wps_folders
from perfxl.addin.system import Hive, System

_APP_PATHS = r"Software\Microsoft\Windows\CurrentVersion\App Paths"
_OFFICE = r"Software\Microsoft\Office"
VERSIONS = ("16.0", "15.0", "14.0")  # Excel 2016 and later, 2013, 2010
_EXCEL_CLASS = r"Excel.Application\CLSID"
_USER_OR_MACHINE: tuple[Hive, Hive] = ("HKCU", "HKLM")


@dataclass(frozen=True, slots=True)
class Office:
    """What was found.

    Attributes:
        excel: Excel's program file; None when there is none.
        wps: that of WPS 表格.
        libreoffice: that of LibreOffice.
        com_server: the program that Windows starts for `Excel.Application`; "" when nobody
            answers. An installed WPS may put itself in Excel's place.
    """

    excel: Path | None = None
    wps: Path | None = None
    libreoffice: Path | None = None
    com_server: str = ""

    @property
    def is_excel_answered_by_wps(self) -> bool:
        """Whether who asks for Excel gets WPS."""
        return any(name in self.com_server.casefold() for name in ("et.exe", "wps", "kingsoft"))


def find_office(system: System) -> Office:
    """Look in the registry and in the usual folders."""
    if not system.is_windows:
        return Office(wps=system.which("et"), libreoffice=system.which("soffice"))
    return Office(
        excel=_excel(system),
        wps=_by_app_path(system, "et.exe") or _wps_in_folders(system),
        libreoffice=_by_app_path(system, "soffice.exe"),
        com_server=_com_server(system),
    )


def _excel(system: System) -> Path | None:
    if found := _by_app_path(system, "excel.exe"):
        return found
    for version in VERSIONS:
        root = system.registry("HKLM", rf"{_OFFICE}\{version}\Excel\InstallRoot", "Path")
        if isinstance(root, str) and (program := Path(root) / "EXCEL.EXE").is_file():
            return program
    return None


def _by_app_path(system: System, name: str) -> Path | None:
    for hive in _USER_OR_MACHINE:
        value = system.registry(hive, rf"{_APP_PATHS}\{name}")
        # A removed program often leaves its entry behind.
        if isinstance(value, str) and (program := Path(value.strip('"'))).is_file():
            return program
    return None


def _wps_in_folders(system: System) -> Path | None:
    programs = [folder.path.with_name("et.exe") for folder in wps_folders(system)]
    return next((program for program in reversed(programs) if program.is_file()), None)


def _com_server(system: System) -> str:
    class_id = system.registry("HKCR", _EXCEL_CLASS)
    if not isinstance(class_id, str):
        return ""
    value = system.registry("HKCR", rf"CLSID\{class_id}\LocalServer32")
    return value if isinstance(value, str) else ""
