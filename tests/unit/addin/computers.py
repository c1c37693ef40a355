"""Computers that tests make up: their folders stand in a test's own folder."""

from dataclasses import dataclass, field
from pathlib import Path

from perfxl.addin.system import Hive, Ran, System


@dataclass
class Computer(System):
    """A computer as a test wants it: Windows with Excel, unless it says otherwise."""

    root: Path
    kind: str = "win32"
    values: dict[tuple[Hive, str, str], str | int] = field(default_factory=dict)
    marks: dict[Path, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)  # modules and why they do not load
    found: dict[str, Path] = field(default_factory=dict)  # programs on PATH
    ran: Ran = field(default_factory=lambda: Ran(0, "perfxl 0.1.0"))
    frozen: bool = False
    own: Path | None = None
    opened: list[Path] = field(default_factory=list)
    refuses_to_open: str = ""
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        roaming, local = self.root / "AppData" / "Roaming", self.root / "AppData" / "Local"
        temp = self.root / "Temp"
        temp.mkdir(exist_ok=True)
        self.variables = {"TEMP": str(temp), **self.variables}
        if self.is_windows:
            self.variables |= {"APPDATA": str(roaming), "LOCALAPPDATA": str(local)}

    @property
    def platform(self) -> str:
        return self.kind

    @property
    def is_frozen(self) -> bool:
        return self.frozen

    @property
    def home(self) -> Path:
        return self.root

    def env(self, name: str) -> str:
        return self.variables.get(name, "")

    def program(self) -> Path | None:
        return self.own

    def which(self, name: str) -> Path | None:
        return self.found.get(name)

    def trouble_importing(self, module: str) -> str:
        return self.broken.get(module, "")

    def run(self, words: list[str], seconds: int) -> Ran:
        return self.ran

    def registry(self, hive: Hive, key: str, name: str = "") -> str | int | None:
        return self.values.get((hive, key, name))

    def web_mark(self, path: Path) -> str:
        return self.marks.get(path, "")

    def open(self, path: Path) -> str:
        self.opened.append(path)
        return self.refuses_to_open


APP_PATHS = r"Software\Microsoft\Windows\CurrentVersion\App Paths"


def with_excel(computer: Computer) -> Computer:
    """The computer with Excel on it."""
    program = computer.root / "Office16" / "EXCEL.EXE"
    program.parent.mkdir(exist_ok=True)
    program.touch()
    computer.values["HKLM", rf"{APP_PATHS}\excel.exe", ""] = str(program)
    return computer


def with_wps(computer: Computer) -> Computer:
    """The computer with WPS on it, as it installs itself for one user."""
    office = computer.root / "AppData" / "Local" / "Kingsoft" / "WPS Office" / "12.1" / "office6"
    office.mkdir(parents=True)
    (office / "et.exe").touch()
    computer.values["HKCU", rf"{APP_PATHS}\et.exe", ""] = str(office / "et.exe")
    return computer
