"""Which of a unit's returns counts: a person's word, then the resubmission number, then time."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from perfxl.batch.model import Received
from perfxl.model.grade import Grade
from perfxl.model.number import plain
from perfxl.model.report import Outcome

_DIGITS = {mark: number for number, mark in enumerate("一二三四五六七八九", 1)}
_NUMBER = r"(\d{1,2}|[一二三四五六七八九])"
# Browsers add " (1)" to a second download: a number in brackets counts only without the space.
_TURN = re.compile(rf"复报(?:\s*第?\s*|\(){_NUMBER}(?![\d年月日.])|第?\s*{_NUMBER}\s*次\s*复报")
_FIRST = "初报"
_AGAIN = "复报"
_DATED = {"register": "登记的收到日期", "zip": "压缩包里的日期", "file": "文件时间"}

Totals = tuple[tuple[Decimal | None, Decimal | None, Grade | None], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The return that counts, the others, and why; `received` is None where a person must say."""

    received: Received | None
    others: tuple[Received, ...]
    why: str


def resubmission_in(text: str) -> int | None:
    """The number of the resubmission that a text speaks of: 初报 0, 复报 1, 复报2 2; else None."""
    folded = unicodedata.normalize("NFKC", text)
    numbers = [
        int(digit) if digit.isdigit() else _DIGITS[digit]
        for match in _TURN.finditer(folded)
        for digit in match.groups()
        if digit
    ]
    if numbers:
        return max(numbers)
    if _AGAIN in folded:
        return 1
    return 0 if _FIRST in folded else None


def shown_turn(number: int) -> str:
    """初报, 复报1, 复报2 and so on."""
    return f"{_AGAIN}{number}" if number else _FIRST


def is_readable(received: Received) -> bool:
    """Whether a table could be read in it."""
    return any(entry.outcome is not Outcome.UNREADABLE for entry in received.entries)


def is_unfilled(received: Received) -> bool:
    """Whether not one score stands in its tables: a form sent back as it was sent out."""
    scores = [score for entry in received.entries for score in entry.scores]
    return bool(scores) and all(one.score is None and not one.raw.strip() for one in scores)


def totals_of(received: Received) -> Totals:
    """The totals and grades of its tables, as stated and as added up."""
    return tuple(
        (entry.total.stated, entry.total.computed, entry.grade.stated) for entry in received.entries
    )


def set_copies_aside(
    returns: Sequence[Received], content: dict[str, str]
) -> tuple[list[Received], list[Received]]:
    """Returns of different content, and those that hold the same as one that came before.

    Args:
        returns: of one unit.
        content: digest of what stands in a file, by `Received.shown`; "" where nothing is known.
    """
    kept: list[Received] = []
    copies: list[Received] = []
    first: dict[tuple[str, int], Received] = {}
    for one in sorted(returns, key=_came):
        key = (content.get(one.shown) or one.sha256, one.resubmission)
        if not key[0] or key not in first:
            first[key] = one
            kept.append(one)
        else:
            copies.append(replace(one, is_copy_of=first[key].shown))
    return kept, copies


def choose(returns: Sequence[Received], chosen: Iterable[str] = ()) -> Choice:
    """Which of several readable returns of different content counts.

    Args:
        returns: at least one.
        chosen: those that a person chose, by `Received.shown`.
    """
    ordered = sorted(returns, key=_came)
    picked = [one for one in ordered if one.shown in set(chosen)]
    if len(picked) == 1:
        return _made(picked[0], ordered, "人工选定")
    if picked:
        names = "、".join(one.shown for one in picked)
        return Choice(None, tuple(ordered), f"登记里有{len(picked)}份都写了采用：{names}，请留一份")
    if len(ordered) == 1:
        return _made(ordered[0], ordered, "")
    last = max(one.resubmission for one in ordered)
    latest = [one for one in ordered if one.resubmission == last]
    if len(latest) == 1:
        why = f"有{len(ordered)}份，取次数最大的{shown_turn(last)}"
        return _made(latest[0], ordered, why)
    return _by_time(latest, ordered)


def _by_time(rivals: list[Received], ordered: list[Received]) -> Choice:
    """Of several of the same resubmission number, the one that came last."""
    count = f"有{len(ordered)}份" if len(rivals) == len(ordered) else f"同一次有{len(rivals)}份"
    days = [one.received for one in rivals]
    if None not in days:
        newest = max(day for day in days if day)
        newer = [one for one in rivals if one.received == newest]
        if len(newer) == 1:
            one = newer[0]
            by = "、".join(_DATED[kind] for kind in sorted({r.dated_by for r in rivals}))
            doubt = "，复制过的文件时间不准，请核对" if any(
                r.dated_by == "file" for r in rivals
            ) else ""  # fmt: skip
            return _made(one, ordered, f"{count}，按{by}取最晚的{newest.isoformat()}{doubt}")
        rivals = newer
    if len({totals_of(one) for one in rivals}) == 1:
        best = min(rivals, key=lambda one: (-one.answers, one.shown))
        why = f"{count}，内容不完全相同但总分、等级相同，分不出先后，取“{best.shown}”"
        return _made(best, ordered, why)
    told = "；".join(f"{one.shown} {_total(one)}" for one in rivals)
    why = f"{count}总分不同，分不出先后：{told}。请在回收登记的“采用”栏选一份"
    return Choice(None, tuple(ordered), why)


def _made(one: Received, ordered: Sequence[Received], why: str) -> Choice:
    return Choice(one, tuple(other for other in ordered if other is not one), why)


def _came(one: Received) -> tuple[date, str, str]:
    return (one.received or date.max, one.path, one.member or "")


def _total(one: Received) -> str:
    stated = [entry.total.stated for entry in one.entries]
    return "、".join("无总分" if total is None else f"{plain(total)}分" for total in stated)
