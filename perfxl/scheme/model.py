"""A scheme at work: the tree, caps and bands that a form of one region and year must have."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from perfxl.model.finding import Basis
from perfxl.model.grade import GradeBand


class CapMode(Enum):
    """Whether 分值 binds (`fixed`) or units may set their own within the sums (`reference`)."""

    FIXED = "fixed"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class SchemeIndicator:
    """A leaf of a scheme. `part` tells nameless leaves of one name apart ("" when alone)."""

    path: tuple[str, ...]
    max_score: Decimal
    aliases: tuple[str, ...] = ()
    part: str = ""

    @property
    def name(self) -> str:
        """The last name of the path."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class SchemeGroup:
    """A first- or second-level indicator of a scheme."""

    path: tuple[str, ...]
    max_score: Decimal
    children: tuple["SchemeGroup | SchemeIndicator", ...]
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The last name of the path."""
        return self.path[-1]

    def leaves(self) -> Iterator[SchemeIndicator]:
        """The indicators under this group, in order."""
        for child in self.children:
            if isinstance(child, SchemeGroup):
                yield from child.leaves()
            else:
                yield child

    def groups(self) -> Iterator["SchemeGroup"]:
        """This group and those under it, parents first."""
        yield self
        for child in self.children:
            if isinstance(child, SchemeGroup):
                yield from child.groups()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme as loaded from `templates/<id>/`.

    `score_decimals` is the number of decimals scores are kept at; `required_columns` names the
    text columns that the form must have, among `shortfall_reason`, `improvement_measures`.
    `bands_assumed`: no document at hand prints the bands; what rests on them is to verify.
    """

    id: str
    version: str
    title: str
    roots: tuple[SchemeGroup, ...]
    total_score: Decimal
    cap_mode: CapMode
    bands: tuple[GradeBand, ...]
    score_decimals: int = 2
    required_columns: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    year: int | None = None
    unknowns: tuple[str, ...] = field(default=())
    bands_assumed: bool = False

    def leaves(self) -> Iterator[SchemeIndicator]:
        """All indicators in the scheme's order."""
        for root in self.roots:
            yield from root.leaves()

    def groups(self) -> Iterator[SchemeGroup]:
        """All groups, parents first."""
        for root in self.roots:
            yield from root.groups()


@dataclass(frozen=True, slots=True)
class SchemeMatch:
    """The scheme by which a form is judged and how it was found: stamp, header or option."""

    scheme: Scheme
    how: str
