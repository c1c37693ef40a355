"""What became of each finding: matched by rule and indicator, since rows move."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from perfxl.engine.difference.pairs import Spot, Spots
from perfxl.engine.difference.record import Fate, Traced
from perfxl.model.address import Place
from perfxl.model.cells import Answer
from perfxl.model.finding import Finding, Severity

Pair = tuple[Finding, Spot]
_ORDER = (Fate.NEW, Fate.OPEN, Fate.UNCHECKED, Fate.ANSWERED, Fate.FIXED)


def fates(
    before: Sequence[Finding],
    after: Sequence[Finding],
    spots: Spots,
    *,
    skipped: frozenset[str] = frozenset(),
    answers: Sequence[Answer] = (),
) -> tuple[Traced, ...]:
    """Every finding of both versions, once.

    Args:
        before: those of the first version, all tables.
        after: those of the second.
        spots: says what they are about.
        skipped: codes of rules that could not run on the second.
        answers: what the unit wrote beside findings of an annotated copy.
    """
    old = [(finding, spots.of(finding, 0)) for finding in before]
    new = [(finding, spots.of(finding, 1)) for finding in after]
    given = {(answer.code, answer.place): answer.text.strip() for answer in answers}
    told = []
    for mine, yours in _matched(old, new):
        if mine and yours:
            answer = _answer(given, mine, yours)
            is_closed = bool(answer) and yours.severity is Severity.VERIFY
            is_closed = is_closed and mine.provided == yours.provided
            told.append(Traced(Fate.ANSWERED if is_closed else Fate.OPEN, mine, yours, answer))
        elif mine:
            fate = Fate.UNCHECKED if mine.code in skipped else Fate.FIXED
            told.append(Traced(fate, mine, None, _answer(given, mine, mine)))
        else:
            told.append(Traced(Fate.NEW, None, yours))
    return tuple(sorted(told, key=_pressing))


def _pressing(traced: Traced) -> tuple[int, bool, int]:
    finding = traced.finding
    return _ORDER.index(traced.fate), finding.waived is not None, finding.severity.rank


def _matched(old: list[Pair], new: list[Pair]) -> Iterator[tuple[Finding | None, Finding | None]]:
    """The same finding in both, the surest matches first; then what either has alone."""
    left, right = list(old), list(new)
    pairs: list[tuple[int, Finding, Finding]] = []
    for is_same in _TESTS:
        for one in list(left):
            other = next((b for b in right if _is_about_the_same(one, b) and is_same(one, b)), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
                pairs.append((new.index(other), one[0], other[0]))
    for _, mine, yours in sorted(pairs, key=lambda pair: pair[0]):
        yield mine, yours
    for finding, _ in right:
        yield None, finding
    for finding, _ in left:
        yield finding, None


def _is_about_the_same(a: Pair, b: Pair) -> bool:
    (_, mine), (_, yours) = a, b
    if (mine.code, mine.path) != (yours.code, yours.path):
        return False
    # Rows and tables that are known to be different ones are not the same, whatever their names.
    return not any(
        None not in pair and pair[0] != pair[1]
        for pair in ((mine.row, yours.row), (mine.table, yours.table))
    )


_TESTS: tuple[Callable[[Pair, Pair], bool], ...] = (
    lambda a, b: a[0].place == b[0].place and a[0].provided == b[0].provided,
    lambda a, b: a[1].row is not None and a[1].row == b[1].row,
    lambda a, b: a[0].provided == b[0].provided,
    lambda a, b: a[0].place == b[0].place,
    lambda a, b: True,
)


def _answer(given: Mapping[tuple[str, Place], str], mine: Finding, yours: Finding) -> str:
    """What was written beside it: an annotated copy names the cells of the first version."""
    for finding in (mine, yours):
        for place in (finding.place, Place("", finding.place.cell)):
            if text := given.get((finding.code, place), ""):
                return text
    return ""
