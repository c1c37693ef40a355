"""What of a round goes into its sums: each score table of a return that counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.batch.model import Collection, Received, Unit, UnitOutcome
from perfxl.batch.summary.table import Source
from perfxl.model.address import Place
from perfxl.model.report import Entry, LeafScore
from perfxl.rules.sighting import Filed, folded, rate_of

__all__ = [
    "Counted",
    "Path",
    "counted",
    "folded",
    "group_paths",
    "indicator_paths",
    "paths_by_place",
    "rate_of",
]

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A score table that counts, with whose it is and the file it came in."""

    outcome: UnitOutcome
    received: Received
    entry: Entry

    @property
    def unit(self) -> Unit:
        """The unit that filed it."""
        return self.outcome.unit

    @property
    def rate(self) -> Decimal | None:
        """各项相加 ÷ 满分 to four places; None where either is unknown or a score is blank."""
        return None if self.has_blanks else self.filed.rate

    @property
    def has_blanks(self) -> bool:
        """Whether an indicator that counts has no score, so that its sum is not the whole."""
        return any(
            leaf.score is None and leaf.is_applicable and not leaf.is_adjustment
            for leaf in self.entry.scores
        )

    @property
    def filed(self) -> Filed:
        """What rules over the round see of it: no contacts, nothing of how it came."""
        return Filed(self.unit.code, self.unit.name, self.entry)

    def source(self, place: Place | None = None) -> Source:
        """Where a cell of it stands; without a place the table's sheet as a whole."""
        entry = self.entry
        at = place or Place(entry.sheet, "")
        return Source(entry.path, entry.member, at.sheet, at.cell)

    def scores(self) -> Iterator[tuple[Path, LeafScore]]:
        """The indicators by name; nameless parts of one name are told apart as （2）, （3）."""
        return self.filed.scores()


def paths_by_place(entry: Entry) -> dict[Place, Path]:
    """The indicators' names by their score's cell, parts of one name told apart."""
    return {leaf.place: path for path, leaf in Filed("", "", entry).scores()}


def counted(collection: Collection) -> list[Counted]:
    """The score tables that count, in the ledger's order."""
    return [
        Counted(outcome, outcome.chosen, entry)
        for outcome in collection.outcomes
        if outcome.chosen
        for entry in outcome.chosen.entries
        if entry.sheet
    ]


def group_paths(tables: Sequence[Counted]) -> list[Path]:
    """The first- and second-level groups of all tables, a group's own ones behind it."""
    children: dict[Path, list[Path]] = {(): []}
    for table in tables:
        for subtotal in table.entry.subtotals:
            path = folded(subtotal.path)
            if len(path) <= 2 and path not in children:
                children[path] = []
                children.setdefault(path[:-1], []).append(path)
    found: list[Path] = []
    for first in children[()]:
        found += [first, *children[first]]
    return found


def indicator_paths(tables: Sequence[Counted]) -> list[Path]:
    """The indicators of all tables in order of first sight, adjustments left out."""
    found: dict[Path, None] = {}
    for table in tables:
        for path, leaf in table.scores():
            if not leaf.is_adjustment:
                found.setdefault(path)
    return list(found)
