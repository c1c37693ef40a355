"""A 退回单: what a unit is told of its return, every sentence ready to print."""

from dataclasses import dataclass
from enum import Enum


class NoticeKind(Enum):
    """Why it is written: to be changed, to be sent again, or merely received."""

    CORRECT = "退回修改"
    RESEND = "重新报送"
    RECEIVED = "已收"


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A line of the table: 序号, 位置, 问题, 怎么改; `severity` is 必改 or 请核实."""

    number: int
    severity: str
    place: str
    problem: str
    fix: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A 退回单; "" or () for what there is nothing to say of.

    Attributes:
        kind: why it is written.
        title: over the page.
        addressee: the unit's name.
        opening: what came, and what was found in it.
        rows: what must be changed first, then what is to verify.
        more: how many lines there are besides.
        request: what to do, until when.
        contact: whom to ask.
        signature: bureau, office and date, a line each.
        basis: the documents that it rests on.
    """

    kind: NoticeKind
    title: str
    addressee: str
    opening: str
    rows: tuple[NoticeRow, ...]
    more: str
    request: str
    contact: str
    signature: tuple[str, ...]
    basis: str


def notice_text(notice: Notice) -> str:
    """The 退回单 as plain text to paste into a chat, without a final line break."""
    lines = [f"{notice.addressee}：", notice.opening]
    for row in notice.rows:
        fix = f"怎么改：{row.fix}" if row.fix else ""
        lines.append(f"{row.number}. 【{row.severity}】{row.place} {_ended(row.problem)}{fix}")
    lines += [notice.more, notice.request, notice.contact, *notice.signature]
    if notice.basis:
        lines.append(f"依据：{notice.basis}")
    return "\n".join(line for line in lines if line)


def _ended(sentence: str) -> str:
    """The sentence with a full stop where it has no end of its own."""
    return sentence if sentence.endswith(("。", "！", "？", "；")) else f"{sentence}。"
