"""Summaries read back, and a city's summary added up from its districts'."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from perfxl import __version__
from perfxl.batch.model import (
    Collection,
    Overtyped,
    ReturnState,
    Round,
    Unit,
    UnitOutcome,
    UnitState,
)
from perfxl.batch.summary.data import SUMMARY_NAME, read_data, version_of
from perfxl.batch.summary.garbage import collecting_no_garbage
from perfxl.batch.summary.overtyped import overtyped
from perfxl.batch.summary.reviews import Review, read_reviews
from perfxl.errors import RefusedFile, UsageError
from perfxl.reader.workbook import read_book

SILENT = (ReturnState.MISSING, ReturnState.EXEMPT, ReturnState.MERGED)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a summary workbook holds: the round, and what reviewers typed into it.

    `overtyped` is where its visible sheets say something else than its data, which count. Where
    the summary is of an `other_version` of the program, that was not looked for: another version
    words the sheets in another way.
    """

    name: str
    collection: Collection
    reviews: tuple[Review, ...] = ()
    overtyped: tuple[Overtyped, ...] = ()
    other_version: str = ""


def read_summary(path: Path) -> Earlier:
    """A summary workbook of ours, whoever saved it since.

    Raises:
        UsageError: it cannot be read, is no summary of ours, or its data sheet was changed.
    """
    if not path.exists():
        raise UsageError(f"找不到：{path}")
    with collecting_no_garbage():
        return _read(path)


def _read(path: Path) -> Earlier:
    try:
        book = read_book(path)
    except RefusedFile as refusal:
        raise UsageError(f"{path} 读不出来：{refusal.detail}") from None
    collection = read_data(book, str(path))
    reviews, version = tuple(read_reviews(book)), version_of(book)
    if version != __version__:
        other = version or "未知"
        return Earlier(str(path), collection, reviews, other_version=other)
    typed = overtyped(book, collection, str(path))
    return Earlier(str(path), collection, reviews, tuple(typed))


def is_summary(names: Sequence[str]) -> bool:
    """Whether a workbook of these defined names is a summary of ours."""
    return SUMMARY_NAME in names


def rolled_up(parts: Sequence[Earlier], units: Sequence[Unit] = ()) -> Earlier:
    """The round of several summaries as if all files had been collected at once.

    Args:
        parts: summaries, one at least; their units follow one another in this order.
        units: the ledger of all; when given its order counts, and who is in no summary is 未报.

    Raises:
        UsageError: two hold returns of one unit, or they go by different schemes or years.
    """
    _refuse_differing(parts)
    first = parts[0].collection
    outcomes = _once(parts)
    # In the order in which one collection of all files would have them.
    strangers = sorted(
        (each for part in parts for each in part.collection.strangers),
        key=lambda each: (each.path, each.member or ""),
    )
    merged = replace(
        first,
        round=_round(parts),
        scheme_id=next((p.collection.scheme_id for p in parts if p.collection.scheme_id), ""),
        as_of=max(part.collection.as_of for part in parts),
        outcomes=_ordered(outcomes, units) if units else tuple(outcomes.values()),
        strangers=tuple(strangers),
        passed_over=_added(parts),
        failures=tuple(each for part in parts for each in part.collection.failures),
        overtyped=tuple(
            each for part in parts for each in (*part.collection.overtyped, *part.overtyped)
        ),
    )
    reviews = tuple(review for part in parts for review in part.reviews)
    return Earlier("、".join(part.name for part in parts), merged, reviews)


def _refuse_differing(parts: Sequence[Earlier]) -> None:
    schemes = {p.collection.scheme_id: p.name for p in parts if p.collection.scheme_id}
    if len(schemes) > 1:
        told = "、".join(f"{name}是{scheme}" for scheme, name in schemes.items())
        raise UsageError(f"各汇总表的评分方案不同，不能合在一起：{told}")
    years = {p.collection.round.year: p.name for p in parts if p.collection.round}
    if len(years) > 1:
        told = "、".join(f"{name}是{year}年度" for year, name in years.items())
        raise UsageError(f"各汇总表的年度不同，不能合在一起：{told}")


def _once(parts: Sequence[Earlier]) -> dict[str, UnitOutcome]:
    found: dict[str, UnitOutcome] = {}
    holders: dict[str, str] = {}
    for part in parts:
        for outcome in part.collection.outcomes:
            code = outcome.unit.code
            if code in found and _speaks(found[code]) and _speaks(outcome):
                raise UsageError(
                    f"单位{code} {outcome.unit.name}在{holders[code]}和{part.name}里都有，"
                    "合计会重复，请去掉一份"
                )
            if code not in found or _weight(outcome) > _weight(found[code]):
                found[code], holders[code] = outcome, part.name
    return found


def _speaks(outcome: UnitOutcome) -> bool:
    """Whether anything came of the unit; a bureau that knows all units got nothing of most."""
    return outcome.state not in SILENT or bool(outcome.others)


def _weight(outcome: UnitOutcome) -> tuple[bool, int]:
    return _speaks(outcome), len(outcome.why)


def _ordered(found: dict[str, UnitOutcome], units: Sequence[Unit]) -> tuple[UnitOutcome, ...]:
    states = {
        UnitState.EXEMPT: ReturnState.EXEMPT,
        UnitState.MERGED: ReturnState.MERGED,
        UnitState.RENAMED: ReturnState.MERGED,
    }
    known = {unit.code for unit in units}
    listed = [
        found.get(unit.code)
        or UnitOutcome(
            unit, states.get(unit.state, ReturnState.MISSING), why="不在任何一份下级汇总表里"
        )
        for unit in units
    ]
    return (*listed, *(outcome for code, outcome in found.items() if code not in known))


def _round(parts: Sequence[Earlier]) -> Round | None:
    return next((p.collection.round for p in parts if p.collection.round), None)


def _added(parts: Sequence[Earlier]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for part in parts:
        for kind, count in part.collection.passed_over:
            counts[kind] = counts.get(kind, 0) + count
    return tuple(sorted(counts.items()))
