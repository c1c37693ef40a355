"""Ledgers as JSON, in the published schema (see `perfxl.render.ledger_schema`).

Figures are strings of decimals, rates are fractions. Each expression reads the children of its
entry, by `key` or by cell, so that every figure can be computed again from this text alone.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from perfxl import __version__
from perfxl.engine.ledger.entry import Entry, Reason
from perfxl.engine.ledger.record import Asked, TracedFile
from perfxl.formula.evaluate import Value
from perfxl.formula.tree import Binary, Call, CellError, Literal, Name, Node, Reference, Unary
from perfxl.model.number import plain

Object = dict[str, Any]


def render_ledger_json(traced: TracedFile, asked: Sequence[Asked]) -> str:
    """The figures asked for as a JSON text of one object, Chinese unescaped, indented by two."""
    return json.dumps(ledger_object(traced, asked), ensure_ascii=False, indent=2)


def ledger_object(traced: TracedFile, asked: Sequence[Asked]) -> Object:
    """The same as plain dicts and lists, keys in the schema's order."""
    return {
        "perfxl": __version__,
        "path": traced.path,
        "sha256": traced.sha256,
        "unit": traced.unit,
        "year": traced.year,
        "ledgers": [
            {
                "sheet": one.table.sheet,
                "scheme": one.table.scheme
                and {
                    "id": one.table.scheme.id,
                    "version": one.table.scheme.version,
                    "how": one.table.scheme.how,
                },
                "entry": _entry(one.entry),
            }
            for one in asked
        ],
    }


def _entry(entry: Entry) -> Object:
    return {
        "kind": entry.kind.value,
        "key": entry.key,
        "label": entry.label,
        "path": list(entry.path),
        "unit": entry.unit,
        "sheet": entry.place.sheet if entry.place else None,
        "cell": entry.place.cell if entry.place else None,
        "raw": entry.raw,
        "stated": _value(entry.stated),
        "max_score": None if entry.max_score is None else plain(entry.max_score),
        "computed": _value(entry.computed),
        "recomputed": _value(entry.recomputed),
        "difference": None if entry.difference is None else plain(entry.difference),
        "standard": _standard(entry.reason),
        "worked": entry.worked,
        "expression": None if entry.expression is None else expression_object(entry.expression),
        "missing": list(entry.missing),
        "obstacle": entry.obstacle,
        "remark": entry.remark,
        "children": [_entry(child) for child in entry.children],
    }


def _standard(reason: Reason | None) -> Object | None:
    if reason is None:
        return None
    return {
        "sentence": reason.sentence,
        "footing": reason.footing.value,
        "source": reason.source,
    }


def _value(value: Value) -> Object | None:
    """A figure with its type: a text that looks like a number stays a text."""
    match value:
        case bool():
            return {"logical": value}
        case Decimal():
            return {"number": plain(value)}
        case str():
            return {"text": value}
        case CellError():
            return {"error": value.code}
    return None


def expression_object(node: Node) -> Object:
    """An expression as nested objects: value, key, range, op or call."""
    match node:
        case Literal(value):
            return {"value": _value(value)}
        case Name(name):
            return {"key": name}
        case Reference(sheet, area):
            return {"sheet": sheet, "range": area.a1}
        case Unary(sign, operand):
            return {"op": sign, "args": [expression_object(operand)]}
        case Binary(sign, left, right):
            return {"op": sign, "args": [expression_object(left), expression_object(right)]}
        case Call(name, arguments):
            return {"call": name, "args": [expression_object(one) for one in arguments]}
    return {"unread": node.what}
