"""Forms for the tests of schemes: built from a scheme, then changed."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from perfxl.model.address import Area, Place
from perfxl.model.form import Group, Indicator, SelfEvaluationForm, Text
from perfxl.model.number import Number, NumberKind
from perfxl.scheme.load import load_scheme
from perfxl.scheme.model import Scheme, SchemeGroup, SchemeIndicator

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
SHEET = "自评表"


def shipped(scheme_id: str) -> Scheme:
    return load_scheme(TEMPLATES / scheme_id)


@dataclass
class Row:
    """A leaf to be: path with its own name, cap."""

    path: tuple[str, ...]
    cap: str | None


Change = Callable[[list[Row]], list[Row] | None]


def rows_of(scheme: Scheme) -> list[Row]:
    return [Row(leaf.path, str(leaf.max_score)) for leaf in scheme.leaves()]


def form_like(scheme: Scheme, change: Change = lambda rows: None) -> SelfEvaluationForm:
    """A form with the scheme's leaves after a change; `change` edits the rows or returns others."""
    rows = rows_of(scheme)
    changed = change(rows)
    return form_of(rows if changed is None else changed, caps_of(scheme))


def caps_of(scheme: Scheme) -> dict[tuple[str, ...], Decimal]:
    return {group.path: group.max_score for group in scheme.groups()}


def form_of(
    rows: list[Row], caps: dict[tuple[str, ...], Decimal] | None = None
) -> SelfEvaluationForm:
    groups: dict[tuple[str, ...], Group] = {}
    roots: list[Group] = []
    for number, row in enumerate(rows, start=2):
        for depth in range(1, len(row.path)):
            path = row.path[:depth]
            if path in groups:
                continue
            cap = (caps or {}).get(path)
            groups[path] = Group(
                depth, path, _text(path[-1], number, depth), _number(cap, number, depth)
            )
            siblings = roots if depth == 1 else groups[path[:-1]].children
            siblings.append(groups[path])
        cap = None if row.cap is None else Decimal(row.cap)
        groups[row.path[:-1]].children.append(
            Indicator(
                row.path,
                _text(row.path[-1], number, 5),
                number,
                _number(cap, number, 6),
                _number(cap, number, 8) or Number(Place(SHEET, "H1"), NumberKind.BLANK, None, ""),
            )
        )
    return SelfEvaluationForm(SHEET, Area(1, 1, len(rows) + 1, 8), roots, False, False)


def names(pairs: object) -> list[tuple[str, str]]:
    """(form's name, scheme's name) of aligned pairs."""
    assert isinstance(pairs, tuple)
    return [(mine.name.value, wanted.name) for mine, wanted in pairs]


def last_names(nodes: tuple[SchemeGroup | SchemeIndicator, ...]) -> list[str]:
    return [node.name for node in nodes]


def _text(value: str, row: int, column: int) -> Text:
    return Text(value, Place(SHEET, f"{chr(64 + column)}{row}"))


def _number(value: Decimal | None, row: int, column: int) -> Number | None:
    if value is None:
        return None
    return Number(Place(SHEET, f"{chr(64 + column)}{row}"), NumberKind.NUMBER, value, str(value))
