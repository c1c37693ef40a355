"""The ledger of a form: the total, its groups, and every indicator below them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from perfxl.engine.ledger.cells import Tracer
from perfxl.engine.ledger.entry import Entry, Kind
from perfxl.engine.ledger.replay import settled
from perfxl.engine.ledger.scores import Scores, unread
from perfxl.engine.ledger.worked import worked
from perfxl.formula.tree import Binary, Call, Literal, Name, Node
from perfxl.model.cells import Book
from perfxl.model.form import Group, Indicator, SelfEvaluationForm
from perfxl.model.sums import is_addable
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


class _Builder:
    def __init__(self, subject: Subject, scores: Scores) -> None:
        self._decimals = subject.score_decimals
        self._scores = scores
        self._scheme = subject.scheme

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
            " ".join(group.name.value.split()) or group.path[-1],
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
            self._group(node, f"g{number}")
            if isinstance(node, Group)
            else self._scores.entry(node, f"s{number}")
            for number, node in enumerate(nodes, start=1)
        )
        entry = replace(entry, children=children)
        if not leaves:
            return replace(entry, obstacle="还没有填写指标")
        unreadable = [leaf for leaf in leaves if not is_addable(leaf.score)]
        if unreadable:
            told = "、".join(f"“{one.path[-1]}”{unread(one.score)}" for one in unreadable)
            return replace(entry, obstacle=f"有得分读不出：{told}")
        entry = settled(replace(entry, expression=self._added(children)))
        if entry.computed is None:
            return replace(entry, obstacle="各项得分都没有填")
        return replace(entry, worked=worked(entry))

    def _added(self, children: Sequence[Entry]) -> Node:
        decimals = Literal(Decimal(self._decimals))
        terms: list[Node] = [
            Call("ROUND", (Name(child.key), decimals))
            if child.kind is Kind.SCORE
            else Name(child.key)
            for child in children
        ]
        names = tuple(Name(child.key) for child in children)
        is_any = Binary(">", Call("COUNT", names), Literal(Decimal(0)))
        total = reduce(lambda left, right: Binary("+", left, right), terms)
        return Call("IF", (is_any, total, Literal("")))
