"""Choosing between readings of rows: the one whose caps add up best is taken."""

from decimal import Decimal

from perfxl.reader.tables.rows import RowReading
from perfxl.reader.tables.tree import Arrangement, arrange
from perfxl.reader.tables.view import SheetView

# More doubtful rows than this are not a shifted form but another kind of table.
_MAX_DOUBTFUL = 40
_MAX_ROWS = 500
_LONGEST_RUN = 12


def choose(view: SheetView, candidates: list[list[RowReading]], total_cap: Decimal) -> Arrangement:
    """Pick a reading for every row and build the tree.

    Starts from each row's own best reading and, as long as the whole gets cheaper, re-reads single
    doubtful rows and runs of them (a page break moves several rows the same way at once).
    """
    chosen = [min(options, key=lambda reading: reading.penalty) for options in candidates]
    best = arrange(view, chosen, total_cap)
    doubtful = [i for i, options in enumerate(candidates) if len(options) > 1]
    if not doubtful or len(doubtful) > _MAX_DOUBTFUL or len(candidates) > _MAX_ROWS:
        return best
    improved = True
    while improved:
        improved = False
        for run in _runs(doubtful):
            for kind in ("placed", "shifted", "closed-up"):
                trial = _reread(chosen, candidates, run, kind)
                if trial is None:
                    continue
                arrangement = arrange(view, trial, total_cap)
                if arrangement.cost < best.cost:
                    best, chosen, improved = arrangement, trial, True
    return best


def _runs(doubtful: list[int]) -> list[list[int]]:
    """Every stretch of doubtful rows that follow each other, longest stretches last."""
    return [
        doubtful[first:last]
        for length in range(1, min(len(doubtful), _LONGEST_RUN) + 1)
        for first in range(len(doubtful) - length + 1)
        for last in [first + length]
        if doubtful[last - 1] - doubtful[first] == length - 1
    ]


def _reread(
    chosen: list[RowReading], candidates: list[list[RowReading]], run: list[int], kind: str
) -> list[RowReading] | None:
    trial = list(chosen)
    for index in run:
        options = [reading for reading in candidates[index] if reading.kind == kind]
        if not options:
            return None
        trial[index] = min(options, key=lambda reading: reading.penalty)
    return None if trial == chosen else trial
