"""Consequences under their causes: a matter of showing, every finding stays a finding."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from perfxl.model.address import Place
from perfxl.model.finding import Finding

# A stated total that differs from its leaves is always told by itself.
_NEVER_FOLDED = frozenset(("AR104",))


@dataclass(slots=True)
class Folded:
    """A finding with those that are mere consequences of it."""

    finding: Finding
    consequences: list[Finding] = field(default_factory=list)


def fold(findings: Sequence[Finding]) -> list[Folded]:
    """The findings, worst first, each consequence under the finding that explains it.

    Within a severity the given order stays. A consequence is shown by itself when its cause is
    not among the findings or is waived. Waived findings come last, each by itself.
    """
    by_key = {(finding.code, finding.place): finding for finding in reversed(findings)}
    roots = [_root(finding, by_key) for finding in findings]
    shown = {id(f): Folded(f) for f, root in zip(findings, roots, strict=True) if f is root}
    for finding, root in zip(findings, roots, strict=True):
        if finding is not root:
            shown[id(root)].consequences.append(finding)
    return sorted(shown.values(), key=lambda folded: _rank(folded.finding))


def _rank(finding: Finding) -> tuple[bool, int]:
    return finding.waived is not None, finding.severity.rank


def _root(finding: Finding, by_key: dict[tuple[str, Place], Finding]) -> Finding:
    """The finding at the start of a chain of causes; itself when the chain leads nowhere."""
    if finding.waived is not None:
        return finding
    seen = [finding]
    current = finding
    while current.code not in _NEVER_FOLDED and current.caused_by is not None:
        cause = by_key.get((current.caused_by.code, current.caused_by.place))
        if cause is None or cause.waived is not None:
            break
        if any(cause is other for other in seen):  # causes in a circle explain nothing
            return finding
        seen.append(cause)
        current = cause
    return current
