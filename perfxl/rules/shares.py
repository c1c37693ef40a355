"""Shares that a sentence states of an amount it has just named: A，占B的99.35%."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfxl.rules.quantities import Quantity, flat, quantities, sentences

_WHOLE = (
    "(?:总|全部|全年|本年|年度|部门|当年)*(?:支出|预算|收入|经费|资金|决算)?"
    "(?:总额|总数|合计|总计|总量|总)?"
)
# Between an amount and its share nothing else may stand.
_TAIL = re.compile(f"[，（]?占(?:比|其|全部)?(?:{_WHOLE})的?(?:比重|比例|比)?(?:为|是)?")
_FARTHEST = 12  # figures back
_CHANGE = re.compile("增|减|降|上年|去年|较|同比|调")


@dataclass(frozen=True, slots=True)
class Share:
    """A stated share: the part, every whole that the sentence may mean, all in the part's unit."""

    part: Quantity
    stated: Quantity
    wholes: tuple[Quantity, ...]

    def fits(self, whole: Quantity) -> bool:
        """Whether part over whole gives the share within the printed places of all three."""
        value, slack = whole.value, whole.place / 2
        low = (self.part.value - self.part.place / 2) / (value + slack) * 100
        high = (self.part.value + self.part.place / 2) / (value - slack) * 100
        return low - self.stated.place < self.stated.value < high + self.stated.place

    def computed(self, whole: Quantity) -> Decimal:
        """The share in percent points."""
        return self.part.value / whole.value * 100


def shares(text: str) -> Iterator[Share]:
    """Every share of a text whose part is plain and whose whole stands earlier in its sentence."""
    for sentence in sentences(flat(text)):
        figures = quantities(sentence)
        for index, stated in enumerate(figures):
            if stated.unit != "%" or index < 2:
                continue
            part = figures[index - 1]
            if not _TAIL.fullmatch(sentence[part.end : stated.start]):
                continue
            # Another unit of money may be a slip of the pen, which is told of itself.
            wholes = tuple(
                figure
                for figure in figures[max(index - _FARTHEST, 0) : index - 1]
                if figure.unit == part.unit and figure.value > figure.place
            )
            if wholes and not _CHANGE.search(sentence[wholes[0].start : stated.end]):
                yield Share(part, stated, wholes)
