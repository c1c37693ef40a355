"""A parameter that a standard changes from one evaluation year to the next."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Dated:
    """Values with the evaluation year each holds from, ascending; never empty."""

    steps: tuple[tuple[int, Decimal], ...]

    def at(self, year: int | None) -> Decimal:
        """The value that holds in a year; the earliest for years before it, the last for None."""
        if year is None:
            return self.steps[-1][1]
        return next((value for first, value in reversed(self.steps) if first <= year), self.first)

    @property
    def first(self) -> Decimal:
        """The earliest value."""
        return self.steps[0][1]


def constant(value: Decimal | int | str) -> Dated:
    """A parameter that never changed."""
    return Dated(((0, Decimal(value)),))
