"""One LibreOffice for a whole test run, mostly headless: open, recalculate, save, print.

It listens on a pipe, so no socket is opened, and has a profile of its own: no file locking (a
lock left by a crash would make a document unloadable) and formulas recalculated on loading.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import suppress
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self

_BRIDGE = "/usr/lib/python3/dist-packages"
_START_SECONDS = 90
_STOP_SECONDS = 20
_ALWAYS = 4  # com.sun.star.document.MacroExecMode: without asking
_CALC = "/org.openoffice.Office.Calc/Formula/Load"
_COMMON = "/org.openoffice.Office.Common"
_SETTINGS = (
    (f"{_COMMON}/Misc", "UseLocking", "false"),
    (f"{_CALC}", "OOXMLRecalcMode", "0"),  # always
    (f"{_CALC}", "ODFRecalcMode", "0"),
    # What would lie over a window that is shown.
    (f"{_COMMON}/Misc", "ShowTipOfTheDay", "false"),
    (f"{_COMMON}/Misc", "ShowDonation", "false"),
    ("/org.openoffice.Setup/Product", "WhatsNew", "false"),
)
_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".pdf": "calc_pdf_Export",
}
_TEXT = "com.sun.star.text.TextDocument"
_TEXT_PDF = "writer_pdf_Export"


class Office:
    """A LibreOffice process and the bridge to it; end it with `close` or use it with `with`.

    With a `display` its windows are shown on that X display, otherwise it has none.
    """

    def __init__(self, display: str | None = None) -> None:
        self._uno = import_uno()
        self._is_shown = display is not None
        # The plain X windows, which need no desktop.
        shown = {"DISPLAY": display, "SAL_USE_VCLPLUGIN": "gen"} if display else {}
        self._profile = Path(tempfile.mkdtemp(prefix="office-"))
        _write_settings(self._profile / "user")
        self.pipe = "p" + uuid.uuid4().hex[:12]  # others may join it there
        self._process = subprocess.Popen(
            [
                "soffice",
                *([] if self._is_shown else ["--headless"]),
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nofirststartwizard",
                f"-env:UserInstallation={self._profile.as_uri()}",
                f"--accept=pipe,name={self.pipe};urp;",
            ],
            env={**os.environ, **shown},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.desktop = connect(self.pipe, self._process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def open(self, path: Path, *, macros: bool = False, read_only: bool = False) -> Any:
        """The document in a file, shown if there is a display; close it with `.close(True)`.

        Its macros run only when asked for.
        """
        hidden = not self._is_shown
        options = [self._property("Hidden", hidden), self._property("ReadOnly", read_only)]
        if macros:
            options.append(self._property("MacroExecutionMode", _ALWAYS))
        document = self.desktop.loadComponentFromURL(self._url(path), "_blank", 0, tuple(options))
        assert document is not None, f"LibreOffice cannot open {path.name}"
        return document

    def new(self) -> Any:
        """A new spreadsheet that was never saved, not shown."""
        options = (self._property("Hidden", True),)
        return self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, options)

    def save(self, document: Any, path: Path) -> None:
        """Save in the format that the name's ending tells (.xlsx .xlsm .xls .ods .pdf)."""
        name = _FILTERS[path.suffix.lower()]
        if path.suffix.lower() == ".pdf" and document.supportsService(_TEXT):
            name = _TEXT_PDF
        options = (self._property("FilterName", name),)
        document.storeToURL(self._url(path), options)

    def resave(self, source: Path, target: Path) -> Path:
        """Open and save as, every formula calculated anew; returns the target."""
        document = self.open(source)
        try:
            document.calculateAll()
            self.save(document, target)
        finally:
            document.close(True)
        return target

    def images(self, source: Path, folder: Path, dots_per_inch: int = 70) -> list[Path]:
        """The printed pages as PNG."""
        pdf = self.resave(source, folder / f"{source.stem}.pdf")
        prefix = folder / source.stem
        command = ["pdftoppm", "-r", str(dots_per_inch), "-png", str(pdf), str(prefix)]
        subprocess.run(command, check=True)
        return sorted(folder.glob(f"{source.stem}-*.png"))

    def close(self) -> None:
        """End the process and remove its profile."""
        if self._is_shown:  # it would ask whether to save, and wait for the answer
            os.killpg(self._process.pid, signal.SIGKILL)
        # The bridge raises its own kinds of errors when the process is gone already.
        with suppress(Exception):
            self.desktop.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _url(self, path: Path) -> str:
        return str(self._uno.systemPathToFileUrl(str(path.resolve())))

    def _property(self, name: str, value: object) -> Any:
        made = self._uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        made.Name, made.Value = name, value
        return made


def connect(pipe: str, process: "subprocess.Popen[bytes] | None" = None) -> Any:
    """The desktop of the LibreOffice that listens on a pipe, as soon as it answers."""
    local = import_uno().getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    url = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    last = time.monotonic() + _START_SECONDS
    while True:
        try:
            context = resolver.resolve(url)
            break
        except Exception:  # not listening yet; the bridge has no narrower kind to catch
            # 81: the first start of a profile starts the program a second time.
            if time.monotonic() > last or (process and process.poll() not in (None, 81)):
                raise
            time.sleep(0.1)
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def import_uno() -> ModuleType:
    """The bridge, which the distribution installs for its own Python."""
    if _BRIDGE not in sys.path:
        sys.path.append(_BRIDGE)
    import uno

    return uno  # type: ignore[no-any-return]


def _write_settings(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>',
        encoding="utf-8",
    )
