"""退回单: what each unit is told of its return, in Word and as a text to paste into a chat.

Nothing of another unit stands in one, and no unit's contacts: only the bureau's own.
"""

from collections.abc import Sequence
from datetime import date
from enum import Enum

from perfxl.batch.model import ReturnState, Round, UnitOutcome
from perfxl.batch.notice_words import (
    SOON,
    addressed,
    basis_text,
    contact_text,
    deadline,
    form_title,
    signature,
    turn_text,
)
from perfxl.document.notice import Notice, NoticeKind, NoticeRow
from perfxl.engine.answered import is_settled
from perfxl.model.finding import Finding, Severity
from perfxl.model.report import Entry
from perfxl.render.folding import Folded, fold
from perfxl.render.terminal import one_line
from perfxl.render.wording import place_text

MOST_ROWS = 10
FORM_NAME = "部门整体支出绩效自评表"
_TOLD = (Severity.ERROR, Severity.VERIFY)
_CHECKED = (ReturnState.RECEIVED, ReturnState.LATE)
_AGAIN = {
    ReturnState.UNREADABLE: "{whom}报送的{form}电子表打不开，或里面没有读到自评表，请重新报送。",
    ReturnState.SCAN_ONLY: "目前只收到{whom}{form}的扫描件，没有收到电子表，请补报电子表。",
    ReturnState.WRONG_VERSION: "{whom}报送的{form}不是本次下发的版本，请在下发的表上重新填报。",
    ReturnState.WRONG_UNIT: "以{whom}名义报送的{form}，表内的单位与{whom}不符，请核对后重新报送。",
}


class Attachment(Enum):
    """What goes with a 退回单: nothing, an annotated copy, or a list beside the original."""

    NONE = "none"
    ANNOTATED = "annotated"
    LIST = "list"


def notice_of(
    outcome: UnitOutcome,
    round_: Round | None,
    *,
    as_of: date,
    attachment: Attachment = Attachment.NONE,
    form_name: str = FORM_NAME,
) -> Notice | None:
    """What a unit is told; None where it has nothing to be told.

    A return without 必改 and 请核实 gives a short note of kind RECEIVED. A unit that sent nothing
    is a matter of reminders, one with several returns that nobody ranked a matter of the bureau's.

    Args:
        outcome: the unit and the return that counts.
        round_: what the notice cites; None where unknown.
        as_of: the day that it bears.
        attachment: what goes with it.
        form_name: the form's name without its year.
    """
    received = outcome.chosen
    if outcome.state in _AGAIN:
        return _resend(outcome, round_, as_of, form_name)
    if outcome.state not in _CHECKED or received is None:
        return None
    asked = [finding for entry in received.entries for finding in _asked(entry)]
    counts = [sum(finding.severity is severity for finding in asked) for severity in _TOLD]
    rows, left = _rows(received.entries)
    whom = addressed(outcome.unit.name)
    form = form_title(form_name, round_, received)
    opening = f"{whom}{form}{turn_text(received)}已收悉。"
    is_again = received.resubmission > 0
    kind = NoticeKind.CORRECT if rows else NoticeKind.RECEIVED
    if rows:
        opening += _found(counts, is_again=is_again)
    else:
        answered = sum(bool(f.answer) for entry in received.entries for f in entry.findings)
        told = f"请核实的{answered}处已有单位说明，" if answered else ""
        opening += f"经{'复核' if is_again else '初审'}，{told}没有发现需要修改的问题。"
    basis = [finding.basis for finding in asked] if rows else []
    return Notice(
        kind=kind,
        title=f"绩效自评表{'退回单' if rows else '收悉单'}",
        addressee=one_line(outcome.unit.name),
        opening=opening,
        rows=rows,
        more=_more(left, attachment),
        request=_request(attachment, deadline(round_, as_of), counts[1]) if rows else "",
        contact=contact_text(round_) if rows else "",
        signature=signature(round_, as_of),
        basis=basis_text(round_, [one for some in basis for one in some]) if rows else "",
    )


def _found(counts: Sequence[int], *, is_again: bool) -> str:
    """What was found, as in 经初审，有必改3处、请核实2处，现退回修改."""
    pairs = zip(_TOLD, counts, strict=True)
    told = "、".join(f"{severity.label}{n}处" for severity, n in pairs if n)
    verb = "修改" if counts[0] else "核实"
    return (
        f"经复核，仍有{told}，现退回{verb}。" if is_again else f"经初审，有{told}，现退回{verb}。"
    )


def _asked(entry: Entry) -> list[Finding]:
    """What the unit has to see to: what is let pass, or was answered already, is none of it."""
    standing = [f for f in entry.findings if f.severity in _TOLD and f.waived is None]
    return [finding for finding in standing if not is_settled(finding, entry.findings)]


def _rows(entries: Sequence[Entry]) -> tuple[tuple[NoticeRow, ...], int]:
    """The most pressing lines, and how many findings are in none of them."""
    folded = [(one, entry) for entry in entries for one in fold(_asked(entry))]
    folded.sort(key=lambda pair: pair[0].finding.severity.rank)
    shown = folded[:MOST_ROWS]
    has_sheets = len({entry.sheet for entry in entries}) > 1
    rows = [_row(n, one, entry, has_sheets) for n, (one, entry) in enumerate(shown, 1)]
    covered = sum(1 + len(one.consequences) for one, _ in shown)
    return tuple(rows), sum(len(_asked(entry)) for entry in entries) - covered


def _row(number: int, folded: Folded, entry: Entry, has_sheets: bool) -> NoticeRow:
    finding = folded.finding
    home = "" if has_sheets else entry.sheet
    problem = one_line(finding.message)
    also = [place_text(one.place, home) for one in folded.consequences]
    if also:
        problem += f"（{'、'.join(dict.fromkeys(also))}随之有误）"
    return NoticeRow(
        number,
        finding.severity.label,
        place_text(finding.place, home),
        problem,
        one_line(finding.fix),
    )


def _more(left: int, attachment: Attachment) -> str:
    if left <= 0:
        return ""
    if attachment is Attachment.NONE:
        return f"另有{left}处，改好以上各处后一并核对。"
    return f"另有{left}处见附件“校验结果”页。"


def _request(attachment: Attachment, when: str, to_verify: int) -> str:
    """What to do, and until when."""
    file_it = f"{when}报复报电子表及盖章PDF。"
    if attachment is Attachment.ANNOTATED:
        answer = "核实事项写在“单位说明”栏，" if to_verify else ""
        keep = "标色、批注不必手工删除。"
        return f"请直接在所附标注表上修改，{answer}{file_it}{keep}"
    answer = "核实无误的事项请附书面说明，" if to_verify else ""
    listed = "对照所附清单" if attachment is Attachment.LIST else ""
    return f"请{listed}在原表上修改，{answer}{file_it}"


def _file_again(when: str) -> str:
    at = when if when == SOON else f"于{when}"
    return f"请{at}报送电子表及盖章PDF。"


def _resend(outcome: UnitOutcome, round_: Round | None, as_of: date, form_name: str) -> Notice:
    """What a unit is told of a return that cannot be judged; other units' names are left out."""
    whom = addressed(outcome.unit.name)
    opening = _AGAIN[outcome.state].format(whom=whom, form=form_title(form_name, round_, None))
    rows: tuple[NoticeRow, ...] = ()
    if outcome.state is ReturnState.UNREADABLE:
        entries = [entry for one in outcome.others for entry in one.entries]
        rows, _ = _rows([entry for entry in entries if not entry.sheet])
    return Notice(
        kind=NoticeKind.RESEND,
        title="绩效自评表退回单",
        addressee=one_line(outcome.unit.name),
        opening=opening,
        rows=rows,
        more="",
        request=_file_again(deadline(round_, as_of)),
        contact=contact_text(round_),
        signature=signature(round_, as_of),
        basis=basis_text(round_, ()),
    )
