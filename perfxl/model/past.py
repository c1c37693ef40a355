"""What a unit's form of the year before is good for: its indicators and where it fell short."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PastProblem:
    """Points that were lost, with the reason and the action that the unit wrote then."""

    name: str
    lost: Decimal
    reason: str
    action: str


@dataclass(frozen=True, slots=True)
class PastYear:
    """A unit's form of the year before; targets are none of it, they are approved anew.

    `indicators` are the own indicators by first-, second- and third-level name.
    """

    source: str
    indicators: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[PastProblem, ...] = ()
