"""Excel's wildcards: ? is one letter, * any number of them, ~ takes the next as it is."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A pattern between its asterisks; case is overlooked.

    The pieces have no repetition of their own, so that no pattern makes matching slow.
    """

    pieces: tuple[re.Pattern[str], ...]
    letters_of_last: int

    def find(self, text: str, start: int = 0) -> int:
        """Where the pattern first matches, -1 where it does not."""
        first = -1
        for piece in self.pieces:
            match = piece.search(text, start)
            if match is None:
                return -1
            first = match.start() if first < 0 else first
            start = match.end()
        return first

    def is_whole(self, text: str) -> bool:
        """Whether the pattern is all of the text."""
        first, *rest = self.pieces
        if not rest:
            return first.fullmatch(text) is not None
        begin = first.match(text)
        if begin is None:
            return False
        start = begin.end()
        for piece in rest[:-1]:
            match = piece.search(text, start)
            if match is None:
                return False
            start = match.end()
        end = len(text) - self.letters_of_last
        return end >= start and rest[-1].fullmatch(text, end) is not None


@lru_cache(maxsize=256)
def wildcard(pattern: str) -> Wildcard:
    """The pattern made ready."""
    pieces: list[list[str]] = [[]]
    letters = iter(pattern)
    for letter in letters:
        if letter == "~":
            following = next(letters, "~")
            pieces[-1] += following if following in "?*~" else letter + following
        elif letter == "*":
            pieces.append([])
        else:
            pieces[-1].append("" if letter == "?" else letter)
    return Wildcard(tuple(map(_compiled, pieces)), len(pieces[-1]))


def _compiled(letters: list[str]) -> re.Pattern[str]:
    text = "".join(re.escape(letter) if letter else "." for letter in letters)
    return re.compile(text, re.IGNORECASE | re.DOTALL)
