"""Many returns as they come in: several schemes and layouts, right and wrong, quickly made.

Some hundred workbooks are built; every return is a copy of one of them with a unit's own name and
words put in, which takes half a millisecond. The same for the same numbers. To fill a folder:

    python -m benchmarks.returns FOLDER --files 10000
"""

import argparse
import hashlib
import io
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random

import openpyxl

from perfxl.batch.model import Issued, Unit
from perfxl.pipeline.forms import new_form
from perfxl.scheme.find import get_scheme, scheme_folder
from perfxl.writer.copies import Template
from tests.forms import generic, guangzhou_data, shenzhen_data
from tests.forms.good import good_forms
from tests.forms.mutate import Draft
from tests.forms.template import Entries, city_entries, district_entries

SEED = 20250331
DAY = date(2025, 3, 20)
_DISTRICTS = tuple(f"{mark}区" for mark in "甲乙丙丁戊己庚辛壬癸")
_TRADES = (
    "教育",
    "民政",
    "水务",
    "农业农村",
    "交通运输",
    "卫生健康",
    "司法",
    "统计",
    "审计",
    "体育",
)
_ROUNDS = 2  # of every good form
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_MARK = "PERFXL-UNIT-7F3A"
_ISSUE = "PERFXL-ISSUE-7F3A"
_CODE = "PERFXL-CODE-7F3A"
_WORDS = "PERFXL-WORDS-7F3A"
_UNITS = (guangzhou_data.UNIT, shenzhen_data.UNIT, generic.UNIT)
# Of a hundred files: our own workbook that came back, another's table without and with a fault,
# a second copy of the one before, a file cut off by the mail.
_SHARES = {"own": 40, "good": 25, "faulty": 32, "copied": 2, "cut": 1}


@dataclass(frozen=True, slots=True)
class Made:
    """A return: its unit, its file below the folder, its bytes."""

    unit: Unit
    file: str
    data: bytes


class Returns:
    """The workbooks that returns are copied from."""

    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            build = partial(_built, Path(folder) / "a.xlsx")
            drafts = list(good_forms(_ROUNDS))
            self._bases = {
                "own": [_own("guangzhou-2022", city_entries()),
                        _own("shenzhen-2023", district_entries())],
                "good": [_template(build(draft)) for draft in drafts],
                "faulty": [
                    _template(build(spoil(draft)))
                    for number, draft in enumerate(drafts)
                    for spoil in (_FAULTS[number % len(_FAULTS)],)
                ],
            }  # fmt: skip

    def make(self, count: int) -> Iterator[Made]:
        """As many returns, one a unit but for second copies; always the same ones."""
        random = Random(SEED)
        kinds = random.choices(list(_SHARES), list(_SHARES.values()), k=count)
        last: Made | None = None
        for number, kind in enumerate(kinds):
            if kind == "copied" and last is not None:
                name = last.file.removesuffix(".xlsx")
                yield replace(last, file=f"{name} - 副本{number}.xlsx")
                continue
            unit = unit_of(number)
            base = random.choice(self._bases.get(kind, self._bases["good"]))
            words = f"其中{random.randint(1, 40)}项因第{number}号合同延期，已于次年办结"
            data = base.copy(
                {"unit": unit.name, "issue": issue_of(unit), "code": unit.code, "words": words}
            )
            if kind == "cut":
                data = data[: len(data) * 2 // 3]
            last = Made(unit, f"{unit.district}/{unit.code}_{unit.name}_自评表.xlsx", data)
            yield last


def unit_of(number: int) -> Unit:
    """The unit of a return."""
    district = _DISTRICTS[number % len(_DISTRICTS)]
    return Unit(
        f"{number:06d}", f"{district}第{number:05d}{_TRADES[number // 10 % 10]}局", district
    )


def issue_of(unit: Unit) -> str:
    """The number of the copy that was sent to a unit."""
    return hashlib.sha256(unit.code.encode()).hexdigest()[:16].upper()


def issued(count: int) -> list[Issued]:
    """The ledger of as many units: which copy each was sent."""
    return [
        Issued(unit.code, unit.name, unit.district, "", "", issue_of(unit), "", "", "", DAY, DAY)
        for unit in map(unit_of, range(count))
    ]


def write(folder: Path, count: int) -> int:
    """Write as many returns below a folder; how many bytes they have."""
    size, noon = 0, datetime(DAY.year, DAY.month, DAY.day, 12).timestamp()
    for made in Returns().make(count):
        path = folder / made.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.data)
        os.utime(path, (noon, noon))
        size += len(made.data)
    return size


# ---------------------------------------------------------------- faults


def _total_is_wrong(draft: Draft) -> Draft:
    return draft.with_total(draft.sum_of_scores() + Decimal("1.5"))


def _score_exceeds_cap(draft: Draft) -> Draft:
    path, leaf = draft.leaves()[1]
    assert isinstance(leaf.cap, Decimal)
    return draft.with_score(path, leaf.cap + 1).with_right_total()


def _reason_is_missing(draft: Draft) -> Draft:
    path, leaf = draft.leaves()[2]
    assert isinstance(leaf.cap, Decimal)
    lost = draft.with_score(path, leaf.cap - 1)
    return lost.with_reason(path, None).with_action(path, None).with_right_total()


def _score_is_text(draft: Draft) -> Draft:
    return draft.with_score(draft.leaves()[3][0], "3分")


def _score_is_blank(draft: Draft) -> Draft:
    return draft.with_score(draft.leaves()[4][0], None)


def _grade_is_wrong(draft: Draft) -> Draft:
    return draft.with_grade("差")


def _indicator_is_gone(draft: Draft) -> Draft:
    return draft.without(draft.leaves()[0][0]).with_right_total()


_FAULTS: tuple[Callable[[Draft], Draft], ...] = (
    _total_is_wrong, _score_exceeds_cap, _reason_is_missing, _score_is_text, _score_is_blank,
    _grade_is_wrong, _indicator_is_gone,
)  # fmt: skip


# ---------------------------------------------------------------- workbooks


def _built(path: Path, draft: Draft) -> bytes:
    key, leaf = next(((key, leaf) for key, leaf in draft.leaves() if leaf.reason), (None, None))
    if key is not None and leaf is not None:
        draft = draft.with_reason(key, f"{leaf.reason}（{_WORDS}）")
    return draft.build(path).read_bytes()


def _own(scheme: str, entries: Entries) -> Template:
    """Our own workbook of a scheme, filled in by a program that keeps no results of formulas."""
    folder = scheme_folder(scheme)
    form = new_form(folder, unit=_MARK, issue=_ISSUE, code=_CODE, year=get_scheme(scheme).year)
    book = openpyxl.load_workbook(io.BytesIO(form))
    for (sheet, cell), value in entries.items():
        book[sheet][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return _template(stream.getvalue())


def _template(data: bytes) -> Template:
    """A workbook to be copied, with places for what it has."""
    data = _marked(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = b"".join(package.read(name) for name in package.namelist())
    places = {"unit": _MARK, "issue": _ISSUE, "code": _CODE, "words": _WORDS}
    return Template(data, {key: mark for key, mark in places.items() if mark.encode() in text})


def _marked(data: bytes) -> bytes:
    """The workbook with the mark where a sample unit's name stands, and no clock."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/sharedStrings.xml" or name.startswith("xl/worksheets/sheet"):
                for unit in _UNITS:
                    part = part.replace(unit.encode(), _MARK.encode())
            if name == "docProps/core.xml":  # openpyxl writes the time of day
                part = _SAVED.sub(rb"\g<1>2025-03-20T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(name), part)
    return stream.getvalue()


def main() -> None:
    """Fill a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=1000)
    arguments = parser.parse_args()
    size = write(arguments.folder, arguments.files)
    print(f"{arguments.files} files, {size / 2**20:.1f} MB")


if __name__ == "__main__":
    main()
