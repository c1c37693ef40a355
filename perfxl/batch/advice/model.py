"""A piece of advice for spot checks."""

from dataclasses import dataclass
from decimal import Decimal

from perfxl.batch.summary.table import Source


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
