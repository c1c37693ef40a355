"""Sheets that are protected: with a password, without, and while Excel is busy."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from perfxl.addin.live.errors import ExcelBusyError
from perfxl.addin.live.locks import _ALLOWED, open_lock


@dataclass
class Sheet:
    """A protected sheet; `trouble` is what taking the protection off runs into."""

    trouble: Exception | None = None
    ProtectContents: bool = True
    ProtectDrawingObjects: bool = False
    ProtectScenarios: bool = False
    ProtectionMode: bool = False
    Protection: SimpleNamespace = field(
        default_factory=lambda: SimpleNamespace(**dict.fromkeys(_ALLOWED, False))
    )

    def Unprotect(self, password: str) -> None:
        if self.trouble:
            raise self.trouble
        self.ProtectContents = bool(password)


def test_sheet_without_a_password__is_opened() -> None:
    assert open_lock(Sheet())


def test_sheet_with_a_password__stays_closed() -> None:
    assert open_lock(Sheet(RuntimeError("wrong password"))) is None


def test_busy_program__is_not_taken_for_a_password() -> None:
    with pytest.raises(ExcelBusyError):
        open_lock(Sheet(ExcelBusyError()))
