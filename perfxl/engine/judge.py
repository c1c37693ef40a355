"""Judging: run the rules over a reading and put their hits into words and order."""

import re
from collections.abc import Sequence

from perfxl.engine.selection import default_rules
from perfxl.engine.summary import missed_targets, shortfalls
from perfxl.model.address import Place, from_a1
from perfxl.model.finding import Cause, Failure, Finding, Severity, Skip, Verdict
from perfxl.rules.base import Hit, Rule, Scope, Subject, Unchecked

CRASHED = "PX000"
_SUSPENDED = "规则已暂停"
_FIELD = re.compile(r"\{([a-z_]+)\}")
_RAW_FIELDS = ("name", "provided", "expected")
_INNER = {"“": "‘", "”": "’"}
_MOST_NAMED = 5  # indicators named for one reason
_LONGEST_QUOTE = 40  # a cell may hold pages of text; the message quotes its beginning


def judge(
    subject: Subject, rules: Sequence[Rule] | None = None, scope: Scope | None = None
) -> Verdict:
    """What the rules find in a subject.

    Args:
        subject: the reading and, for rules of scope FORM, one score table of it.
        rules: the rules to run; those that run by default when None.
        scope: only rules that run once a workbook (BOOK) or once a score table (FORM); both
            when None.

    Returns:
        Findings in the order of sheet, row, column and code; rules that could not run, or not for
        every indicator, with the reason; rules that crashed as failures; shortfalls and missed
        targets of the subject.
    """
    hits: list[tuple[Rule, Hit]] = []
    skipped: list[Skip] = []
    failures: list[Failure] = []
    for rule in default_rules() if rules is None else rules:
        if scope is not None and rule.scope is not scope:
            continue
        reason = _why_not(rule, subject)
        if reason:
            skipped.append(Skip(rule.code, reason))
            continue
        try:
            told = list(rule.body(subject))
            hits += [(rule, one) for one in told if isinstance(one, Hit)]
            skipped += _unchecked(rule, [one for one in told if isinstance(one, Unchecked)])
        except Exception as crash:  # the tool's own fault is reported, and the others go on
            failures.append(Failure(CRASHED, rule.code, _one_line(crash)))
    return Verdict(
        _in_order(_findings(hits), subject),
        tuple(skipped),
        tuple(failures),
        shortfalls(subject.form) if subject.form and scope is not Scope.BOOK else (),
        missed_targets(subject.returned) if scope is not Scope.FORM else (),
    )


def _why_not(rule: Rule, subject: Subject) -> str:
    """Why a rule cannot run, or "" when it can."""
    if rule.status == "suspended":
        return _SUSPENDED
    return next((need.value for need in rule.needs if not need.is_met(subject)), "")


def _unchecked(rule: Rule, told: Sequence[Unchecked]) -> list[Skip]:
    """What a rule that ran had to leave aside, in one sentence; nothing when there is none."""
    by_reason: dict[str, list[str]] = {}
    for one in told:
        by_reason.setdefault(one.reason, []).append(f"“{one.name}”")
    parts = [f"{reason}：{_listed(names)}" for reason, names in by_reason.items()]
    return [Skip(rule.code, "；".join(parts))] if parts else []


def _listed(names: Sequence[str]) -> str:
    more = f"等{len(names)}项" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more


def _one_line(crash: Exception) -> str:
    return " ".join(f"{type(crash).__name__}: {crash}".split())[:200]


def _findings(hits: Sequence[tuple[Rule, Hit]]) -> list[Finding]:
    """Findings in words, consequences linked to the error that explains them."""
    errors: dict[Place, list[str]] = {}
    for rule, hit in hits:
        if (hit.severity or rule.severity) is Severity.ERROR:
            errors.setdefault(hit.place, []).append(rule.code)
    return [_finding(rule, hit, errors) for rule, hit in hits]


def _finding(rule: Rule, hit: Hit, errors: dict[Place, list[str]]) -> Finding:
    words = {
        **hit.params,
        "name": hit.path[-1] if hit.path else "",
        "provided": hit.provided,
        "expected": hit.expected,
        "difference": hit.difference,
        "cell": hit.place.cell,
    }
    return Finding(
        code=rule.code,
        slug=rule.slug,
        severity=hit.severity or rule.severity,
        place=hit.place,
        path=hit.path,
        provided=hit.provided,
        expected=hit.expected,
        difference=hit.difference,
        message=nest_quotes(fill_in(hit.message or rule.message, words)),
        fix=nest_quotes(fill_in(hit.fix or rule.fix, words)),
        basis=rule.basis,
        caused_by=_cause(rule, hit, errors),
    )


def fill_in(template: str, words: dict[str, str]) -> str:
    """A template with its fields replaced once; braces that came out of a cell stay as they are.

    Long words are cut: a cell may hold pages of text.
    """
    return _FIELD.sub(
        lambda match: _quoted(match[1], words[match[1]]) if match[1] in words else match[0],
        template,
    )


def _quoted(field: str, word: str) -> str:
    """A word on one line, cut where it came out of a cell."""
    flat = " ".join(word.split())
    is_raw = field in _RAW_FIELDS and len(flat) > _LONGEST_QUOTE
    return f"{flat[:_LONGEST_QUOTE]}…" if is_raw else flat


def nest_quotes(sentence: str) -> str:
    """A sentence with the quotes inside quotes single: ““三公”经费” becomes “‘三公’经费”.

    Names of indicators hold quotes themselves. Where quotes do not pair up, a cell was quoted
    that has half of one, and nothing is changed.
    """
    depth, told = 0, []
    for character in sentence:
        depth -= character == "”"
        if depth < 0:
            return sentence
        told.append(_INNER.get(character, character) if depth else character)
        depth += character == "“"
    return "".join(told) if depth == 0 else sentence


def _cause(rule: Rule, hit: Hit, errors: dict[Place, list[str]]) -> Cause | None:
    """The error at the cell that the hit names, unless it is this very finding."""
    if hit.cause is None:
        return None
    codes = errors.get(hit.cause, [])
    others = [code for code in codes if code != rule.code or hit.cause != hit.place]
    return Cause(others[0], hit.cause) if others else None


def _in_order(findings: Sequence[Finding], subject: Subject) -> tuple[Finding, ...]:
    """File-level findings first, then by sheet as read, row, column and code."""
    rank = {sheet: index for index, sheet in enumerate(_sheets(subject))}

    def key(finding: Finding) -> tuple[int, str, int, int, str]:
        place = finding.place
        row, column = from_a1(place.cell) if place.cell else (0, 0)
        known = -1 if not place.sheet else rank.get(place.sheet, len(rank))
        return known, place.sheet, row, column, finding.code

    return tuple(sorted(findings, key=key))


def _sheets(subject: Subject) -> list[str]:
    """Sheets in the order in which a reader meets them: the form's own first."""
    returned = subject.returned
    names = [subject.form.sheet] if subject.form else []
    names += [form.sheet for form in returned.forms]
    names += [table.sheet for table in returned.task_tables]
    names += [table.sheet for table in returned.target_tables]
    return list(dict.fromkeys(names))
