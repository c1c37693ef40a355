"""The archives that are open: one at each depth, because files are taken out in order."""

import io
from functools import cache
from pathlib import Path

from perfxl.reader.archive import MAX_ARCHIVE_BYTES, Archive, Item
from perfxl.reader.gate import open_regular

Chain = tuple[Item, ...]  # archives within the outermost one, from the outside in


class Shelf:
    """Opens archives when asked and closes those that the next request has no use for."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._open: list[tuple[Chain, Archive]] = []

    def archive(self, path: Path, chain: Chain = ()) -> Archive:
        """The zip at a path, or the zip inside it that the chain leads to.

        Raises:
            RefusedFile: an archive on the way cannot be read.
        """
        if path != self._path:
            self.close()
            self._path = path
        while self._open and self._open[-1][0] != chain[: len(self._open) - 1]:
            self._open.pop()[1].close()
        if not self._open:
            self._open.append(((), _opened(path)))
        for depth in range(len(self._open), len(chain) + 1):
            inner = self._open[-1][1].read(chain[depth - 1])
            self._open.append((chain[:depth], Archive(io.BytesIO(inner))))
        return self._open[-1][1]

    def __reduce__(self) -> tuple[object, ...]:
        """In another process its one shelf stands in: open files do not travel."""
        return _shelf_of_process, ()

    def close(self) -> None:
        """Close them all."""
        while self._open:
            self._open.pop()[1].close()
        self._path = None


@cache
def _shelf_of_process() -> Shelf:
    return Shelf()


def _opened(path: Path) -> Archive:
    file = open_regular(path, MAX_ARCHIVE_BYTES)
    try:
        return Archive(file)
    except BaseException:
        file.close()
        raise
