"""A ledger worked through again from its leaves gives every figure that it holds."""

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfxl.engine.ledger.build import build_ledger
from perfxl.engine.ledger.entry import Entry, Footing, Kind, Reason, walk
from perfxl.engine.ledger.record import Asked, TracedFile, TracedTable
from perfxl.engine.ledger.replay import replay
from perfxl.formula.coerce import Value
from perfxl.formula.evaluate import evaluate
from perfxl.formula.expression import score_expression
from perfxl.formula.keyed import KeyedValues
from perfxl.formula.tree import Binary, Call, CellError, Literal, Name, Node, Reference, Unary
from perfxl.model.address import Place, parse_area
from perfxl.model.sums import score_sum
from perfxl.render.ledger_json import render_ledger_json
from perfxl.render.ledger_page import ledger_pages
from perfxl.render.ledger_text import render_ledger
from perfxl.scheme.load import load_scheme
from perfxl.scheme.model import Scheme, SchemeInput
from tests.unit.engine.ledger.returns import Given, subject_of

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SCHEMES = [load_scheme(folder.parent) for folder in sorted(TEMPLATES.glob("*/scheme.toml"))]
_POINTS = st.decimals(min_value=0, max_value=25, places=2)
_RATES = st.lists(st.decimals(min_value=0, max_value=1, places=4), max_size=5)
_RESULTS = st.sampled_from(
    [("≥10家", "12家"), ("≥10家", "7家"), ("≤10天", "15天"), ("≤200元", "250元"), ("95%", "0.9"),
     ("显著", "显著"), ("≥0", "0"), ("100%", "97.5%"), ("", "")]
)  # fmt: skip
# The bounds of tiers and what lies just beside them.
_EDGES = list(
    map(Decimal, ("0", "0.05", "0.0501", "0.6", "0.75", "0.8999", "0.9", "0.95", "1", "1.0001"))
)


def _given(asked: SchemeInput) -> st.SearchStrategy[Given]:
    if asked.options:
        return st.sampled_from([*asked.options, None])
    numbers = st.decimals(min_value=0, max_value=2 if asked.unit == "%" else 2000, places=3)
    return st.one_of(st.sampled_from(_EDGES), numbers, st.none())


def _drawn(data: st.DataObject, scheme: Scheme) -> dict[str, Any]:
    names = sorted({leaf.name for leaf in scheme.leaves()})
    return {
        "scores": data.draw(st.fixed_dictionaries({n: st.none() | _POINTS for n in names})),
        "inputs": data.draw(st.fixed_dictionaries({i.key: _given(i) for i in scheme.inputs})),
        "rates": data.draw(st.fixed_dictionaries({one.key: _RATES for one in scheme.lists})),
        "total": data.draw(st.none() | _POINTS),
        "own": data.draw(st.dictionaries(st.sampled_from(("甲", "乙")), _RESULTS)),
    }


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.id)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_replay_gives_every_figure__from_the_leaves_alone(
    scheme: Scheme, data: st.DataObject
) -> None:
    ledger = build_ledger(subject_of(scheme, **_drawn(data, scheme)))
    assert replay(_bare(ledger)) == ledger
    read = _entry(json.loads(render_ledger_json(_file(ledger), _asked(ledger)))["ledgers"][0])
    assert _figures(replay(_bare(read))) == _figures(ledger)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.id)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_figures_are_the_standards_own__worked_out_apart(
    scheme: Scheme, data: st.DataObject
) -> None:
    drawn = _drawn(data, scheme)
    subject = subject_of(scheme, **drawn)
    ledger = build_ledger(subject)
    assert subject.form
    assert ledger.computed == score_sum(subject.form.leaves(), scheme.score_decimals)
    known = {wanted.path: wanted for wanted in scheme.leaves()}
    for entry in (one for _, one in walk(ledger) if one.kind is Kind.SCORE):
        wanted = known.get(entry.path)
        if wanted is None or wanted.scoring is None or wanted.max_score is None:
            continue
        expression = score_expression(
            wanted.scoring.shape,
            Literal(wanted.max_score),
            decimals=scheme.score_decimals,
            year=scheme.year,
        )
        if expression is None:
            assert entry.computed is None
            continue
        value = evaluate(expression, _known(scheme, {**drawn["inputs"], **drawn["rates"]}))
        assert entry.computed == (value if isinstance(value, Decimal) else None)
        assert (entry.computed is None) == bool(entry.missing or entry.obstacle)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.id)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_every_form_of_a_ledger_can_be_shown__whatever_is_in_it(
    scheme: Scheme, data: st.DataObject
) -> None:
    ledger = build_ledger(subject_of(scheme, **_drawn(data, scheme)))
    file, asked = _file(ledger), _asked(*(entry for _, entry in walk(ledger)))
    text = render_ledger(file, asked)
    assert text.encode("gbk").decode("gbk") == text
    rows = [row for page in ledger_pages(file, asked[:1]) for row in page.rows]
    assert len(rows) == 4 + sum(1 for _ in walk(ledger))


def _known(scheme: Scheme, given: Mapping[str, Any]) -> KeyedValues:
    """The inputs, and the measures by their definitions, each after those it reads."""
    values = dict(given)
    for measure in scheme.measures:
        values[measure.key] = evaluate(measure.expression, KeyedValues(values))
    return KeyedValues(values)


def _bare(entry: Entry) -> Entry:
    children = tuple(map(_bare, entry.children))
    return replace(entry, computed=None, recomputed=None, children=children)


def _figures(ledger: Entry) -> list[tuple[Value, Value, Value]]:
    return [(one.stated, one.computed, one.recomputed) for _, one in walk(ledger)]


def _file(ledger: Entry) -> TracedFile:
    table = TracedTable("自评表", None, ledger)
    return TracedFile("自评表.xlsx", "0" * 64, "某局", "2023", (table,))


def _asked(*entries: Entry) -> list[Asked]:
    return [Asked(TracedTable("自评表", None, entries[0]), entry) for entry in entries]


def _entry(raw: dict[str, Any]) -> Entry:
    """An entry out of its JSON, read by the published keys alone."""
    raw = raw.get("entry", raw)
    standard = raw["standard"]
    return Entry(
        Kind(raw["kind"]),
        raw["key"],
        raw["label"],
        unit=raw["unit"],
        place=Place(raw["sheet"], raw["cell"]) if raw["cell"] else None,
        stated=_value(raw["stated"]),
        reason=standard and Reason(standard["sentence"], Footing(standard["footing"])),
        expression=raw["expression"] and _node(raw["expression"]),
        children=tuple(map(_entry, raw["children"])),
    )


def _value(raw: dict[str, Any] | None) -> Any:
    if raw is None:
        return None
    ((kind, value),) = raw.items()
    return {"number": Decimal, "text": str, "logical": bool, "error": CellError}[kind](value)


def _node(raw: dict[str, Any]) -> Node:
    if "value" in raw:
        return Literal(_value(raw["value"]))
    if "key" in raw:
        return Name(raw["key"])
    if "range" in raw:
        return Reference(raw["sheet"], parse_area(raw["range"]))
    arguments = tuple(map(_node, raw["args"]))
    if "call" in raw:
        return Call(raw["call"], arguments)
    return Unary(raw["op"], *arguments) if len(arguments) == 1 else Binary(raw["op"], *arguments)
