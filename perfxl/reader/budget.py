"""How much one workbook may make of its bytes, counted over all its sheets."""

from dataclasses import dataclass

MAX_CELLS = 3_000_000
MAX_CHARACTERS = 64 * 1024 * 1024
MAX_COLUMNS = 256 * 1024


@dataclass(slots=True)
class Budget:
    """What is left: every sheet of a workbook draws on the same.

    Attributes:
        cells: cells met, blank ones too.
        characters: characters of shared formulas written out for their followers.
        columns: columns whose width or hiding is recorded one by one.
    """

    cells: int
    characters: int
    columns: int


def full_budget() -> Budget:
    """What a workbook starts with."""
    return Budget(MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS)
