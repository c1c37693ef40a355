"""催报名单: whom to remind, by district, as a text to paste into a chat; for the bureau only.

A unit whose return probably lies among the files that nobody could place is not reminded: it would
be told that nothing came when it did file. The bureau is told at the head, and looks first.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from perfxl.batch.model import Collection, ReturnState, Round, Unit, UnitOutcome

# What the unit has to do, by what is the matter.
_ASKS = {
    ReturnState.MISSING: "尚未收到",
    ReturnState.SCAN_ONLY: "只收到扫描件，请补报电子表",
    ReturnState.UNREADABLE: "收到的文件打不开或没有自评表，请重新发送",
    ReturnState.WRONG_VERSION: "用的不是本次下发的表，请在下发的表上填报",
    ReturnState.WRONG_UNIT: "表上写的是别的单位，请核对后重报",
}


def reminders(collection: Collection) -> str:
    """A message for each district with units that still owe a return; "" when none does.

    Before them, not to be passed on, the units left out because their return may have come.
    Contacts of the units stand in it.
    """
    owing: dict[str, list[UnitOutcome]] = {}
    unsure: list[UnitOutcome] = []
    for outcome in collection.outcomes:
        if outcome.state in _ASKS and outcome.likely:
            unsure.append(outcome)
        elif outcome.state in _ASKS:
            owing.setdefault(outcome.unit.district, []).append(outcome)
    parts = [_to_look_at(unsure)] if unsure else []
    parts += [_message(district, outcomes, collection) for district, outcomes in owing.items()]
    return "\n\n".join("\n".join(part) for part in parts)


def _to_look_at(unsure: Sequence[UnitOutcome]) -> Iterator[str]:
    yield (
        f"【请先核对，这一段不要发出】以下{len(unsure)}家可能已经报了，没有列入下面的催报；"
        "核对后在回收登记里写明文件是哪家的，再收一次："
    )
    for number, outcome in enumerate(unsure, 1):
        unit = outcome.unit
        district = f"（{unit.district}）" if unit.district else ""
        yield f"{number}. {unit.name}{district}：可能是{'、'.join(outcome.likely)}"


def _message(
    district: str, outcomes: Sequence[UnitOutcome], collection: Collection
) -> Iterator[str]:
    round_ = collection.round
    if district:
        yield f"【{district}】"
    yield f"各位同事好：{_request(round_, collection.as_of)}，以下{len(outcomes)}家还请尽快办理："
    for number, outcome in enumerate(outcomes, 1):
        contact = _contact(outcome.unit)
        yield f"{number}. {outcome.unit.name}{contact}：{_ASKS[outcome.state]}"
    yield f"已经报送的请告知，以便核对。{_sender(round_)}谢谢！"


def _request(round_: Round | None, as_of: date) -> str:
    if round_ is None:
        return f"部门整体支出绩效自评表，截至{_day(as_of)}"
    title = f"《{round_.notice}》" if round_.notice else ""
    title += f"（{round_.doc_no}）" if round_.doc_no else ""
    asked = f"按{title}，" if title else ""
    form = f"{round_.year}年度部门整体支出绩效自评表"
    if round_.due is None:
        return f"{asked}{form}，截至{_day(as_of)}"
    if as_of > round_.due:
        return f"{asked}{form}应于{_day(round_.due)}前报送，截至{_day(as_of)}"
    return f"{asked}{form}请于{_day(round_.due)}前报送，截至{_day(as_of)}"


def _contact(unit: Unit) -> str:
    told = " ".join(filter(None, (unit.contact, unit.phone)))
    return f"（{told}）" if told else ""


def _sender(round_: Round | None) -> str:
    if round_ is None:
        return ""
    told = " ".join(filter(None, (round_.contact, round_.phone)))
    office = round_.office or round_.bureau
    if not told and not office:
        return ""
    return f"联系：{' '.join(filter(None, (office, told)))}。"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
