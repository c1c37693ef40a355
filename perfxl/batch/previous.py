"""Last year's returns or their summary, for this year's forms: indicators, problems, no targets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from perfxl.batch.model import Collection, Unit
from perfxl.batch.sources import gather
from perfxl.batch.summary.data import read_data
from perfxl.batch.summary.rollup import is_summary
from perfxl.engine.summary import shortfalls
from perfxl.errors import RefusedFile
from perfxl.model.cells import Book
from perfxl.model.finding import Shortfall
from perfxl.model.form import Return
from perfxl.model.past import PastProblem, PastYear
from perfxl.reader.recalculate import recalculate
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.scheme.find import scheme_vocabulary
from perfxl.scheme.stamp import read_stamp
from perfxl.scheme.vocabulary import fold


@dataclass(frozen=True, slots=True)
class Previous:
    """Last year's forms by the unit's code, and what was made of the files, a line each."""

    years: Mapping[str, PastYear]
    remarks: tuple[str, ...] = ()


def load_previous(
    paths: Iterable[Path], units: Sequence[Unit], schemes: Path | None = None
) -> Previous:
    """What last year's returns (files, folders, zips) or summaries say of this year's units.

    A return is known by the code or the name in it, former names counted. Of several the last by
    name is taken; a unit that stands in none simply gets nothing.

    Raises:
        UsageError: a path does not exist, a folder holds no workbook, or a summary's data were
            changed.
        SchemeError: a scheme's file is wrong.
    """
    vocabulary = scheme_vocabulary(schemes)
    known = _known(units)
    years: dict[str, PastYear] = {}
    remarks: list[str] = []
    gathered = gather(paths)
    try:
        for source in gathered.sources:
            shown = f"{source.path.name}!{source.member}" if source.member else source.path.name
            try:
                book = read_book(source.load() if source.load else source.path)
            except RefusedFile as refusal:
                remarks.append(f"{shown}：读不了（{refusal.detail}）")
                continue
            if is_summary(tuple(book.names)):
                for of_unit, past in _of_summary(read_data(book, shown), known, shown, remarks):
                    _take(years, remarks, of_unit, past)
                continue
            recalculate(book)
            returned = read_return(book, vocabulary)
            unit = _unit(book, returned, known)
            if unit is None:
                remarks.append(f"{shown}：{_why_nobody(_name_in(book, returned), known)}，没有用")
                continue
            _take(years, remarks, unit, _past(returned, shown))
    finally:
        gathered.shelf.close()
    return Previous(years, tuple(remarks))


def _take(years: dict[str, PastYear], remarks: list[str], unit: Unit, past: PastYear) -> None:
    if unit.code in years:
        remarks.append(f"{unit.name}有几份，用了{past.source}，没有用{years[unit.code].source}")
    years[unit.code] = past


def _of_summary(
    collection: Collection, known: Mapping[str, Unit | None], source: str, remarks: list[str]
) -> Iterator[tuple[Unit, PastYear]]:
    """What last year's summary tells of each unit whose return counted."""
    strange = 0
    for outcome in collection.outcomes:
        if not outcome.chosen:
            continue
        then = outcome.unit
        unit = known.get(f"#{fold(then.code)}") or known.get(fold(then.name))
        if unit is None:
            strange += 1
            continue
        entries = outcome.chosen.entries
        scored = {leaf.path for entry in entries for leaf in entry.scores}
        indicators = dict.fromkeys(
            (path[0], path[1], path[2])
            for entry in entries
            for path in (result.path for result in entry.results)
            if len(path) == 3 and path not in scored
        )
        problems = _problems(each for entry in entries for each in entry.shortfalls)
        yield unit, PastYear(source, tuple(indicators), problems)
    if strange:
        remarks.append(f"{source}：有{strange}家今年名单里没有，没有用")


def _known(units: Iterable[Unit]) -> dict[str, Unit | None]:
    """Units by folded code and name; None where several bear a name."""
    known: dict[str, Unit | None] = {}
    for unit in units:
        for name in {fold(unit.name), *map(fold, unit.aliases)}:
            known[name] = None if name in known else unit
    return known | {f"#{fold(unit.code)}": unit for unit in units}


def _unit(book: Book, returned: Return, known: Mapping[str, Unit | None]) -> Unit | None:
    stamp = read_stamp(book.names, book.properties)
    if stamp and stamp.code and (unit := known.get(f"#{fold(stamp.code)}")):
        return unit
    name = _name_in(book, returned)
    return known.get(fold(name)) if name else None


def _name_in(book: Book, returned: Return) -> str:
    """The unit's name that the form, else the stamp, gives; "" for none."""
    stamp = read_stamp(book.names, book.properties)
    return returned.unit.value if returned.unit else stamp.unit if stamp else ""


def _why_nobody(name: str, known: Mapping[str, Unit | None]) -> str:
    if not name:
        return "表上没有写单位，认不出是哪家的"
    if fold(name) in known:
        return f"表上写“{name}”，名单里有几家同名"
    return f"表上写“{name}”，名单里没有，也不是曾用名"


def _past(returned: Return, source: str) -> PastYear:
    indicators = dict.fromkeys(
        (path[0], path[1], path[2])
        for table in returned.target_tables
        for path in (target.path for target in table.targets if target.indicator is None)
        if len(path) == 3
    )
    problems = _problems(each for form in returned.forms for each in shortfalls(form))
    return PastYear(source, tuple(indicators), problems)


def _problems(found: Iterable[Shortfall]) -> tuple[PastProblem, ...]:
    return tuple(
        PastProblem(
            each.path[-1], each.lost, (each.reason or "").strip(), (each.action or "").strip()
        )
        for each in found
    )
