"""perfxl.xlsm open in LibreOffice, its buttons pressed as a screen reader presses them."""

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
        workbook: bytes = b"",
    ) -> None:
        self.path = folder / WORKBOOK.name
        self.path.write_bytes(workbook or WORKBOOK.read_bytes())
        settings = AddinSettings(str(program), mode, timeout)
        (folder / SETTINGS_FILE).write_text(settings_text(settings), encoding="ascii", newline="")
        self._office = office
        self.document = office.open(self.path, macros=True)
        self.document.getCurrentController().setFormDesignMode(False)

    def context(self, caption: str) -> Any:
        """The button of a caption as a screen reader knows it."""
        form = self._sheet().getDrawPage().getForms().getByIndex(0)
        models = [form.getByIndex(index) for index in range(form.getCount())]
        model = next(model for model in models if model.Label == caption)
        control = self.document.getCurrentController().getControl(model)
        return control.getAccessibleContext()

    def last(self) -> str:
        """The message that was said last."""
        return str(self._said().getString())

    def press(self, caption: str) -> str:
        """Press the button of a caption; the message that was said."""
        self.begin(caption)
        return self.said()

    def begin(self, caption: str) -> None:
        """Press the button of a caption and do not wait."""
        self._said().setString("")
        self.context(caption).doAccessibleAction(0)

    def said(self) -> str:
        """The message that is said, as soon as it is."""
        end = time.monotonic() + 60
        while not self.last():
            assert time.monotonic() < end, "没有一句话"
            time.sleep(0.1)
        return self.last()

    def captions(self) -> set[str]:
        """What stands on the buttons."""
        form = self._sheet().getDrawPage().getForms().getByIndex(0)
        return {form.getByIndex(index).Label for index in range(form.getCount())}

    def close(self) -> None:
        """Close it unsaved."""
        self.document.close(True)

    def _sheet(self) -> Any:
        return self.document.getSheets().getByName(OWN_SHEET)

    def _said(self) -> Any:
        name = self.document.NamedRanges.getByName(_LAST)
        return name.getReferredCells().getCellByPosition(0, 0)


def program(folder: Path, body: str = "", before: str = "") -> Path:
    """A program for the buttons to start: this checkout's own, or a shell script's lines.

    What is to be done first is a line of its own.
    """
    path = folder / "校验 程序.sh"
    own = f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m perfxl "$@"'
    path.write_text(f"#!/bin/sh\n{before}\n{body or own}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path
