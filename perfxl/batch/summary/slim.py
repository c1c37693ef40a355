"""A round without what a summary must not carry: contacts, and what it has no use for.

Two summaries are made of the same stuff whether it comes from the files or from other summaries.
"""

from dataclasses import replace

from perfxl.batch.model import Collection, Received, Round, Unit, UnitOutcome
from perfxl.model.finding import Finding
from perfxl.model.report import Entry


def slim(collection: Collection) -> Collection:
    """The round without contacts, and without what no summary shows."""
    return replace(
        collection,
        round=_round(collection.round) if collection.round else None,
        outcomes=tuple(map(_outcome, collection.outcomes)),
        strangers=tuple(map(_aside, collection.strangers)),
        remarks=(),
    )


def _round(one: Round) -> Round:
    return replace(one, contact="", phone="")


def _unit(unit: Unit) -> Unit:
    return replace(unit, contact="", phone="", particulars={})


def _outcome(outcome: UnitOutcome) -> UnitOutcome:
    chosen = outcome.chosen
    return replace(
        outcome,
        unit=_unit(outcome.unit),
        chosen=_slim(chosen) if chosen else None,
        others=tuple(map(_aside if chosen else _slim, outcome.others)),
    )


def _slim(received: Received) -> Received:
    return replace(received, entries=tuple(map(_entry, received.entries)))


def _aside(received: Received) -> Received:
    """A file that does not count: where it lies and what it is, not what stands in it."""
    return replace(received, entries=())


def _entry(entry: Entry) -> Entry:
    findings = tuple(map(_finding, entry.findings))
    return replace(entry, findings=findings, tables=(), skipped=(), decisions=())


def _finding(finding: Finding) -> Finding:
    return replace(finding, basis=())
