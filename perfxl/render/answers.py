"""Answers of the unit, given back to the findings that they were written for."""

from collections.abc import Iterable, Iterator

from perfxl.model.address import Place
from perfxl.model.cells import Answer
from perfxl.model.finding import Finding

_Key = tuple[str, Place]


class Answers:
    """Hands out each answer once, to the finding of its code and cell."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._left: dict[_Key, list[Answer]] = {}
        for answer in answers:
            self._left.setdefault((answer.code, answer.place), []).append(answer)

    def take(self, finding: Finding, home: str) -> str:
        """What was answered to a finding, "" for nothing; `home` is its table's sheet."""
        place = finding.place
        if place.cell and not place.sheet:
            place = Place(home, place.cell)
        waiting = self._left.get((finding.code, place))
        return waiting.pop(0).text if waiting else ""

    def rest(self) -> Iterator[Answer]:
        """The answers whose findings are gone."""
        for waiting in self._left.values():
            yield from waiting
