"""Highlights for the cells of a return: one look a cell, the worst; the notes of all."""

from dataclasses import replace
from decimal import Decimal

from perfxl.model.address import Place
from perfxl.model.annotation import NOTE_MARK
from perfxl.model.finding import Finding, Severity, Shortfall
from perfxl.model.number import shown
from perfxl.model.page import Mark, MarkKind
from perfxl.model.report import Entry
from perfxl.render.wording import percent_text, place_text, written_text

_LONGEST_NOTE = 1200  # letters; the note box of a cell is not a page
_KINDS = {
    Severity.ERROR: MarkKind.ERROR,
    Severity.VERIFY: MarkKind.VERIFY,
    Severity.NOTICE: MarkKind.NOTICE,
}
_RANKS = {kind: rank for rank, kind in enumerate(MarkKind)}
_SMALL, _LARGE = Decimal("0.1"), Decimal("0.5")


def shortfall_kind(shortfall: Shortfall) -> MarkKind:
    """The depth of amber by the share of points lost: below 10 %, below half, half or more."""
    if shortfall.lost_rate >= _LARGE:
        return MarkKind.SHORT_3
    return MarkKind.SHORT_2 if shortfall.lost_rate >= _SMALL else MarkKind.SHORT_1


def marks(entry: Entry) -> list[Mark]:
    """The highlights of a table's findings and shortfalls, one a cell, in their order.

    What concerns no cell (the file as a whole) has no mark, nor has what is waived; both stand
    on the result sheet.
    """
    kinds: dict[Place, MarkKind] = {}
    notes: dict[Place, list[str]] = {}
    standing = [finding for finding in entry.findings if finding.waived is None]
    causes = {(finding.code, finding.place) for finding in standing}
    told = [(f.place, _KINDS[f.severity], finding_note(_rooted(f, causes))) for f in standing]
    told += [(s.place, shortfall_kind(s), shortfall_note(s)) for s in entry.shortfalls]
    for place, kind, note in sorted(told, key=lambda one: _RANKS[one[1]]):
        if place.sheet and place.cell:
            kinds.setdefault(place, kind)
            notes.setdefault(place, []).append(note)
    return [Mark(place, kind, _joined(notes[place])) for place, kind in kinds.items()]


def _rooted(finding: Finding, causes: set[tuple[str, Place]]) -> Finding:
    """The finding without a cause that is waived: nobody should be sent to change that first."""
    cause = finding.caused_by
    is_known = cause is not None and (cause.code, cause.place) in causes
    return finding if is_known else replace(finding, caused_by=None)


def finding_note(finding: Finding) -> str:
    """必改 and what is wrong, what to do on the next line, the code last."""
    lines = [f"{finding.severity.label} {finding.message}{_unsaid(finding)}"]
    if finding.caused_by:
        cause = place_text(finding.caused_by.place, finding.place.sheet)
        lines.append(f"由{cause}引起，先改{cause}")
    if finding.fix:
        lines.append(f"怎么改：{finding.fix}")
    lines.append(finding.code)
    return "\n".join(lines)


def shortfall_note(shortfall: Shortfall) -> str:
    """失分, the figures, and what of reason and action is still missing."""
    cap, score, lost = (shown(n) for n in (shortfall.max_score, shortfall.score, shortfall.lost))
    share = percent_text(shortfall.lost_rate)
    missing = [
        label
        for label, text in (("未达标原因", shortfall.reason), ("改进措施", shortfall.action))
        if written_text(text) == "未写"
    ]
    tail = f"；还没有写{'和'.join(missing)}" if missing else ""
    return f"失分 得{score}分，分值{cap}分，失{lost}分（{share}）{tail}"


def _unsaid(finding: Finding) -> str:
    """What stands there and what was expected, where the message does not say it."""
    parts = []
    if finding.provided and finding.provided not in finding.message:
        parts.append(f"现为{finding.provided}")
    if finding.expected and finding.expected not in finding.message:
        parts.append(f"应为{finding.expected}")
    return f"（{'，'.join(parts)}）" if parts else ""


def _joined(notes: list[str]) -> str:
    text = NOTE_MARK + "\n\n".join(notes)
    return text if len(text) <= _LONGEST_NOTE else f"{text[: _LONGEST_NOTE - 1]}…"
