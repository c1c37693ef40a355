"""What became of each unit: its state, the return that counts, and a sentence that says why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from perfxl.batch.choosing import (
    Choice,
    choose,
    is_readable,
    is_unfilled,
    set_copies_aside,
    shown_turn,
)
from perfxl.batch.matching import Directory
from perfxl.batch.model import (
    Issued,
    Received,
    ReturnState,
    Round,
    Unit,
    UnitOutcome,
    UnitState,
)
from perfxl.scheme.stamp import Stamp

_BY = {"register": "登记", "zip": "压缩包里的日期", "file": "文件时间，复制过的不准"}


@dataclass(frozen=True, slots=True)
class Came:
    """A file that came, with what is not kept of it afterwards."""

    received: Received
    content: str = ""
    stamp: Stamp | None = None
    is_chosen: bool = False  # by a person
    is_other_unit: bool = False
    is_scan: bool = False
    likely: tuple[str, ...] = ()  # codes of units that it may be of, where nobody can tell


@dataclass(frozen=True, slots=True)
class Expected:
    """What was to come: by when, of which scheme and version."""

    as_of: date
    round: Round | None
    issued: Mapping[str, Issued]
    scheme_id: str = ""
    version: str = ""
    issue_ids: frozenset[str] = frozenset()  # of the whole ledger

    def due(self, code: str) -> date | None:
        """The day by which a unit has to file."""
        issued = self.issued.get(code)
        if issued and issued.due:
            return issued.due
        return self.round.due if self.round else None

    def other_version(self, came: Came) -> str:
        """Why a return is not of the version that was sent; "" where nothing speaks against it."""
        issued = self.issued.get(came.received.code)
        scheme_id = issued.scheme_id if issued else self.scheme_id
        version = issued.version if issued else self.version
        entries = came.received.entries
        header = next((e.scheme for e in entries if e.scheme and e.scheme.how == "header"), None)
        stamp = came.stamp
        if stamp and scheme_id and stamp.scheme_id != scheme_id:
            return f"是方案{stamp.scheme_id}的表，本轮发的是{scheme_id}"
        if stamp and version and stamp.version and stamp.version != version:
            return f"是第{stamp.version}版的表，下发的是第{version}版"
        if stamp and issued and stamp.issue and stamp.issue not in self.issue_ids:
            return f"下发编号是{stamp.issue}，台账上是{issued.issue_id}，不是本轮发的那份"
        if not stamp and header and scheme_id and header.id != scheme_id:
            return f"看表头是方案{header.id}的表，本轮发的是{scheme_id}"
        year = next((entry.year for entry in entries if entry.year), "")
        if self.round and year and year != str(self.round.year):
            return f"是{year}年度的表，本轮是{self.round.year}年度"
        return ""


def decide(
    units: Sequence[Unit], directory: Directory, came: Sequence[Came], expected: Expected
) -> Iterator[UnitOutcome]:
    """The outcome of every unit, in the list's order."""
    by_code: dict[str, list[Came]] = {}
    # Code → what may be a return of it all the same: why, and the file.
    elsewhere: dict[str, list[tuple[str, str]]] = {}
    for one in came:
        by_code.setdefault(one.received.code, []).append(one)
        for code in one.likely:
            told = "认不出的文件里有一份像是本单位的"
            elsewhere.setdefault(code, []).append((told, one.received.shown))
        if one.is_other_unit:
            stated = one.received.entries[0].unit
            for code in directory.named(stated):
                told = "发给别的单位的表上写的是本单位"
                elsewhere.setdefault(code, []).append((told, one.received.shown))
    for unit in units:
        of_unit = by_code.get(unit.code, [])
        if unit.state is UnitState.DUE:
            outcome = _of_due(unit, of_unit, expected)
            yield _pointing(outcome, elsewhere.get(unit.code, []))
        else:
            yield _of_excused(unit, directory, of_unit)


def _of_excused(unit: Unit, directory: Directory, came: Sequence[Came]) -> UnitOutcome:
    into = directory.units[unit.into].name if unit.into in directory.units else unit.into
    why = {
        UnitState.EXEMPT: "免报",
        UnitState.MERGED: f"与“{into}”合并上报",
        UnitState.RENAMED: f"已更名或撤并为“{into}”，按新名称统计",
    }[unit.state]
    if came:
        why += f"，另收到{len(came)}份，没有计入"
    state = ReturnState.EXEMPT if unit.state is UnitState.EXEMPT else ReturnState.MERGED
    return UnitOutcome(unit, state, others=tuple(one.received for one in came), why=why)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """A unit's files by what can be done with them."""

    good: list[Received]
    other_version: list[Received]
    other_unit: list[Received]
    unreadable: list[Received]
    too_late: list[Received]  # after the day of the account
    scans: list[Received]
    copies: list[Received]

    @property
    def rest(self) -> tuple[Received, ...]:
        """All but the good ones."""
        return (
            *self.other_version,
            *self.other_unit,
            *self.unreadable,
            *self.too_late,
            *self.scans,
            *self.copies,
        )


def _sorted(came: Sequence[Came], expected: Expected) -> _Sorted:
    by_shown = {one.received.shown: one for one in came}
    kept, copies = set_copies_aside(
        [one.received for one in came if not one.is_scan],
        {shown: one.content for shown, one in by_shown.items()},
    )
    told = _Sorted([], [], [], [], [], [one.received for one in came if one.is_scan], copies)
    chosen_contents = {one.content for one in came if one.is_chosen and one.content}
    for received in kept:
        one = by_shown[received.shown]
        is_chosen = one.is_chosen or one.content in chosen_contents
        other = expected.other_version(one)
        if other:
            received = _remarked(received, f"版本不符：{other}")
        if not is_readable(received):
            told.unreadable.append(_remarked(received, _unread(received)))
        elif (
            received.dated_by == "register"
            and received.received
            and received.received > expected.as_of
        ):
            told.too_late.append(_remarked(received, f"{expected.as_of.isoformat()}以后收到"))
        elif is_chosen:
            told.good.append(received)
        elif one.is_other_unit:
            told.other_unit.append(received)
        elif other:
            told.other_version.append(received)
        else:
            told.good.append(received)
    return told


def _of_due(unit: Unit, came: Sequence[Came], expected: Expected) -> UnitOutcome:
    files = _sorted(came, expected)
    if not files.good:
        return _without(unit, files, expected)
    # A person may have written 采用 beside a copy of what was kept.
    contents = {one.content or one.received.shown for one in came if one.is_chosen}
    by_shown = {one.received.shown: one for one in came}
    chosen = [
        one.shown
        for one in files.good
        if by_shown[one.shown].is_chosen or by_shown[one.shown].content in contents
    ]
    choice = choose(files.good, chosen)
    others = (*choice.others, *files.rest)
    if choice.received is None:
        return UnitOutcome(unit, ReturnState.UNDECIDED, None, others, why=choice.why)
    late = _late(unit, choice.received, files.good, expected)
    state = ReturnState.LATE if late else ReturnState.RECEIVED
    why = _joined(choice.why, late, _beside(choice, files), choice.received.remark)
    return UnitOutcome(unit, state, choice.received, others, bool(late), why)


def _beside(choice: Choice, files: _Sorted) -> str:
    """What else lies there that a person should know of."""
    assert choice.received is not None
    newer = [r for r in files.unreadable if r.resubmission > choice.received.resubmission]
    told = ["一项得分也没有填"] if is_unfilled(choice.received) else []
    told += [f"{shown_turn(r.resubmission)}（{r.shown}）打不开，没有取" for r in newer]
    if files.copies:
        told.append(f"另有{len(files.copies)}份内容相同")
    if files.too_late:
        told.append(f"{len(files.too_late)}份在统计日之后收到，没有计入")
    wrong = len(files.other_version) + len(files.other_unit)
    if wrong:
        told.append(f"{wrong}份版本或单位不符，没有计入")
    return "，".join(told)


def _without(unit: Unit, files: _Sorted, expected: Expected) -> UnitOutcome:
    """A unit without a return that counts: the nearest thing to one says what to do."""
    due = expected.due(unit.code)
    is_overdue = due is not None and expected.as_of > due
    ranked = (
        (ReturnState.WRONG_VERSION, files.other_version),
        (ReturnState.WRONG_UNIT, files.other_unit),
        (ReturnState.UNREADABLE, files.unreadable),
        (ReturnState.SCAN_ONLY, files.scans),
    )
    for state, found in ranked:
        if found:
            why = _joined(*(_reason(state, one) for one in found))
            return UnitOutcome(unit, state, None, files.rest, is_overdue, why)
    if due is None:
        why = "没有收到"
    elif is_overdue:
        days = (expected.as_of - due).days
        why = f"没有收到，{due.isoformat()}截止，已超{days}天"
    else:
        why = f"没有收到，{due.isoformat()}截止，还没有到期"
    if files.too_late:
        why = _joined(why, f"{len(files.too_late)}份在统计日之后收到，没有计入")
    return UnitOutcome(unit, ReturnState.MISSING, None, files.rest, is_overdue, why)


def _reason(state: ReturnState, one: Received) -> str:
    if state is ReturnState.SCAN_ONLY:
        return f"只有扫描件，没有电子表：{one.shown}"
    if state is ReturnState.UNREADABLE:
        return f"{one.shown} {_unread(one)}"
    return f"{one.shown}：{one.remark}"


def _unread(one: Received) -> str:
    finding = next((f for entry in one.entries for f in entry.findings), None)
    return "读不出自评表" + (f"：{finding.message}" if finding else "")


def _late(unit: Unit, chosen: Received, good: Sequence[Received], expected: Expected) -> str:
    """Why the unit is late; "" when it is in time, or nothing says when."""
    due = expected.due(unit.code)
    firsts = [one for one in good if one.resubmission == 0 and one.received]
    first = min(firsts, key=lambda one: one.received or date.max, default=None)
    if first is not None and due is not None and first.received and first.received > due:
        return _overdue(first, due)
    again = expected.round.resubmission_due if expected.round else None
    if chosen.resubmission and again and chosen.received and chosen.received > again:
        return _overdue(chosen, again)
    return ""


def _overdue(one: Received, due: date) -> str:
    day = one.received.isoformat() if one.received else ""
    name = "复报" if one.resubmission else "报送"
    return f"{name}{due.isoformat()}截止，{day}收到（按{_BY[one.dated_by]}）"


def _pointing(outcome: UnitOutcome, elsewhere: Sequence[tuple[str, str]]) -> UnitOutcome:
    if outcome.chosen is not None or not elsewhere:
        return outcome
    told = (f"{why}：{file}" for why, file in elsewhere)
    likely = tuple(dict.fromkeys(file for _, file in elsewhere))
    return replace(outcome, why=_joined(outcome.why, *told), likely=likely)


def _remarked(received: Received, remark: str) -> Received:
    return replace(received, remark=_joined(received.remark, remark))


def _joined(*parts: str) -> str:
    return "；".join(part for part in parts if part)
