"""Returns in the old binary format, out of one that LibreOffice saved.

`old_form.xls` lies beside this module, so that no run needs an office; a test holds it against one
saved anew. The unit's name and the figures of the one score that differs are put into its bytes:
their records keep their lengths. To make it again: `python -m tests.chaos.old_form`.
"""

import struct
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.forms.mutate import Draft

OLD_FORM = Path(__file__).with_name("old_form.xls")
NAME_LENGTH = 16  # characters; shorter names are followed by blanks, as people type them
_UNIT = "占位单位" * (NAME_LENGTH // 4)
LOST = Decimal("6.75")
_CAP, _FULL = Decimal(25), Decimal(100)


def old_draft() -> Draft:
    """The form before it is saved in the old format."""
    from tests.chaos.workbooks import draft_of

    return draft_of(_FULL - LOST).with_head("unit", _UNIT).with_options(totals="cached")


def old_form_bytes(unit: str, total: Decimal) -> bytes:
    """A return in the old format.

    Args:
        unit: as the form names it, "" for none; `NAME_LENGTH` characters at most.
        total: 90.25 to 98.75, ending in .25 or .75.
    """
    lost = _FULL - total
    data = _put(_base(), _text(_UNIT), _text(unit.ljust(NAME_LENGTH)))
    data = _put(data, _text(f"有{LOST}分"), _text(f"有{lost}分"))
    data = _put(data, _number(_CAP - LOST), _number(_CAP - lost))
    return _put(data, struct.pack("<d", _FULL - LOST), struct.pack("<d", total))


@cache
def _base() -> bytes:
    return OLD_FORM.read_bytes()


def _text(text: str) -> bytes:
    return text.encode("utf-16-le")


def _number(value: Decimal) -> bytes:
    """A number of two decimals as records pack it (RK): hundredths, and two bits that say so."""
    return struct.pack("<I", int(value * 100) << 2 | 3)


def _put(data: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    assert data.count(old) == 1, data.count(old)
    return data.replace(old, new)


def make(path: Path) -> Path:
    """Save the form in the old format by LibreOffice."""
    from tests.office.session import Office

    with TemporaryDirectory() as folder, Office() as office:
        return office.resave(old_draft().build(Path(folder) / "a.xlsx"), path)


if __name__ == "__main__":
    make(OLD_FORM)
