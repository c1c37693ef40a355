"""Which figure of a ledger a person means: by name, part of it, path, cell, or 总分."""

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches

from perfxl.engine.ledger.entry import Entry, Kind, walk
from perfxl.model.address import from_a1
from perfxl.scheme.pairing import name_key

_SEPARATORS = re.compile(r"[>›/·|→\\\s]+")
_CELL = re.compile(r"(?:(?P<sheet>.+)!)?(?P<cell>\$?[A-Za-z]{1,3}\$?\d{1,7})\Z")
_TOTALS = ("总分", "合计", "total")
_MOST = 5
_ALIKE = 0.5


def find(ledgers: Sequence[Entry], wanted: str) -> list[Entry]:
    """The figures that are meant, in their order; one where it is clear.

    The whole name wins over a part of it, indicators over the figures they rest on, and a group
    over an indicator of its own name only where the path says so.
    """
    if name_key(wanted) in _TOTALS:
        return list(ledgers)
    known = [entry for ledger in ledgers for _, entry in walk(ledger)]
    at = _at_cell(known, wanted)
    if at:
        return at
    key = name_key(wanted)
    if not key:
        return []
    parts = [name_key(part) for part in _SEPARATORS.split(wanted) if name_key(part)]
    ranks: tuple[Callable[[Entry], bool], ...] = (
        lambda e: _is_indicator(e) and key == name_key(_name(e)),
        lambda e: _is_indicator(e) and key in (_joined(e), name_key(e.label)),
        lambda e: e.kind in (Kind.SCORE, Kind.ADJUSTMENT) and _is_part(parts, e),
        lambda e: e.kind is Kind.GROUP and _is_part(parts, e),
        lambda e: not _is_indicator(e) and key == name_key(e.label),
        lambda e: not _is_indicator(e) and key in name_key(e.label),
    )
    for fits in ranks:
        found = _distinct([entry for entry in known if fits(entry)])
        if found:
            scores = [entry for entry in found if entry.kind is Kind.SCORE]
            return scores if len(scores) == 1 else found
    return []


def alike(ledgers: Sequence[Entry], wanted: str) -> list[str]:
    """Names like the one that was not found, the most similar first."""
    names: dict[str, str] = {}
    for ledger in ledgers:
        for _, entry in walk(ledger):
            if _is_indicator(entry):
                names.setdefault(name_key(_name(entry)), _name(entry))
    close = get_close_matches(name_key(wanted), names, n=_MOST, cutoff=_ALIKE)
    return [names[key] for key in close]


def _at_cell(known: Sequence[Entry], wanted: str) -> list[Entry]:
    match = _CELL.match(wanted.strip())
    if match is None:
        return []
    cell = match["cell"].replace("$", "").upper()
    sheet = (match["sheet"] or "").strip("'")
    try:
        from_a1(cell)
    except ValueError:
        return []
    found = [
        entry
        for entry in known
        if entry.place and entry.place.cell == cell and sheet in ("", entry.place.sheet)
    ]
    # A cell of the score table is meant before one of the same address on another sheet.
    scored = [entry for entry in found if _is_indicator(entry) or entry.kind is Kind.TOTAL]
    return _distinct(scored or found)


def _is_indicator(entry: Entry) -> bool:
    return entry.kind in (Kind.SCORE, Kind.ADJUSTMENT, Kind.GROUP)


def _name(entry: Entry) -> str:
    """Its last name; rows beyond full marks may stand in a group without one."""
    return entry.path[-1] if entry.path else entry.label


def _joined(entry: Entry) -> str:
    return "".join(map(name_key, entry.path))


def _is_part(parts: Sequence[str], entry: Entry) -> bool:
    """Whether the last part is in the name, and those before it in names above, in order."""
    *above, last = parts
    names = list(map(name_key, entry.path or (entry.label,)))
    if not last or last not in names.pop():
        return False
    for part in reversed(above):
        while names and part not in names[-1]:
            names.pop()
        if not names:
            return False
        names.pop()
    return True


def _distinct(found: Sequence[Entry]) -> list[Entry]:
    """Without the same cell twice: an input may serve several indicators."""
    seen: set[object] = set()
    kept = []
    for entry in found:
        key: object = (entry.kind, entry.place, entry.path, entry.label)
        if key not in seen:
            seen.add(key)
            kept.append(entry)
    return kept
