"""The ledger of a bonus or a deduction, and what it does to the sum above it."""

from decimal import Decimal

from perfxl.engine.ledger.entry import Entry, Footing, Kind, Reason
from perfxl.formula.tree import Binary, Call, Literal, Name, Node
from perfxl.model.counting import Counting, says_nothing
from perfxl.model.form import AdjustmentKind, Indicator
from perfxl.model.number import NumberKind, plain
from perfxl.model.sums import kept
from perfxl.rules.fields import cap_of

_CALLED = {
    AdjustmentKind.BONUS: "加分项，计入总分",
    AdjustmentKind.DEDUCTION: "扣分项，从总分里减去",
    AdjustmentKind.EITHER: "加减分项，计入总分",
}
_NIL = Decimal(0)
_ZERO = Literal(_NIL)


def adjustment_entry(
    leaf: Indicator, key: str, counting: Counting, *, is_of_scheme: bool, remark: str
) -> Entry:
    """The ledger of a row beyond full marks.

    Args:
        leaf: the row.
        key: what the sum above calls it.
        counting: how the form's rows are added up.
        is_of_scheme: whether the scheme has bonuses and deductions at all.
        remark: why its cell gives no number; "" where it gives one.
    """
    assert leaf.adjustment
    limit, value = _limit(leaf), leaf.score.value
    said = [_CALLED[leaf.adjustment]]
    if leaf.adjustment is AdjustmentKind.DEDUCTION and value is not None:
        is_taken = value <= 0 or counting.takes_away
        said.append(
            "填的是负数，直接相加" if value < 0 else
            "填正数" if is_taken else "填的是正数，表上的总分把它加了进去"
        )  # fmt: skip
    if limit is not None:
        said.append(f"不超过{plain(limit)}分")
    is_none = leaf.score.kind is NumberKind.BLANK or says_nothing(leaf.score)
    return Entry(
        Kind.ADJUSTMENT,
        key,
        " ".join(leaf.path[-1].split()),
        path=leaf.path,
        unit="分",
        place=leaf.score.place,
        stated=value,
        raw=leaf.score.raw,
        max_score=limit,
        reason=Reason("，".join(said), Footing.PUBLISHED if is_of_scheme else Footing.USUAL),
        remark="没有" if is_none else remark,
    )


def adjustment_term(leaf: Indicator, key: str, counting: Counting, decimals: int) -> Node:
    """What the row adds, as an expression over its figure; a limit stands in it where it bites."""
    term: Node = Call("ROUND", (Name(key), Literal(Decimal(decimals))))
    earned, value = counting.earned(leaf) or _NIL, leaf.score.value or _NIL
    if earned == -value and earned:
        term = Binary("-", _ZERO, term)
    return held(term, kept(earned, decimals), _limit(leaf)) if counting.is_held else term


def held(term: Node, value: Decimal, limit: Decimal | None) -> Node:
    """A term within its limit on either side; as it is where it keeps to it."""
    if limit is None or abs(value) <= abs(limit):
        return term
    if value > 0:
        return Call("MIN", (term, Literal(abs(limit))))
    return Call("MAX", (term, Literal(-abs(limit))))


def added(terms: list[Node]) -> Node:
    """The terms one after the other; a deduction is taken away."""
    total = terms[0]
    for term in terms[1:]:
        if isinstance(term, Binary) and term.left == _ZERO:
            total = Binary("-", total, term.right)
        else:
            total = Binary("+", total, term)
    return total


def _limit(leaf: Indicator) -> Decimal | None:
    cap = cap_of(leaf)
    return cap.value if cap else None
