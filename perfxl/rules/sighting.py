"""What a rule over a round is: it sees all units' tables side by side and yields sightings.

A sighting advises to look at some returns first. It is no finding about any of them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from perfxl.model.address import Place
from perfxl.model.finding import Basis, Severity
from perfxl.model.number import round_half_up
from perfxl.model.report import Entry, LeafScore
from perfxl.rules.base import RuleInfo, Scope

FEWEST_PEERS = 8  # tables by one scheme before a median says anything
_RATE_PLACES = 4


@dataclass(frozen=True, slots=True)
class Filed:
    """A score table that counts, and the unit that filed it."""

    code: str
    unit: str
    entry: Entry

    @property
    def scheme_id(self) -> str:
        """The scheme it was judged by; "" where none was known."""
        return self.entry.scheme.id if self.entry.scheme else ""

    @property
    def rate(self) -> Decimal | None:
        """各项相加 ÷ 满分 to four places; None where either is unknown."""
        return rate_of(self.entry.total.computed, self.entry.total.max_score)

    def scores(self) -> Iterator[tuple[tuple[str, ...], LeafScore]]:
        """The indicators by name; nameless parts of one name are told apart as （2）, （3）."""
        seen: dict[tuple[str, ...], int] = {}
        for leaf in self.entry.scores:
            path = folded(leaf.path)
            seen[path] = nth = seen.get(path, 0) + 1
            yield ((*path[:-1], f"{path[-1]}（{nth}）") if nth > 1 else path), leaf

    @property
    def total_place(self) -> Place:
        """The cell of the total; the sheet as a whole where there is none."""
        return self.entry.total.place or Place(self.entry.sheet, "")


@lru_cache(maxsize=16_384)  # the same names come with every return
def folded(path: tuple[str, ...]) -> tuple[str, ...]:
    """A path whose names are free of line breaks and double spaces."""
    return tuple(" ".join(name.split()) for name in path)


def rate_of(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """A share to four places; None where it is unknown or divides by zero."""
    if part is None or not whole or part.adjusted() > 15 or whole.adjusted() < -15:
        return None
    return round_half_up(part / whole, _RATE_PLACES)


class RoundNeed(Enum):
    """What a round must hold for a rule to run; the value is the reason shown when it doesn't."""

    TWO_UNITS = "可比的不足两家单位"
    PEERS = f"没有哪个方案有{FEWEST_PEERS}张以上算得出得分率的表"
    RESULTS = "各表都没有目标值和实际完成值"

    def is_met(self, tables: Sequence[Filed]) -> bool:
        """Whether the round has what is needed."""
        match self:
            case RoundNeed.TWO_UNITS:
                return len({one.code for one in tables}) > 1
            case RoundNeed.PEERS:
                return any(len(group) >= FEWEST_PEERS for group in peers_of(tables))
            case RoundNeed.RESULTS:
                return any(one.entry.results for one in tables)


def peers_of(tables: Sequence[Filed]) -> list[list[tuple[Filed, Decimal]]]:
    """The tables whose rate is known with that rate, those of one scheme together."""
    groups: dict[str, list[tuple[Filed, Decimal]]] = {}
    for one in tables:
        if one.rate is not None:
            groups.setdefault(one.scheme_id, []).append((one, one.rate))
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something that several returns show together, or one shows among its peers.

    `places` holds a cell of each of the `tables`; `weight` ranks: the more, the sooner it is worth
    a look. `params` fill the rule's message.
    """

    tables: tuple[Filed, ...]
    places: tuple[Place, ...]
    weight: Decimal
    params: dict[str, str]


RoundBody = Callable[[Sequence[Filed]], Iterator[Sighting]]


@dataclass(frozen=True, slots=True)
class RoundRule(RuleInfo):
    """A rule over all that counts in a round; always advice. `title` names the case in lists."""

    needs: tuple[RoundNeed, ...]
    body: RoundBody
    title: str


REGISTERED_OF_ROUNDS: list[RoundRule] = []


def round_rule(
    *,
    code: str,
    slug: str,
    title: str,
    message: str,
    fix: str,
    basis: tuple[Basis, ...],
    needs: tuple[RoundNeed, ...] = (),
    since: str = "0.1",
    status: str = "stable",
) -> Callable[[RoundBody], RoundBody]:
    """Record the decorated generator as a rule over rounds; see `RoundRule` for the arguments."""

    def record(body: RoundBody) -> RoundBody:
        REGISTERED_OF_ROUNDS.append(
            RoundRule(
                code, slug, Severity.NOTICE, Scope.ROUND, needs, basis, message, fix, since, status,
                body, title,
            )
        )  # fmt: skip
        return body

    return record
