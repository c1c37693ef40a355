"""Excel's collections: a count, and items numbered from 1."""

from collections.abc import Sequence
from typing import Any


class Collection:
    """A collection that is not changed through itself."""

    def __init__(self, items: Sequence[Any]) -> None:
        self._items = items

    @property
    def Count(self) -> int:
        return len(self._items)

    def Item(self, number: int) -> Any:
        """An item by its number from 1."""
        return self._items[number - 1]
