"""What this computer says about itself; tests put another computer in its place."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal

Hive = Literal["HKCU", "HKLM", "HKCR"]


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program that was started ended.

    Attributes:
        status: its exit status; None when it could not be started or did not end in time.
        said: what it printed, or why it could not be started.
    """

    status: int | None
    said: str


class System:
    """The computer that perfxl runs on. Only Windows has a registry and web marks."""

    @property
    def platform(self) -> str:
        """`win32`, `linux`, `darwin` …."""
        return sys.platform

    @property
    def is_windows(self) -> bool:
        """Whether this is Windows."""
        return self.platform == "win32"

    @property
    def is_frozen(self) -> bool:
        """Whether the program is one folder of its own, without an installed Python."""
        return bool(getattr(sys, "frozen", False))

    @property
    def python(self) -> str:
        """The version of the Python that runs."""
        return sys.version.partition(" ")[0]

    @property
    def home(self) -> Path:
        """The user's folder."""
        return Path.home()

    @property
    def temp(self) -> Path:
        """Where job folders are made: as the add-in finds it."""
        return Path(self.env("TEMP") or self.env("TMPDIR") or tempfile.gettempdir())

    def env(self, name: str) -> str:
        """An environment variable; "" when it is not set."""
        return os.environ.get(name, "")

    def program(self) -> Path | None:
        """The program that a button can start: this one; None when it has no file of its own."""
        if self.is_frozen:
            return Path(sys.executable)
        name = "perfxl.exe" if self.is_windows else "perfxl"
        beside = Path(sys.executable).with_name(name)
        return beside if beside.is_file() else self.which("perfxl")

    def which(self, name: str) -> Path | None:
        """A program on PATH."""
        found = shutil.which(name)
        return Path(found) if found else None

    def trouble_importing(self, module: str) -> str:
        """Why a module cannot be imported; "" when it can."""
        try:
            import_module(module)
        except Exception as error:  # a broken one may raise anything
            return f"{type(error).__name__}: {error}"
        return ""

    def run(self, words: list[str], seconds: int) -> Ran:
        """Start a program without a window and wait for it."""
        try:
            done = subprocess.run(
                words,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                stdin=subprocess.DEVNULL,
                timeout=seconds,
                check=False,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except subprocess.TimeoutExpired:
            return Ran(None, f"{seconds}秒没有结束")
        except OSError as error:
            return Ran(None, error.strerror or str(error))
        return Ran(done.returncode, (done.stdout + done.stderr).strip())

    def registry(self, hive: Hive, key: str, name: str = "") -> str | int | None:
        """A value of the registry, in the 64-bit view or the 32-bit one; None if there is none."""
        if sys.platform != "win32":
            return None
        import winreg

        root = getattr(winreg, _HIVES[hive])
        for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
            try:
                with winreg.OpenKey(root, key, 0, winreg.KEY_READ | view) as opened:
                    value, _ = winreg.QueryValueEx(opened, name)
            except OSError:
                continue
            if isinstance(value, str | int):
                return value
        return None

    def web_mark(self, path: Path) -> str:
        """The stream that Windows puts on files from elsewhere; "" when there is none."""
        if not self.is_windows:
            return ""
        try:
            return Path(f"{path}:Zone.Identifier").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def outer_environment(self) -> dict[str, str]:
        """The environment for other programs: a frozen one's own libraries are not for them."""
        variables = dict(os.environ)
        if self.is_frozen and (name := "LD_LIBRARY_PATH") in variables:
            former = variables.pop(f"{name}_ORIG", "")
            variables.pop(name)
            if former:
                variables[name] = former
        return variables

    def open(self, path: Path) -> str:
        """Open a file or folder with what the user opens it with; "" or why it did not open."""
        try:
            if sys.platform == "win32":
                if self.is_frozen:  # else what is opened would look for libraries among ours
                    import ctypes

                    ctypes.windll.kernel32.SetDllDirectoryW(None)
                os.startfile(path)
                return ""
            opener = "open" if self.platform == "darwin" else "xdg-open"
            subprocess.Popen(
                [opener, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=self.outer_environment(),
                start_new_session=True,
            )
        except OSError as error:
            return error.strerror or str(error)
        return ""


_HIVES = {
    "HKCU": "HKEY_CURRENT_USER",
    "HKLM": "HKEY_LOCAL_MACHINE",
    "HKCR": "HKEY_CLASSES_ROOT",
}
