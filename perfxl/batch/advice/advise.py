"""The rules over a round fed with what counts, and what they saw put in order."""

from collections.abc import Sequence

from perfxl.batch.advice.model import Advice, Advised
from perfxl.batch.summary.counted import Counted
from perfxl.batch.summary.table import Source
from perfxl.engine.judge import CRASHED, fill_in, nest_quotes
from perfxl.engine.selection import select_round_rules
from perfxl.model.address import Place
from perfxl.model.finding import Failure, Skip
from perfxl.rules.sighting import Filed, RoundRule, Sighting


def advise(tables: Sequence[Counted], rules: Sequence[RoundRule] | None = None) -> Advised:
    """Advice for spot checks, ranked by weight, then by code and unit: the same for any order.

    Args:
        tables: what counts in the round.
        rules: the rules to run; those that run by default when None.
    """
    filed = [one.filed for one in tables]
    found: list[Advice] = []
    skipped: list[Skip] = []
    failures: list[Failure] = []
    for rule in select_round_rules() if rules is None else rules:
        reason = next((need.value for need in rule.needs if not need.is_met(filed)), "")
        if reason:
            skipped.append(Skip(rule.code, reason))
            continue
        try:
            found += [_advice(rule, sighting) for sighting in rule.body(filed)]
        except Exception as crash:  # the tool's own fault is reported, and the others go on
            told = " ".join(f"{type(crash).__name__}: {crash}".split())
            failures.append(Failure(CRASHED, rule.code, told[:200]))
    ranked = sorted(found, key=lambda each: (-each.weight, each.code, each.codes, each.message))
    return Advised(tuple(ranked), tuple(skipped), tuple(failures))


def _advice(rule: RoundRule, seen: Sighting) -> Advice:
    return Advice(
        rule.code,
        rule.slug,
        rule.title,
        tuple(one.code for one in seen.tables),
        tuple(one.unit for one in seen.tables),
        tuple(map(_source, seen.tables, seen.places)),
        seen.weight,
        nest_quotes(fill_in(rule.message, seen.params)),
        nest_quotes(fill_in(rule.fix, seen.params)),
    )


def _source(one: Filed, place: Place) -> Source:
    return Source(one.entry.path, one.entry.member, place.sheet, place.cell)
