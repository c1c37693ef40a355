"""The expression of a figure with its numbers put in: 10 × 89.51% = 8.951，保留两位小数为8.95."""

from decimal import Decimal

from perfxl.engine.ledger.entry import Entry
from perfxl.engine.ledger.replay import Figures
from perfxl.formula.coerce import number_text
from perfxl.formula.evaluate import evaluate
from perfxl.formula.patterns import added, bounded, rounded, unguarded
from perfxl.formula.terms import Term
from perfxl.formula.tree import Call, Literal, Name, Node, Reference
from perfxl.formula.worked import worked as worked_out
from perfxl.model.number import plain, round_half_up

_MOST_PARTS = 12
_SHOWN_DECIMALS = 6
_LARGEST = 20  # digits; beyond it is damage


def worked(entry: Entry) -> str:
    """The line, with what each part of a sum comes to; "" where nothing came of it."""
    if entry.expression is None or not isinstance(entry.computed, Decimal):
        return ""
    terms = {child.key: Term(child.label, child.unit) for child in entry.children}
    lookup = Figures.of(entry, lambda child: child.value)
    said = worked_out(entry.expression, terms, lookup, unit=entry.unit)
    if entry.unit == "%":  # a rate is held to bounds, not to points
        said = said.replace("超过最高分，按1分计", "最高按100%计").replace("按0分计", "按0计")
    if adds := _adds(entry):
        return f"{adds} = {figure(entry.computed, '%' if entry.unit == '%' else '')}"
    parts = _parts(entry.expression, lookup)
    return said if parts in said else f"{said}（各部分：{parts}）"


def _adds(entry: Entry) -> str:
    """20 + 5, for a formula that does nothing but add cells up."""
    assert entry.expression is not None
    body = unguarded(entry.expression)
    if not isinstance(body, Call) or body.name != "SUM" or len(entry.children) > _MOST_PARTS:
        return ""
    if not all(isinstance(one, Reference) for one in body.arguments):
        return ""
    values = [child.value for child in entry.children]
    shown = [_shown(value) for value in values if isinstance(value, Decimal)]
    return " + ".join(shown) if len(shown) > 1 else ""


def figure(value: Decimal, unit: str) -> str:
    """A number as the ledger shows it: 89.51%, 8.951, 12.5万元, 3个."""
    if unit == "%" and abs(value.adjusted()) <= _LARGEST:
        value = round_half_up(value, _SHOWN_DECIMALS).scaleb(2)
    shown = _shown(value)
    return shown if unit == "分" else f"{shown}{unit}"


def _shown(value: Decimal) -> str:
    if abs(value.adjusted()) > _LARGEST:
        return number_text(value)
    return plain(round_half_up(value, _SHOWN_DECIMALS))


def _parts(expression: Node, lookup: Figures) -> str:
    """0.834 + 0.7984 + …, where a sum has parts that are worked out themselves."""
    node = rounded(expression).body
    while (limit := bounded(node)) is not None:
        node = rounded(limit[2]).body
    terms = added(node)
    if not 1 < len(terms) <= _MOST_PARTS or all(
        isinstance(rounded(term).body, Literal | Name | Reference) for term in terms
    ):
        return ""
    values = [evaluate(term, lookup) for term in terms]
    if not all(isinstance(value, Decimal) for value in values):
        return ""
    return " + ".join(_shown(value) for value in values if isinstance(value, Decimal))
