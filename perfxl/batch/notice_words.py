"""The phrases of a 退回单: how a unit is addressed, what came of it, until when it is due."""

import re
from collections.abc import Iterable
from datetime import date

from perfxl.batch.choosing import shown_turn
from perfxl.batch.model import Received, Round
from perfxl.model.finding import Basis
from perfxl.render.terminal import one_line

SOON = "尽快"
_HOUR = "17:00"  # the end of an office's day
_MOST_DOCUMENTS = 4
_OFFICES = (
    "管委会", "委员会", "办公室", "街道", "中心", "局", "委", "办", "厅", "院", "校", "所",
    "镇", "乡",
)  # fmt: skip
_SHORT = {"委员会": "委", "办公室": "办"}
_TITLE_MARKS = str.maketrans("", "", "《》")
_YEAR = re.compile(r"(?:19|20)\d\d")


def addressed(unit_name: str) -> str:
    """How a unit is spoken to: 某局 → 贵局; 贵单位 where its name does not say what it is."""
    name = re.sub(r"[（(][^（）()]*[)）]$", "", one_line(unit_name)).strip()
    kind = next((kind for kind in _OFFICES if name.endswith(kind)), "单位")
    return f"贵{_SHORT.get(kind, kind)}"


def form_title(form_name: str, round_: Round | None, received: Received | None) -> str:
    """《2024年度部门整体支出绩效自评表》; without a year where nobody says which."""
    year = str(round_.year) if round_ else ""
    if not year and received is not None:
        stated = " ".join(entry.year for entry in received.entries)
        found = _YEAR.search(stated)
        year = found[0] if found else ""
    return f"《{year}年度{form_name}》" if year else f"《{form_name}》"


def turn_text(received: Received) -> str:
    """（初报）, （复报1）."""
    return f"（{shown_turn(received.resubmission)}）"


def deadline(round_: Round | None, as_of: date) -> str:
    """4月25日17:00前; 尽快 where there is no such day, or it is over; the year where it differs."""
    due = round_.resubmission_due if round_ else None
    if due is None or due < as_of:
        return SOON
    year = f"{due.year}年" if due.year != as_of.year else ""
    return f"{year}{due.month}月{due.day}日{_HOUR}前"


def contact_text(round_: Round | None) -> str:
    """联系人：某某，电话：…; the bureau's own, never a unit's."""
    if round_ is None:
        return ""
    named = (("联系人", round_.contact), ("电话", round_.phone))
    return "，".join(f"{label}：{one_line(value)}" for label, value in named if value.strip())


def signature(round_: Round | None, day: date) -> tuple[str, ...]:
    """Bureau, office and date, a line each."""
    signed = (round_.bureau, round_.office) if round_ else ()
    date_line = f"{day.year}年{day.month}月{day.day}日"
    return (*(one_line(text) for text in signed if text.strip()), date_line)


def basis_text(round_: Round | None, rests_on: Iterable[Basis]) -> str:
    """《通知》（文号）: what the round rests on; where nobody says, what the findings rest on."""
    own = _document(round_.notice, round_.doc_no) if round_ else ""
    if own:
        return own
    named = (_document(basis.title, basis.doc_no) for basis in rests_on if basis.doc_no)
    return "、".join(list(dict.fromkeys(filter(None, named)))[:_MOST_DOCUMENTS])


def _document(title: str, doc_no: str) -> str:
    title, doc_no = one_line(title).translate(_TITLE_MARKS), one_line(doc_no)
    if not title:
        return doc_no
    return f"《{title}》" + (f"（{doc_no}）" if doc_no else "")
