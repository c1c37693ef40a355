"""Small returns made quickly: one form for each total, the unit's name and stamp put in after."""

import io
import zipfile
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from perfxl.engine.selection import select_rules
from perfxl.model.annotation import RESULT_SHEET
from perfxl.pipeline import Options, annotate_file
from perfxl.scheme.stamp import Stamp, stamp_constants
from tests.forms import generic
from tests.forms.mutate import Draft

SCHEME, VERSION = "chaos-form", "3"
_UNIT = "某县农业农村局"
_SCORED = "重点任务完成率"
_CAP = Decimal(25)
_STAMP_GOES_BEFORE = b"</definedNames>"
_DAY = (2024, 1, 1, 0, 0, 0)


def form_bytes(unit: str, total: Decimal, *, stamp: Stamp | None = None) -> bytes:
    """A return of 100 points less what the one indicator lost, with reason and action.

    Args:
        unit: as the form names it, "" for none.
        total: 75 to 100.
        stamp: what a copy of ours carries.
    """
    return _patched(_base(total), unit, stamp)


def answered_bytes(unit: str) -> bytes:
    """A marked copy of a return of 99 points that came back with an answer."""
    return _patched(_answered(), unit, None)


@cache
def _base(total: Decimal) -> bytes:
    return _built(draft_of(total))


def draft_of(total: Decimal) -> Draft:
    """The form of a total before it is built."""
    lost = Decimal(100) - total
    draft = generic.form("two_level")
    if lost:
        draft = draft.with_leaf(
            _SCORED,
            score=_CAP - lost,
            reason=f"有{lost}分的任务因招标延期转入次年。",
            action="财务科按月通报进度，六月底前补齐。",
        )
    return draft.with_right_total()


def _built(draft: Draft) -> bytes:
    with TemporaryDirectory() as folder:
        return draft.build(Path(folder) / "a.xlsx").read_bytes()


@cache
def _answered() -> bytes:
    with TemporaryDirectory() as folder:
        original = Path(folder) / "a.xlsx"
        draft_of(Decimal(99)).with_reason(_SCORED, None).with_action(_SCORED, None).build(original)
        copy = annotate_file(original, Options(select_rules())).written
        book = openpyxl.load_workbook(copy)
        sheet = book[RESULT_SHEET]
        head = next(row for row in sheet.iter_rows() if any(c.value == "单位说明" for c in row))
        at = {cell.value: cell.column for cell in head}
        rows = [
            row
            for row in sheet.iter_rows(min_row=head[0].row + 1)
            if str(row[at["规则"] - 1].value).startswith("NR")
        ]
        for row in rows:
            row[at["单位说明"] - 1].value = "已在附件说明"
        assert rows
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


def _patched(base: bytes, unit: str, stamp: Stamp | None) -> bytes:
    """The workbook with another unit, and with a stamp among its names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/sharedStrings.xml" or name.startswith("xl/worksheets/"):
                for encoding in ("utf-8", "ascii"):  # openpyxl writes numbers for letters
                    old_name = _UNIT.encode(encoding, errors="xmlcharrefreplace")
                    data = data.replace(old_name, unit.encode())
            if name == "xl/workbook.xml" and stamp is not None:
                names = "".join(
                    f'<definedName name="{key}">{value}</definedName>'
                    for key, value in stamp_constants(stamp).items()
                )
                data = data.replace(_STAMP_GOES_BEFORE, names.encode() + _STAMP_GOES_BEFORE)
            new.writestr(zipfile.ZipInfo(name, _DAY), data)
    return stream.getvalue()
