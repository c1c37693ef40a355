"""What each row adds to the sums: scores, bonuses and deductions, rows that do not apply.

Where a form leaves open how such rows count, the reading that gives the stated total is taken.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import product

from perfxl.model.form import AdjustmentKind, Group, Indicator, SelfEvaluationForm
from perfxl.model.number import Number, NumberKind
from perfxl.model.sums import exact_sum, is_addable, kept, score_sum

# What people write where an indicator does not concern them.
NOT_APPLICABLE = ("不适用", "不涉及", "无此项", "不考核", "不评分", "N/A", "NA", "n/a")
DASHES = ("/", "\\", "-", "—", "——", "–", "－", "／", "--")
FULL_MARKS = Decimal(100)
_NIL = Decimal(0)


class NotApplicable(Enum):
    """How rows that do not apply count: full marks, at the rate of their group, or of the form."""

    FULL = "full"
    WITHIN_LEVEL2 = "within_level2"
    RESCALE_100 = "rescale_100"


@dataclass(frozen=True, slots=True)
class Counting:
    """How a form's rows are added up.

    Attributes:
        total: every score rounded, then added; None where that is not known.
        exact: the same without rounding.
        modes: how rows that do not apply count; several where the total fits more than one,
            none where there are no such rows or no way is known.
        takes_away: whether a positive number in a deduction row is taken from the sum.
        is_held: whether bonuses and deductions were held to their limits, the sum to full marks.
        fits: whether the stated total is this sum.
        is_known: whether every row that has to be added could be; True with blank scores.
        bounds: the least and the most that limits not printed could make of the sum; None where
            nothing was added or taken away.
    """

    total: Decimal | None
    exact: Decimal | None
    modes: tuple[NotApplicable, ...] = ()
    takes_away: bool = True
    is_held: bool = False
    fits: bool = False
    is_known: bool = True
    bounds: tuple[Decimal, Decimal] | None = None

    @property
    def both(self) -> tuple[Decimal, Decimal] | None:
        """The sum with the scores rounded first, and without; None where it is not known."""
        return None if self.total is None or self.exact is None else (self.total, self.exact)

    def may_be(self, stated: Decimal) -> bool:
        """Whether a limit on bonuses or deductions that is not printed may explain a total."""
        return self.bounds is not None and self.bounds[0] <= stated <= self.bounds[1]

    def earned(self, leaf: Indicator) -> Decimal | None:
        """What a row adds by its own number: below zero for a deduction; None when not known."""
        return _earned(leaf, takes_away=self.takes_away)

    def sums(self, leaves: Sequence[Indicator], decimals: int) -> tuple[Decimal, Decimal] | None:
        """The rows' points rounded and added, and unrounded; None when one is not known."""
        if all(leaf.adjustment is None for leaf in leaves):
            rounded = score_sum(leaves, decimals)
            return None if rounded is None else (rounded, exact_sum(leaves))
        earned = [self.earned(leaf) for leaf in leaves]
        known = [value for value in earned if value is not None]
        if len(known) < len(earned):
            return None
        return sum((kept(value, decimals) for value in known), _NIL), sum(known, _NIL)


def count(
    form: SelfEvaluationForm,
    decimals: int,
    full: Decimal = FULL_MARKS,
    mode: NotApplicable | None = None,
) -> Counting:
    """Add up a form.

    Args:
        form: the form.
        decimals: those that scores are kept at.
        full: the most that can be earned, where the form does not print it.
        mode: how rows that do not apply count; found out by the stated total when None.
    """
    leaves = list(form.leaves())
    stated = form.total.score.value if form.total else None
    inapplicable = [leaf for leaf in leaves if is_not_applicable(leaf)]
    adjustments = [leaf for leaf in leaves if leaf.adjustment]
    if not inapplicable and not adjustments:
        total, exact = score_sum(leaves, decimals), exact_sum(leaves)
        is_known = all(is_addable(leaf.score) for leaf in leaves)
        fits = _fits(stated, total, exact, decimals)
        return Counting(total, exact, fits=fits, is_known=is_known)
    if not _is_known(leaves):
        return Counting(None, None, is_known=False)
    printed = form.total.max_score.value if form.total and form.total.max_score else None
    adder = _Adder(form, printed or full, decimals)
    modes: tuple[NotApplicable | None, ...] = (mode,) if mode else tuple(NotApplicable)
    ways = list(
        product(
            (False, True) if adjustments else (False,),
            (True, False) if any(_is_open(leaf) for leaf in adjustments) else (True,),
            modes if inapplicable else (None,),
        )
    )
    # A deduction that would be added and then cut off at full marks is no reading of a total.
    found = [(way, adder.add(*way)) for way in ways if way[1] or not way[0]]
    fitting = [
        (way, sums) for way, sums in found if sums and _fits(stated, sums[0], sums[1], decimals)
    ]
    (is_held, takes_away, first), sums = fitting[0] if fitting else found[0]
    if sums is None or (inapplicable and not mode and not fitting):
        return Counting(None, None, takes_away=takes_away, is_known=False)
    return Counting(
        *sums,
        modes=_modes([way for way, _ in fitting] or [(is_held, takes_away, first)]),
        takes_away=takes_away,
        is_held=is_held,
        fits=bool(fitting),
        bounds=adder.bounds(first) if adjustments else None,
    )


def _modes(ways: Sequence[tuple[bool, bool, NotApplicable | None]]) -> tuple[NotApplicable, ...]:
    """The modes of the ways that are otherwise like the first."""
    return tuple(mode for *rest, mode in ways if mode and rest == [*ways[0][:2]])


def is_not_applicable(leaf: Indicator) -> bool:
    """Whether a row says in its score, or beside a blank score in its cap, that it is not scored.

    A bonus or a deduction that did not come about is no such row.
    """
    if leaf.adjustment:
        return False
    if leaf.score.kind is NumberKind.BLANK:
        return leaf.max_score is not None and says_not_applicable(leaf.max_score)
    return says_not_applicable(leaf.score)


def says_not_applicable(number: Number) -> bool:
    """Whether 不适用, a dash or the like stands where a number should."""
    return number.kind is NumberKind.TEXT and number.raw.strip() in (*NOT_APPLICABLE, *DASHES)


def counts_as_zero(form: SelfEvaluationForm, decimals: int) -> bool:
    """Whether the stated total is the sum in which rows that do not apply add nothing."""
    leaves = [leaf for leaf in form.leaves() if not is_not_applicable(leaf)]
    sums = Counting(None, None).sums(leaves, decimals)
    stated = form.total.score.value if form.total else None
    return sums is not None and _fits(stated, *sums, decimals)


def _fits(stated: Decimal | None, total: Decimal | None, exact: Decimal, decimals: int) -> bool:
    if stated is None or total is None:
        return False
    return kept(stated, decimals) in (kept(total, decimals), kept(exact, decimals))


def _is_known(leaves: Sequence[Indicator]) -> bool:
    """Whether every row that has to be added is a number or blank, and not all are blank."""
    earned = [_earned(leaf, takes_away=True) for leaf in leaves if leaf.adjustment]
    scores = [leaf.score for leaf in leaves if not leaf.adjustment and not is_not_applicable(leaf)]
    is_filled = any(score.value is not None for score in scores)
    return is_filled and all(map(is_addable, scores)) and None not in earned


def _is_open(leaf: Indicator) -> bool:
    """Whether a deduction is written as a positive number."""
    is_deduction = leaf.adjustment is AdjustmentKind.DEDUCTION
    return is_deduction and leaf.score.value is not None and leaf.score.value > 0


def _earned(leaf: Indicator, *, takes_away: bool) -> Decimal | None:
    value = leaf.score.value
    if leaf.adjustment is None:
        return _NIL if leaf.score.kind is NumberKind.BLANK else value
    if leaf.score.kind is NumberKind.BLANK or says_nothing(leaf.score):
        return _NIL
    return -value if value is not None and takes_away and _is_open(leaf) else value


def says_nothing(number: Number) -> bool:
    """Whether the number of a bonus or deduction says that there was none: 无, a dash."""
    return says_not_applicable(number) or number.raw.strip() in ("无", "没有", "暂无")


def _cap(node: Group | Indicator) -> Decimal | None:
    return node.max_score.value if node.max_score else None


def _sum_of_caps(leaves: Iterable[Indicator]) -> Decimal | None:
    caps = [_cap(leaf) for leaf in leaves]
    known = [cap for cap in caps if cap is not None]
    return sum(known, _NIL) if len(known) == len(caps) else None


@dataclass(frozen=True, slots=True)
class _Adder:
    """Adds a form up in one way or another; `full` is the most that can be earned."""

    form: SelfEvaluationForm
    full: Decimal
    decimals: int

    def add(
        self, is_held: bool, takes_away: bool, mode: NotApplicable | None
    ) -> tuple[Decimal, Decimal] | None:
        """The form's sum, leaves rounded first, and unrounded; None where it is not known."""
        sums = [self._ordinary(mode, places) for places in (self.decimals, None)]
        found = []
        for places, ordinary in zip((self.decimals, None), sums, strict=True):
            if ordinary is None:
                return None
            added = self._added(places, is_held=is_held, takes_away=takes_away)
            total = ordinary + added
            found.append(min(total, max(self.full, ordinary)) if is_held else total)
        return kept(found[0], self.decimals), found[1]

    def bounds(self, mode: NotApplicable | None) -> tuple[Decimal, Decimal] | None:
        """The sum with every deduction and no bonus, and the other way round."""
        ordinary = self._ordinary(mode, self.decimals)
        values = [
            (leaf, leaf.score.value or _NIL) for leaf in self.form.leaves() if leaf.adjustment
        ]
        if ordinary is None or not any(value for _, value in values):
            return None
        down = sum((abs(v) for x, v in values if v < 0 or _is_open(x)), _NIL)
        up = sum((v for _, v in values if v > 0), _NIL)
        return ordinary - down, ordinary + up

    def _added(self, places: int | None, *, is_held: bool, takes_away: bool) -> Decimal:
        """What bonuses and deductions add, held to their own and their groups' limits if asked."""

        def of(node: Group | Indicator) -> Decimal:
            if isinstance(node, Group):
                earned = sum((of(child) for child in node.children), _NIL)
                limit = _cap(node) if node.is_adjustment else None
            elif node.adjustment is None:
                return _NIL
            else:
                earned = _earned(node, takes_away=takes_away) or _NIL
                earned, limit = earned if places is None else kept(earned, places), _cap(node)
            return _held(earned, limit) if is_held else earned

        return sum((of(root) for root in self.form.roots), _NIL)

    def _ordinary(self, mode: NotApplicable | None, places: int | None) -> Decimal | None:
        """Scores without bonuses and deductions; rows that do not apply count as `mode` says."""
        total = applicable = _NIL
        for group, leaves in self._families():
            scored = [x for x in leaves if not x.adjustment and not is_not_applicable(x)]
            absent = [x for x in leaves if is_not_applicable(x)]
            values = [x.score.value for x in scored if x.score.value is not None]
            own = sum((v if places is None else kept(v, places) for v in values), _NIL)
            caps = _sum_of_caps(scored)
            if mode is NotApplicable.RESCALE_100:
                if caps is None:
                    return None
                applicable += caps
            elif absent:
                left_out = _caps_left_out(group, absent, caps)
                if left_out is None:
                    return None
                if mode is NotApplicable.FULL:
                    own += left_out
                elif caps:
                    own += own * left_out / caps
                else:
                    return None  # nothing in the group is left to go by
            total += own
        if mode is NotApplicable.RESCALE_100:
            return total * self.full / applicable if applicable else None
        return total

    def _families(self) -> Iterator[tuple[Group, list[Indicator]]]:
        """Each group with the indicators right under it."""
        for group in self.form.groups():
            leaves = [child for child in group.children if isinstance(child, Indicator)]
            if leaves:
                yield group, leaves


def _caps_left_out(
    group: Group, absent: Sequence[Indicator], caps: Decimal | None
) -> Decimal | None:
    """The caps of rows that do not apply: their own, else what the group's cap leaves for them."""
    own = _sum_of_caps(absent)
    if own is not None:
        return own
    whole = _cap(group)
    return whole - caps if whole is not None and caps is not None and whole >= caps else None


def _held(earned: Decimal, limit: Decimal | None) -> Decimal:
    return earned if limit is None else max(-abs(limit), min(earned, abs(limit)))
