"""Protected sheets: opened where no password stands in the way, and locked again as they were.

The forms that are issued are protected without a password, against slips of the hand. A sheet
with a password stays closed: it is said, and nothing is changed.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from perfxl.addin.live.errors import ExcelBusyError

# In the order in which Protect takes them, after password, drawings, contents, scenarios and
# whether only the user is kept out.
_ALLOWED = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)


@dataclass(frozen=True, slots=True)
class Lock:
    """How a sheet was protected."""

    sheet: Any
    has_drawings: bool
    has_contents: bool
    has_scenarios: bool
    is_for_users_only: bool
    allowed: tuple[bool, ...]
    selection: Any

    def close(self) -> None:
        """Protect the sheet again as it was."""
        self.sheet.Protect(
            "",
            self.has_drawings,
            self.has_contents,
            self.has_scenarios,
            self.is_for_users_only,
            *self.allowed,
        )
        if self.selection is not None:
            with suppress(Exception):  # lasts for the session only, and not every program has it
                self.sheet.EnableSelection = self.selection


def is_locked(sheet: Any) -> bool:
    """Whether a sheet's cells or drawings are protected."""
    return bool(sheet.ProtectContents or sheet.ProtectDrawingObjects)


def open_lock(sheet: Any) -> Lock | None:
    """Open a protected sheet that has no password; None when it has one and stays closed.

    Raises:
        ExcelBusyError: Excel kept rejecting calls, which tells nothing of a password.
    """
    protection = sheet.Protection
    lock = Lock(
        sheet,
        bool(sheet.ProtectDrawingObjects),
        bool(sheet.ProtectContents),
        bool(sheet.ProtectScenarios),
        bool(sheet.ProtectionMode),
        tuple(bool(getattr(protection, name)) for name in _ALLOWED),
        _selection(sheet),
    )
    try:
        sheet.Unprotect("")
    except ExcelBusyError:
        raise
    except Exception:  # a wrong password is an error
        pass
    return None if is_locked(sheet) else lock


def _selection(sheet: Any) -> Any:
    with suppress(Exception):
        return sheet.EnableSelection
    return None
