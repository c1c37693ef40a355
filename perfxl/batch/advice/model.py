"""Advice for spot checks."""

from dataclasses import dataclass
from decimal import Decimal

from perfxl.batch.summary.table import Source
from perfxl.model.finding import Failure, Skip


@dataclass(frozen=True, slots=True)
class Advice:
    """Something that several returns show together, or one shows among its peers.

    `codes` and `units` are the units concerned, in the ledger's order, `places` a cell of each;
    `weight` ranks: the more, the sooner it is worth a look.
    """

    code: str
    slug: str
    title: str
    codes: tuple[str, ...]
    units: tuple[str, ...]
    places: tuple[Source, ...]
    weight: Decimal
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Advised:
    """All advice on a round; what could not be looked at and why; rules that crashed."""

    advice: tuple[Advice, ...] = ()
    skipped: tuple[Skip, ...] = ()
    failures: tuple[Failure, ...] = ()
