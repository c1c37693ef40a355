"""Many areas of a sheet as one range object, so that one call formats them all."""

from collections.abc import Iterable, Iterator
from typing import Any

_LONGEST = 240  # letters of an address that Excel takes
_MOST = 25  # ranges that one union takes, of 30


def joined_range(application: Any, sheet: Any, areas: Iterable[str]) -> Any:
    """The areas, at least one, as one range."""
    ranges = [sheet.Range(address) for address in _addresses(areas)]
    while len(ranges) > 1:
        ranges = [
            application.Union(*ranges[at : at + _MOST]) if len(ranges[at : at + _MOST]) > 1
            else ranges[at]
            for at in range(0, len(ranges), _MOST)
        ]  # fmt: skip
    return ranges[0]


def _addresses(areas: Iterable[str]) -> Iterator[str]:
    line = ""
    for area in areas:
        if line and len(line) + len(area) + 1 > _LONGEST:
            yield line
            line = area
        else:
            line = f"{line},{area}" if line else area
    if line:
        yield line
