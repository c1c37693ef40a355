"""The ledger of a form: the total, its groups, and every indicator below them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from perfxl.engine.ledger.adjustments import added, adjustment_entry, adjustment_term, held
from perfxl.engine.ledger.cells import Tracer
from perfxl.engine.ledger.entry import Entry, Kind
from perfxl.engine.ledger.replay import settled, value_of
from perfxl.engine.ledger.scores import Scores, unread
from perfxl.engine.ledger.worked import worked
from perfxl.formula.tree import Binary, Call, Literal, Name, Node
from perfxl.model.cells import Book
from perfxl.model.counting import FULL_MARKS, says_nothing
from perfxl.model.form import Group, Indicator, SelfEvaluationForm
from perfxl.model.sums import is_addable, score_sum
from perfxl.rules.base import Subject


def build_ledger(subject: Subject, book: Book | None = None) -> Entry:
    """The ledger of the total of a subject's form.

    Args:
        subject: a subject that has a form; without a scheme the ledger rests on what the form
            itself states.
        book: the workbook, to follow formulas down to their cells.
    """
    assert subject.form
    return _Builder(subject, Scores(subject, Tracer(book) if book else None)).total(subject.form)


_NAMELESS = "加分、扣分"  # rows of them that stand under no heading


class _Builder:
    def __init__(self, subject: Subject, scores: Scores) -> None:
        self._decimals = subject.score_decimals
        self._scores = scores
        self._scheme = subject.scheme
        self._form = subject.form
        self._counting = subject.counting

    def total(self, form: SelfEvaluationForm) -> Entry:
        stated = form.total.score if form.total else None
        cap = form.total.max_score.value if form.total and form.total.max_score else None
        if cap is None and self._scheme:
            cap = self._scheme.total_score
        entry = Entry(
            Kind.TOTAL,
            "total",
            "总分",
            unit="分",
            place=stated.place if stated else None,
            stated=stated.value if stated else None,
            raw=stated.raw if stated else "",
            max_score=cap,
            remark=unread(stated) if stated else "表上没有总分",
        )
        return self._sum(entry, form.roots, list(form.leaves()))

    def _group(self, group: Group, key: str) -> Entry:
        stated = group.subtotal
        entry = Entry(
            Kind.GROUP,
            key,
            " ".join(group.name.value.split()) or " ".join(group.path[-1:]) or _NAMELESS,
            path=group.path,
            unit="分",
            place=stated.place if stated else group.name.place,
            stated=stated.value if stated else None,
            raw=stated.raw if stated else "",
            max_score=group.max_score.value if group.max_score else None,
        )
        return self._sum(entry, group.children, list(group.leaves()))

    def _sum(
        self, entry: Entry, nodes: Sequence[Group | Indicator], leaves: Sequence[Indicator]
    ) -> Entry:
        """Each score at the scheme's decimals, then added; blanks add nothing."""
        children = tuple(
            self._child(node, f"g{number}" if isinstance(node, Group) else f"s{number}")
            for number, node in enumerate(nodes, start=1)
        )
        entry = replace(entry, children=children)
        if not leaves:
            return replace(entry, obstacle="还没有填写指标")
        unreadable = [leaf for leaf in leaves if not _is_countable(leaf)]
        if unreadable:
            told = "、".join(f"“{one.path[-1]}”{unread(one.score)}" for one in unreadable)
            return replace(entry, obstacle=f"有得分读不出：{told}")
        entry = settled(replace(entry, expression=self._added(entry, nodes)))
        if entry.computed is None:
            is_beyond = all(leaf.adjustment for leaf in leaves)
            return replace(entry, obstacle="没有加分、扣分" if is_beyond else "各项得分都没有填")
        return replace(entry, worked=worked(entry))

    def _child(self, node: Group | Indicator, key: str) -> Entry:
        if isinstance(node, Group):
            return self._group(node, key)
        if node.adjustment is None:
            return self._scores.entry(node, key)
        is_of_scheme = self._scheme is not None and bool(self._scheme.adjustments)
        remark = unread(node.score)
        return adjustment_entry(node, key, self._counting, is_of_scheme=is_of_scheme, remark=remark)

    def _added(self, entry: Entry, nodes: Sequence[Group | Indicator]) -> Node:
        pairs = list(zip(nodes, entry.children, strict=True))
        terms = [self._term(node, child) for node, child in pairs]
        # What is beyond full marks makes no total where no score is there.
        scored = [child for node, child in pairs if not _is_beyond(node)] or entry.children
        names = tuple(Name(child.key) for child in scored)
        is_any = Binary(">", Call("COUNT", names), Literal(Decimal(0)))
        total = self._bounded(entry, added(terms))
        return Call("IF", (is_any, total, Literal("")))

    def _term(self, node: Group | Indicator, child: Entry) -> Node:
        if isinstance(node, Group):
            value, limit = child.value, child.max_score
            if node.is_adjustment and self._counting.is_held and isinstance(value, Decimal):
                return held(Name(child.key), value, limit)
            return Name(child.key)
        if node.adjustment is not None:
            return adjustment_term(node, child.key, self._counting, self._decimals)
        return Call("ROUND", (Name(child.key), Literal(Decimal(self._decimals))))

    def _bounded(self, entry: Entry, total: Node) -> Node:
        """The whole sum within full marks, where bonuses would lead beyond them."""
        if entry.kind is not Kind.TOTAL or not self._counting.is_held:
            return total
        assert self._form
        scored = [leaf for leaf in self._form.leaves() if not leaf.adjustment]
        full = entry.max_score or FULL_MARKS
        most = max(full, score_sum(scored, self._decimals) or full)
        value = value_of(total, entry)
        is_beyond = isinstance(value, Decimal) and value > most
        return Call("MIN", (total, Literal(most))) if is_beyond else total


def _is_countable(leaf: Indicator) -> bool:
    return is_addable(leaf.score) or (leaf.adjustment is not None and says_nothing(leaf.score))


def _is_beyond(node: Group | Indicator) -> bool:
    return node.is_adjustment if isinstance(node, Group) else node.adjustment is not None
