"""What of a round goes into its sums: each score table of a return that counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.batch.model import Collection, Received, Unit, UnitOutcome
from perfxl.batch.summary.table import Source
from perfxl.model.address import Place
from perfxl.model.number import round_half_up
from perfxl.model.report import Entry, LeafScore

Path = tuple[str, ...]
_RATE_PLACES = 4


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
        """各项相加 ÷ 满分 to four places; None where either is unknown."""
        return rate_of(self.entry.total.computed, self.entry.total.max_score)

    def source(self, place: Place | None = None) -> Source:
        """Where a cell of it stands; without a place the table's sheet as a whole."""
        entry = self.entry
        at = place or Place(entry.sheet, "")
        return Source(entry.path, entry.member, at.sheet, at.cell)

    def scores(self) -> Iterator[tuple[Path, LeafScore]]:
        """The indicators by name; nameless parts of one name are told apart as （2）, （3）."""
        seen: dict[Path, int] = {}
        for leaf in self.entry.scores:
            path = folded(leaf.path)
            seen[path] = seen.get(path, 0) + 1
            nth = seen[path]
            yield ((*path[:-1], f"{path[-1]}（{nth}）") if nth > 1 else path), leaf


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


def folded(path: Path) -> Path:
    """A path whose names are free of line breaks and double spaces."""
    return tuple(" ".join(name.split()) for name in path)


def rate_of(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """A share to four places; None where it is unknown or divides by zero."""
    if part is None or not whole or part.adjusted() > 15 or whole.adjusted() < -15:
        return None
    return round_half_up(part / whole, _RATE_PLACES)
