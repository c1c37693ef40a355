"""perfxl.xlsm open in LibreOffice, its buttons pressed as a screen reader presses them."""

import shutil
import stat
import sys
import time
from pathlib import Path
from typing import Any

from perfxl.addin.settings import SETTINGS_FILE, AddinSettings, Mode, settings_text
from tests.architecture.repo import ROOT
from tests.office.session import Office

OWN_SHEET = "使用说明"
WORKBOOK = ROOT / "workbook" / "perfxl.xlsm"
_LAST = "perfxl_last"


class Buttons:
    """The workbook with the buttons in a folder of its own; close it with `close`."""

    def __init__(
        self,
        office: Office,
        folder: Path,
        program: Path,
        timeout: int = 60,
        mode: Mode = Mode.AUTO,
    ) -> None:
        self.path = folder / WORKBOOK.name
        shutil.copy(WORKBOOK, self.path)
        settings = AddinSettings(str(program), mode, timeout)
        (folder / SETTINGS_FILE).write_text(settings_text(settings), encoding="ascii", newline="")
        self._office = office
        self._document = office.open(self.path, macros=True)
        self._document.getCurrentController().setFormDesignMode(False)

    def press(self, caption: str) -> str:
        """Press the button of a caption; the message that was said."""
        self._said().setString("")
        form = self._sheet().getDrawPage().getForms().getByIndex(0)
        models = [form.getByIndex(index) for index in range(form.getCount())]
        model = next(model for model in models if model.Label == caption)
        control = self._document.getCurrentController().getControl(model)
        control.getAccessibleContext().doAccessibleAction(0)
        end = time.monotonic() + 60
        while not self._said().getString():
            assert time.monotonic() < end, f"“{caption}”没有回应"
            time.sleep(0.1)
        return str(self._said().getString())

    def captions(self) -> set[str]:
        """What stands on the buttons."""
        form = self._sheet().getDrawPage().getForms().getByIndex(0)
        return {form.getByIndex(index).Label for index in range(form.getCount())}

    def close(self) -> None:
        """Close it unsaved."""
        self._document.close(True)

    def _sheet(self) -> Any:
        return self._document.getSheets().getByName(OWN_SHEET)

    def _said(self) -> Any:
        name = self._document.NamedRanges.getByName(_LAST)
        return name.getReferredCells().getCellByPosition(0, 0)


def program(folder: Path, body: str = "") -> Path:
    """A program for the buttons to start: this checkout's own, or a shell script's lines."""
    path = folder / "校验 程序.sh"
    own = f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m perfxl "$@"'
    path.write_text(f"#!/bin/sh\n{body or own}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path
