"""A copy of a scheme's workbook for each unit, a folder and a zip per district, the ledger."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

from perfxl.batch.ledger import (
    LEDGER_FILE,
    items_of,
    ledger_workbook,
    read_ledger,
    read_ledger_round,
)
from perfxl.batch.model import Issued, Round, Unit, UnitState
from perfxl.batch.names import Names, safe_name
from perfxl.batch.units import read_units
from perfxl.errors import OutputError, UsageError
from perfxl.model.approved import ApprovedTarget
from perfxl.model.past import PastYear
from perfxl.pipeline.forms import new_form
from perfxl.pipeline.prefilling import prefilled
from perfxl.reader.workbook import read_book
from perfxl.scheme.model import Scheme
from perfxl.scheme.stamp import read_stamp
from perfxl.writer.copies import Template
from perfxl.writer.output import write_new

NO_DISTRICT = "未分区"
_PLACEHOLDERS = {
    "unit": "PERFXL-UNIT-7F3A",
    "issue": "PERFXL-ISSUE-7F3A",
    "code": "PERFXL-CODE-7F3A",
}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # zips carry no clock


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy before it is written: where it belongs, relative to the output folder."""

    unit: Unit
    file: str
    data: bytes
    issue_id: str
    fingerprint: str
    placed: frozenset[str] = frozenset()  # items of the list that have a place in it
    remarks: tuple[str, ...] = ()  # on those items


@dataclass(frozen=True, slots=True)
class Distribution:
    """What a run left in the output folder.

    `new` counts the copies written by this run, `kept` those that lay there already; `aside` are
    files of another content that had our names and stayed, each with the name that ours got.
    `unplaced` are columns of the list that no copy has a place for, `remarks` tell of the others.
    """

    issued: tuple[Issued, ...]
    ledger: Path
    zips: tuple[Path, ...] = ()
    new: int = 0
    kept: int = 0
    aside: tuple[tuple[str, str], ...] = ()
    without: tuple[Unit, ...] = ()  # units that are sent nothing
    unplaced: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def issue_id_of(round_: Round, scheme: Scheme, code: str) -> str:
    """The number of a copy: the same for the same round, scheme and unit, whenever it is made."""
    told = "\0".join((str(round_.year), round_.doc_no, scheme.id, scheme.version, code))
    return hashlib.sha256(told.encode()).hexdigest()[:16].upper()


class Printer:
    """Makes copies of a scheme's workbook, which is built once.

    Args:
        folder: the scheme's folder.
        round_: the round that the copies belong to.

    Raises:
        SchemeError: a file of the scheme is wrong, or its layout cannot be built.
    """

    def __init__(self, folder: Path, round_: Round) -> None:
        data = new_form(
            folder, year=round_.year, due=round_.due,
            unit=_PLACEHOLDERS["unit"], issue=_PLACEHOLDERS["issue"], code=_PLACEHOLDERS["code"],
        )  # fmt: skip
        self.fingerprint = _fingerprint(data)
        self._template = Template(data, _PLACEHOLDERS)

    def print(self, unit: Unit, issue_id: str) -> bytes:
        """The copy of a unit."""
        return self._template.copy({"unit": unit.name, "issue": issue_id, "code": unit.code})


def copies(
    folder: Path,
    scheme: Scheme,
    round_: Round,
    units: Sequence[Unit],
    approved: Mapping[str, tuple[ApprovedTarget, ...]] | None = None,
    previous: Mapping[str, PastYear] | None = None,
) -> Iterator[Copy]:
    """A copy for each unit that has to file, in the list's order.

    Args:
        folder: the scheme's folder.
        scheme: the scheme.
        round_: the round.
        units: the list.
        approved: targets to be written in for good, by the unit's code; such copies are built
            one by one, since each has rows of its own.
        previous: forms of the year before, by the unit's code; likewise.

    Raises:
        SchemeError: a file of the scheme is wrong, or its layout cannot be built.
        UsageError: approved targets find no place in the form.
    """
    printer = Printer(folder, round_)
    for unit, file in file_names(round_, units):
        issue_id = issue_id_of(round_, scheme, unit.code)
        own = approved.get(unit.code, ()) if approved else ()
        past = previous.get(unit.code) if previous else None
        if not own and past is None:
            data, fingerprint = printer.print(unit, issue_id), printer.fingerprint
        else:
            data = new_form(
                folder, year=round_.year, due=round_.due,
                unit=unit.name, issue=issue_id, code=unit.code, approved=own,
                past=past,
            )  # fmt: skip
            fingerprint = _fingerprint(data)
        copy = Copy(unit, file, data, issue_id, fingerprint)
        yield _with_items(copy, scheme) if items_of(unit) else copy


def _with_items(copy: Copy, scheme: Scheme) -> Copy:
    done = prefilled(copy.data, scheme, items_of(copy.unit))
    who = f"{copy.unit.code} {copy.unit.name}"
    remarks = tuple(f"{who}：{remark}" for remark in done.remarks)
    return replace(copy, data=done.data, placed=done.placed, remarks=remarks)


def _fingerprint(data: bytes) -> str:
    book = read_book(data)
    stamp = read_stamp(book.names, book.properties)
    return stamp.fingerprint if stamp else ""


def file_names(round_: Round, units: Iterable[Unit]) -> Iterator[tuple[Unit, str]]:
    """The units that have to file, each with its file: `甲区/101_甲区财政局_自评表.xlsx`.

    No two are the same to a system that ignores case, and none leaves the folder.
    """
    folders: dict[str, str] = {}
    taken = Names()
    within: dict[str, Names] = {}
    for unit in units:
        if unit.state is not UnitState.DUE:
            continue
        district = unit.district or NO_DISTRICT
        if district not in folders:
            folders[district] = taken.give(district, district)
        folder = folders[district]
        text = round_.file_name.format(
            code=safe_name(unit.code), name=safe_name(unit.name), year=round_.year
        )
        text = text[: -len(".xlsx")] if text.lower().endswith(".xlsx") else text
        yield unit, f"{folder}/{within.setdefault(folder, Names()).give(text, unit.code, '.xlsx')}"


def distribute(
    made: Iterable[Copy],
    scheme: Scheme,
    round_: Round,
    units: Sequence[Unit],
    output: Path,
    day: date,
) -> Distribution:
    """Write the copies, a zip per district, and the ledger.

    Run again with the same list it changes nothing: a copy that is there keeps its name and its
    day. A different file of the same name stays as it is; ours gets -2, -3 … and the ledger says
    so. The ledger is written last.

    Args:
        made: the copies, see `copies`.
        scheme: their scheme.
        round_: their round.
        units: all units, those that are sent nothing among them.
        output: the folder; made where it is missing.
        day: the day of issue of what is new.

    Raises:
        OutputError: something could not be written; names path and reason. What was written
            before is whole, and running again goes on from there.
    """
    _make(output)
    ledgers = _Ledgers(output)
    issued: list[Issued] = []
    aside: list[tuple[str, str]] = []
    packed: dict[str, list[str]] = {}
    there: dict[Path, set[str]] = {}  # names that were in a folder before
    new = 0
    items: dict[str, bool] = {}  # whether any copy has a place for it
    remarks: list[str] = []
    for copy in made:
        items |= {n: n in copy.placed or items.get(n, False) for n in items_of(copy.unit)}
        remarks += copy.remarks
        target = output / copy.file
        _make(target.parent)
        if target.parent not in there:
            there[target.parent] = {path.name for path in target.parent.iterdir()}
        written = write_new(target, copy.data)
        file = written.relative_to(output).as_posix()
        before = ledgers.day_of(copy)
        issued.append(_line(copy, file, scheme, round_, before or day))
        packed.setdefault(file.partition("/")[0], []).append(file)
        new += written.name not in there[target.parent]
        if written != target:
            aside.append((copy.file, file))
    zips: list[Path] = []
    for district, files in packed.items():
        target = output / f"{district}.zip"
        written = write_new(target, zip_of(output, files))
        zips.append(written)
        if written != target:
            aside.append((target.name, written.name))
    ledger = ledgers.write(round_, units, issued)
    if ledger.name != LEDGER_FILE:
        aside.append((LEDGER_FILE, ledger.name))
    without = tuple(unit for unit in units if unit.state is not UnitState.DUE)
    return Distribution(
        tuple(issued), ledger, tuple(zips), new, len(issued) - new, tuple(aside), without,
        tuple(name for name, has_place in items.items() if not has_place), tuple(remarks),
    )  # fmt: skip


def zip_of(folder: Path, files: Iterable[str]) -> bytes:
    """Files of a folder in a zip, by the same names; the same files give the same bytes.

    Workbooks are packed already and are stored as they are.

    Raises:
        OutputError: a file cannot be read.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(files):
            info = zipfile.ZipInfo(file, _EPOCH)
            info.create_system = 0  # wherever it is made
            try:
                archive.writestr(info, (folder / file).read_bytes())
            except OSError as problem:
                raise OutputError(f"{folder / file}：无法读取（{problem.strerror}）") from problem
    return buffer.getvalue()


class _Ledgers:
    """The ledgers of a folder: one, or 台账-2 … where a former one was not ours to replace."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        stem, suffix = LEDGER_FILE.split(".")
        found = sorted(folder.glob(f"{stem}*.{suffix}"), key=lambda path: (len(path.name), path))
        self._read: list[tuple[Path, tuple[Issued, ...]]] = []
        for path in found:
            try:
                self._read.append((path, read_ledger(path)))
            except UsageError:
                continue  # somebody's own table; it stays, and ours gets another name
        self._days = {
            (line.issue_id, line.sha256): line.issued
            for _, lines in reversed(self._read)
            for line in lines
        }

    def day_of(self, copy: Copy) -> date | None:
        """The day on which the very same copy was issued, None when it was not."""
        return self._days.get((copy.issue_id, hashlib.sha256(copy.data).hexdigest()))

    def write(self, round_: Round, units: Sequence[Unit], issued: Sequence[Issued]) -> Path:
        """Write the ledger unless the latest one says it all; rows may have been added to it."""
        for path, lines in reversed(self._read):
            if set(issued) <= set(lines) and _says(path, round_, units):
                return path
        return write_new(self._folder / LEDGER_FILE, ledger_workbook(round_, units, issued))


def _says(path: Path, round_: Round, units: Sequence[Unit]) -> bool:
    """Whether a ledger says of the round and the units what we would."""
    known = {unit.code: unit for unit in read_units(path).units}
    if any(_bare(unit) != _bare(known.get(unit.code)) for unit in units):
        return False
    return read_ledger_round(path) == round_


def _bare(unit: Unit | None) -> Unit | None:
    return replace(unit, particulars=items_of(unit)) if unit else None


def _line(copy: Copy, file: str, scheme: Scheme, round_: Round, day: date) -> Issued:
    return Issued(
        code=copy.unit.code,
        name=copy.unit.name,
        district=copy.unit.district,
        file=file,
        sha256=hashlib.sha256(copy.data).hexdigest(),
        issue_id=copy.issue_id,
        scheme_id=scheme.id,
        version=scheme.version,
        fingerprint=copy.fingerprint,
        issued=day,
        due=round_.due,
    )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputError(f"{folder}：建不了文件夹（{problem.strerror}）") from problem
