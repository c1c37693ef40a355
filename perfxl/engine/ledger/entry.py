"""A ledger: a tree of figures, each with the expression that gives it from those below it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from perfxl.formula.evaluate import Value
from perfxl.formula.tree import Node
from perfxl.model.address import Place

TOLERANCE = Decimal("0.005")  # of scores; what prints alike is alike
_RATE_TOLERANCE = Decimal("0.0001")  # a rate printed with two decimals of a percent


class Kind(Enum):
    """What a figure is."""

    TOTAL = "total"
    GRADE = "grade"
    GROUP = "group"
    SCORE = "score"
    ADJUSTMENT = "adjustment"
    MEASURE = "measure"
    LIST = "list"
    INPUT = "input"
    CELL = "cell"

    @property
    def label(self) -> str:
        """What users call it."""
        return _LABELS[self]


SCORED = (Kind.TOTAL, Kind.GROUP, Kind.SCORE, Kind.ADJUSTMENT)
_LABELS = {
    Kind.TOTAL: "总分",
    Kind.GRADE: "评价等级",
    Kind.GROUP: "指标组",
    Kind.SCORE: "指标得分",
    Kind.ADJUSTMENT: "加分或扣分",
    Kind.MEASURE: "比率或算出的数",
    Kind.LIST: "一组完成率",
    Kind.INPUT: "填报的数",
    Kind.CELL: "单元格",
}


class Footing(Enum):
    """What a standard rests on."""

    PUBLISHED = "published"
    DERIVED = "derived"
    BORROWED = "borrowed"
    USUAL = "usual"  # no scheme is known; what the national rule and most places do
    PRINTED = "printed"  # the form's own words; a person judges by them
    JUDGED = "judged"
    FORMULA = "formula"  # the cell's own formula

    @property
    def label(self) -> str:
        """What users read."""
        return _FOOTINGS[self]

    @property
    def is_certain(self) -> bool:
        """Whether the score it gives is the one that should stand there."""
        return self is Footing.PUBLISHED


_FOOTINGS = {
    Footing.PUBLISHED: "已公布的标准",
    Footing.DERIVED: "由公布的自评表推得，仅供参考",
    Footing.BORROWED: "借用他处的标准，仅供参考",
    Footing.USUAL: "通行的算法，仅供参考",
    Footing.PRINTED: "表上印的标准，由人评定",
    Footing.JUDGED: "由人评定",
    Footing.FORMULA: "表上的公式",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """The standard of a figure: its sentence, what it rests on, and the source ("" unknown)."""

    sentence: str
    footing: Footing
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure of the ledger.

    Attributes:
        kind: what it is.
        key: what the expression above calls it; unique among its siblings.
        label: what users call it.
        path: the indicator's names from the first level down; () for other figures.
        unit: 分, %, 万元 …; a rate is a fraction.
        place: the cell that states it.
        stated: what stands there, None for a blank or where nothing is stated.
        raw: the same as it is written.
        max_score: 分值 in points.
        reason: its standard.
        expression: over the children, by key or by cell; None for a leaf of the ledger.
        computed: what the expression gives; None where something is missing.
        recomputed: of sums: the same with every score that a published standard gives.
        worked: the expression with its numbers put in, in Chinese.
        missing: the figures that lack, by their names.
        obstacle: why it cannot be computed though nothing lacks; "" where nothing is in the way.
        remark: what else there is to know.
        span: the least and the most that the expression may give, where what it reads is only
            known as printed.
    """

    kind: Kind
    key: str
    label: str
    path: tuple[str, ...] = ()
    unit: str = ""
    place: Place | None = None
    stated: Value = None
    raw: str = ""
    max_score: Decimal | None = None
    reason: Reason | None = None
    expression: Node | None = None
    computed: Value = None
    recomputed: Value = None
    worked: str = ""
    missing: tuple[str, ...] = ()
    obstacle: str = ""
    remark: str = ""
    span: tuple[Decimal, Decimal] | None = None
    children: tuple["Entry", ...] = ()

    @property
    def value(self) -> Value:
        """What the figure above reckons with.

        Scores count as they are stated; rates and sums as they are computed, for a printed one is
        rounded.
        """
        if self.kind in (Kind.SCORE, Kind.ADJUSTMENT, Kind.INPUT, Kind.CELL):
            return self.stated
        return self.stated if self.computed is None else self.computed

    @property
    def due(self) -> Value:
        """What the figure above reckons with once published standards are applied."""
        if self.kind in (Kind.TOTAL, Kind.GROUP):
            return self.recomputed
        is_due = self.kind is Kind.SCORE and self.reason and self.reason.footing.is_certain
        return self.computed if is_due and self.computed is not None else self.value

    @property
    def is_firm(self) -> bool:
        """Whether what is computed should stand there: by a published standard, from figures.

        What rests on a rate that the form merely states is as good as that rate.
        """
        is_certain = self.reason is not None and self.reason.footing.is_certain
        return is_certain and not any(
            one.kind is Kind.MEASURE and one.expression is None for _, one in walk(self)
        )

    @property
    def difference(self) -> Decimal | None:
        """Stated less computed, None where they agree or one of them is unknown."""
        if not isinstance(self.stated, Decimal) or not isinstance(self.computed, Decimal):
            return None
        low, high = self.span or (self.computed, self.computed)
        limit = _RATE_TOLERANCE if self.unit == "%" else TOLERANCE
        agrees = low - limit <= self.stated <= high + limit
        return None if agrees else self.stated - self.computed


def walk(entry: Entry, depth: int = 0) -> Iterator[tuple[int, Entry]]:
    """The entry and all below it with their depth, parents first."""
    yield depth, entry
    for child in entry.children:
        yield from walk(child, depth + 1)
