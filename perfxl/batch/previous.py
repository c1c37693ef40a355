"""Last year's returns, for the forms of this year: indicators and problems, never targets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from perfxl.batch.model import Unit
from perfxl.batch.sources import gather
from perfxl.errors import RefusedFile
from perfxl.model.cells import Book
from perfxl.model.form import Return
from perfxl.model.number import NumberKind
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
    """What last year's returns (files, folders, zips) say of the units of this year.

    A return is known by the code or the name in it, former names counted. Of several the last by
    name is taken; a unit that stands in none simply gets nothing.

    Raises:
        UsageError: a path does not exist, or a folder holds no workbook.
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
            recalculate(book)
            returned = read_return(book, vocabulary)
            unit = _unit(book, returned, known)
            if unit is None:
                remarks.append(f"{shown}：认不出是哪个单位的，没有用")
                continue
            if unit.code in years:
                remarks.append(f"{unit.name}有几份，用了{shown}，没有用{years[unit.code].source}")
            years[unit.code] = _past(returned, shown)
    finally:
        gathered.shelf.close()
    return Previous(years, tuple(remarks))


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
    name = returned.unit.value if returned.unit else stamp.unit if stamp else ""
    return known.get(fold(name)) if name else None


def _past(returned: Return, source: str) -> PastYear:
    indicators = dict.fromkeys(
        (path[0], path[1], path[2])
        for table in returned.target_tables
        for path in (target.path for target in table.targets if target.indicator is None)
        if len(path) == 3
    )
    return PastYear(source, tuple(indicators), tuple(_problems(returned)))


def _problems(returned: Return) -> Iterator[PastProblem]:
    for form in returned.forms:
        for leaf in form.leaves():
            cap, score = leaf.max_score, leaf.score
            if cap is None or score is None or cap.value is None or score.value is None:
                continue
            if score.kind is NumberKind.BLANK or score.value >= cap.value or leaf.adjustment:
                continue
            reason, action = leaf.shortfall_reason, leaf.improvement_measures
            yield PastProblem(
                leaf.path[-1],
                cap.value - score.value,
                reason.value.strip() if reason else "",
                action.value.strip() if action else "",
            )
