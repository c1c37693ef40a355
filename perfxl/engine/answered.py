"""What a unit wrote beside a 请核实 of an annotated copy, given to that finding."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from perfxl.model.address import Place
from perfxl.model.cells import Answer
from perfxl.model.finding import Finding, Severity


def with_answers(
    findings: Sequence[Finding], answers: Iterable[Answer], home: str
) -> tuple[Finding, ...]:
    """The findings, those with the answer that was written for them.

    An answer is bound to rule, cell and values: it was given to what the sheet said then, and a
    finding that says something else now is not answered by it. An error is mended, not answered.

    Args:
        findings: of one table.
        answers: all that stand in the file.
        home: the table's sheet.
    """
    given: dict[tuple[str, Place], list[Answer]] = {}
    for answer in answers:
        given.setdefault((answer.code, answer.place), []).append(answer)
    if not given:
        return tuple(findings)
    return tuple(
        replace(finding, answer=_answer(finding, given, home))
        if finding.severity is Severity.VERIFY
        else finding
        for finding in findings
    )


def is_settled(finding: Finding, among: Iterable[Finding]) -> bool:
    """Whether a finding, or the one that brought it about, was answered; errors never are."""
    if finding.severity is Severity.ERROR:
        return False
    cause = finding.caused_by
    return bool(finding.answer) or any(
        cause is not None and one.answer and (one.code, one.place) == (cause.code, cause.place)
        for one in among
    )


def _answer(finding: Finding, given: dict[tuple[str, Place], list[Answer]], home: str) -> str:
    cell = finding.place.cell
    for place in (finding.place, Place(home, cell), Place("", cell)):
        for answer in given.get((finding.code, place), ()):
            if _bare(answer.problem).startswith(_bare(finding.message)):
                return answer.text.strip()
    return ""


def _bare(text: str) -> str:
    return "".join(text.split())
