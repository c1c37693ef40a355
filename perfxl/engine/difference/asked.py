"""Which findings asked for a change: what nobody asked for was changed in silence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from perfxl.engine.difference.record import Change, What
from perfxl.model.finding import Finding
from perfxl.scheme.pairing import name_key

_CELL = re.compile(r"(?<![A-Za-z\d!])[A-Z]{1,3}[1-9]\d{0,6}(?![A-Za-z\d])", re.ASCII)
_QUOTED = re.compile(r"[“‘「]([^“”‘’「」]+)[”’」]")
_WORDS = frozenset((What.REASON, What.ACTION))
_ON_WORDS = ("NR",)  # families that ask for words only
_ON_CAPS = frozenset(("AR101", "ST105", "ST106", "RQ104"))
# What a finding at another cell may ask for by naming the indicator. A score over its cap asks for
# another score and no other cap, a missed target for no other target.
_BY_NAME = frozenset(
    (What.SCORE, What.SUBTOTAL, What.ACTUAL, What.NAME, What.ADDED, What.REMOVED)
)  # fmt: skip


def with_askers(changes: Sequence[Change], findings: Sequence[Finding]) -> tuple[Change, ...]:
    """The changes with the codes of the first version's findings that asked for them.

    A finding asks for a change of its own cell, of cells and indicators that its sentences name,
    and of scores below its group, unless it only follows from another finding: then that one says
    which score. One that asks for words (原因, 措施) asks for no figure.
    """
    return tuple(
        replace(change, asked_by=tuple(sorted({f.code for f in _askers(change, findings)})))
        for change in changes
    )


def _askers(change: Change, findings: Sequence[Finding]) -> Iterator[Finding]:
    for finding in findings:
        if finding.waived is None and _asks(finding, change):
            yield finding


def _asks(finding: Finding, change: Change) -> bool:
    is_on_words = finding.code.startswith(_ON_WORDS)
    if is_on_words and change.what not in _WORDS:
        return False
    place = change.before_place or change.after_place
    if place is not None and finding.place == place:
        return True
    if change.what in _WORDS:
        return bool(change.path) and _keys(finding.path) == _keys(change.path)
    is_on_caps = change.what is What.MAX_SCORE and finding.code in _ON_CAPS
    return (is_on_caps or change.what in _BY_NAME) and (
        _is_named(change, finding) or _is_below(change, finding)
    )


def _is_named(change: Change, finding: Finding) -> bool:
    """Whether the finding's sentences name the cell or the indicator."""
    said = finding.message + finding.fix
    place = change.before_place or change.after_place
    if place is not None and place.sheet == finding.place.sheet and place.cell in _cells(said):
        return True
    quoted = map(name_key, _QUOTED.findall(said))
    return bool(change.path) and name_key(change.path[-1]) in quoted


def _is_below(change: Change, finding: Finding) -> bool:
    """Whether a score stands below the group that the finding is about."""
    above, path = _keys(finding.path), _keys(change.path)
    is_inside = 0 < len(above) < len(path) and path[: len(above)] == above
    return change.what is What.SCORE and is_inside and finding.caused_by is None


def _cells(text: str) -> set[str]:
    return set(_CELL.findall(text))


def _keys(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(name_key, path))
