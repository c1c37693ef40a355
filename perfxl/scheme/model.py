"""A scheme at work: the tree, caps and bands that a form of one region and year must have."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from perfxl.formula.shapes import Level, Reverse, Shape
from perfxl.formula.tree import Node
from perfxl.model.counting import NotApplicable
from perfxl.model.finding import Basis
from perfxl.model.form import AdjustmentKind
from perfxl.model.grade import Grade, GradeBand


class CapMode(Enum):
    """Whether 分值 binds.

    FIXED: it does. REFERENCE: units may set their own within the sums. ASSUMED: no document at
    hand gives it, so that nothing is said of a form whose 分值 differ.
    """

    FIXED = "fixed"
    REFERENCE = "reference"
    ASSUMED = "assumed"


class Standard(Enum):
    """How surely a scoring standard is known.

    PUBLISHED: printed by the bureau. DERIVED: worked out from published returns. BORROWED: another
    place's, for want of the own. What is not published gives a reference score and 请核实 at most.
    """

    PUBLISHED = "published"
    DERIVED = "derived"
    BORROWED = "borrowed"


@dataclass(frozen=True, slots=True)
class Scoring:
    """The standard of an indicator, with where it comes from ("" where the scheme's basis says)."""

    shape: Shape
    standard: Standard = Standard.PUBLISHED
    source: str = ""

    @property
    def is_published(self) -> bool:
        """Whether a score may be held against it as certain."""
        return self.standard is Standard.PUBLISHED


@dataclass(frozen=True, slots=True)
class SchemeInput:
    """A figure or an answer that units enter in 基础数据.

    `unit` is 万元, 元, 人, 个, % (typed as 95%, kept as 0.95) or the like; `options` are the
    answers of a choice and empty for a number. `is_additive`: subordinate units' figures add up.
    """

    key: str
    name: str
    unit: str = ""
    options: tuple[str, ...] = ()
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = None
    is_integer: bool = False
    is_additive: bool = True
    source: str = ""
    help: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity computed from inputs, or stated in the form: a rate, a change, a mean.

    `expression` is over `Name(key)` of inputs and of measures before it; a rate is a fraction.
    `aliases` are what forms call it. Forms that state it but not its inputs are judged by it.
    """

    key: str
    name: str
    expression: Node
    unit: str = "%"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultList:
    """The completion rates of the own results under a first-level heading, each within [0, 1]."""

    key: str
    name: str
    level1: str


@dataclass(frozen=True, slots=True)
class CustomRows:
    """Rows of a group that a unit fills with indicators of its own; their caps fill the group.

    `rows` are prepared in the template. `by_completion`: full marks when the target is met, else
    its share (财预〔2020〕10号); `levels` bound what is judged instead of counted. `parts`: the
    second-level headings, without caps, under which rows are prepared, with how many each.
    """

    rows: int
    by_completion: bool = False
    reverse: Reverse = Reverse.PLATFORM
    levels: tuple[Level, ...] = ()
    standard: Standard = Standard.PUBLISHED
    source: str = ""
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Adjustment:
    """加分项 or 扣分项 beyond the leaves, at most `limit` points; the total keeps its max.

    `kind` is never EITHER: a scheme says which way.
    """

    name: str
    kind: AdjustmentKind
    limit: Decimal
    help: str = ""


@dataclass(frozen=True, slots=True)
class GradeCeiling:
    """限级, 一票否决: when it applies the grade is `grade` at best; `key` names its 是/否 input."""

    key: str
    name: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class SchemeIndicator:
    """A leaf of a scheme. `part` tells nameless leaves of one name apart ("" when alone).

    `max_score` None: the scheme gives none; units set it and the group's sum holds.
    `may_be_not_applicable`: a unit that it does not concern writes 不适用, with its reason.
    """

    path: tuple[str, ...]
    max_score: Decimal | None
    aliases: tuple[str, ...] = ()
    part: str = ""
    scoring: Scoring | None = None
    may_be_not_applicable: bool = False

    @property
    def name(self) -> str:
        """The last name of the path."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class SchemeGroup:
    """A first- or second-level indicator of a scheme; a `custom` one has no children."""

    path: tuple[str, ...]
    max_score: Decimal
    children: tuple["SchemeGroup | SchemeIndicator", ...]
    aliases: tuple[str, ...] = ()
    custom: CustomRows | None = None

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
    `not_applicable`: how indicators count that do not concern a unit; None where that is unknown.
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
    kind: str = "dept_overall"
    inputs: tuple[SchemeInput, ...] = ()
    measures: tuple[Measure, ...] = ()
    lists: tuple[ResultList, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    ceilings: tuple[GradeCeiling, ...] = ()
    not_applicable: NotApplicable | None = None

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
