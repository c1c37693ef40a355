"""A collection as text for a person: counts by state, what is to be done, a verdict at the end."""

from collections.abc import Iterator, Sequence

from perfxl.batch.collection_json import counts
from perfxl.batch.model import Collection, ReturnState, UnitOutcome

_LISTED = 30  # lines of a kind
_NOT_DUE = (ReturnState.EXEMPT, ReturnState.MERGED)
_CAME = (ReturnState.RECEIVED, ReturnState.LATE)
# What a person has to settle first.
_ORDER = (
    ReturnState.UNDECIDED,
    ReturnState.WRONG_VERSION,
    ReturnState.WRONG_UNIT,
    ReturnState.UNREADABLE,
    ReturnState.SCAN_ONLY,
    ReturnState.MISSING,
    ReturnState.LATE,
)


def collection_text(collection: Collection) -> str:
    """The collection as lines without contacts; the last one is the verdict."""
    return "\n".join(_lines(collection))


def _lines(collection: Collection) -> Iterator[str]:
    outcomes = collection.outcomes
    yield f"截至{collection.as_of.isoformat()}，共{len(outcomes)}家"
    for state, count in counts(outcomes).items():
        if count:
            yield f"  {state.value}　{count}"
    for state in _ORDER:
        yield from _section(
            f"{state.value}（{{}}家）", [_told(one) for one in outcomes if one.state is state]
        )
    yield from _section(
        "取哪一份，请过目（{}家）",
        [_told(one) for one in outcomes if one.state is ReturnState.RECEIVED and one.why],
    )
    yield from _section(
        "认不出是哪家的文件（{}份），请在回收登记里写明单位",
        [f"{one.shown}：{one.remark}" for one in collection.strangers],
    )
    yield from _section("另请留意（{}处）", collection.remarks)
    if collection.passed_over:
        told = "、".join(f"{kind}{count}个" for kind, count in collection.passed_over)
        yield f"不是报送的电子表，没有校验：{told}"
    yield _verdict(collection)


def _told(outcome: UnitOutcome) -> str:
    unit = outcome.unit
    code = f"{unit.code} " if unit.code != unit.name else ""
    return f"{code}{unit.name}：{outcome.why}"


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        return
    yield title.format(len(lines))
    yield from (f"  {line}" for line in lines[:_LISTED])
    if len(lines) > _LISTED:
        yield f"  …另有{len(lines) - _LISTED}条，全部见 --format json"


def _verdict(collection: Collection) -> str:
    found = counts(collection.outcomes)
    due = sum(found.values()) - sum(found[state] for state in _NOT_DUE)
    came = sum(found[state] for state in _CAME)
    late, missing = found[ReturnState.LATE], found[ReturnState.MISSING]
    open_ = due - came - missing
    strangers = len(collection.strangers)
    return (
        f"应报{due}家，已报{came}家"
        + (f"（其中迟报{late}家）" if late else "")
        + f"，未报{missing}家，要处理{open_}家"
        + (f"；认不出单位的文件{strangers}份" if strangers else "")
    )
