"""Text for a console: what it can show, how wide it is, where it may break, its colours."""

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

_REPLACED = {
    "✓": "√", "✔": "√", "☑": "√", "✅": "√", "✗": "×", "✘": "×", "☒": "×", "❌": "×", "☐": "□",
    "•": "·", "›": ">", "‹": "<", "»": ">>", "«": "<<", "−": "-", "‑": "-", "‐": "-",
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "²": "2", "³": "3",
    "¥": "￥", "©": "(c)", "®": "(R)", "™": "(TM)",
}  # fmt: skip
# A line may not begin with these; they hang over the edge instead.
_CLOSING = frozenset("，。；：、！？）》】”’…％%,.;:!?)]}")

# And not end with these; they go to the next line with what they open.
_OPENING = frozenset("（《【“‘([{")
# Narrow letters after which a line may end; 95.2% and A1:B3 stay whole.
# 自评表!H32, the sheet's name whole where it stands alone before.
_ADDRESS = re.compile(
    r"(?:(?<=\s)[^\s!，。；：、（）“”]{1,20}|[^\s!])![A-Z]{1,3}[1-9]\d*(?:→(?:[A-Z]{1,3}[1-9]\d*)?)?"
)
_BREAKS = frozenset(" ,;!?)]}")


class Style(Enum):
    """How a piece of text looks; the value is an ANSI code."""

    PLAIN = ""
    BOLD = "1"
    DIM = "2"
    RED = "1;31"
    BLUE = "34"
    GREEN = "32"
    AMBER = "33"


Piece = tuple[str, Style]


def gbk_safe(text: str) -> str:
    """The text with everything replaced that a GBK console cannot show.

    Control characters go too: a cell that holds an escape sequence must not steer a terminal.
    """
    # Most texts need nothing; encoding the whole is the quick way to know.
    if text.isprintable() and _is_gbk(text):
        return text
    return "".join(map(_safe_letter, text))


def _is_gbk(text: str) -> bool:
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1024)
def _safe_letter(letter: str) -> str:
    if letter == "\n":
        return letter
    if letter in _REPLACED:
        return _REPLACED[letter]
    category = unicodedata.category(letter)
    if category in ("Cf", "Mn", "Me"):  # joiners, direction marks, accents on their own
        return ""
    if category.startswith("C"):
        return " "
    if _is_gbk(letter):
        return letter
    folded = unicodedata.normalize("NFKC", letter)
    return folded if folded.isprintable() and _is_gbk(folded) else "?"


def one_line(text: str) -> str:
    """The text with every run of white space, line breaks included, made one blank."""
    return " ".join(text.split())


def display_width(text: str) -> int:
    """Columns that a text takes: East Asian wide and full-width letters take two."""
    return sum(map(_letter_width, text))


@lru_cache(maxsize=8192)
def _letter_width(letter: str) -> int:
    # Ambiguous ones (“ ” … ·) are wide on a Chinese console.
    return 2 if unicodedata.east_asian_width(letter) in "WFA" else 1


def cut(text: str, width: int) -> str:
    """The text, ended with … where it is wider than `width`."""
    if display_width(text) <= width:
        return text
    room = width - 2
    kept = ""
    for letter in text:
        room -= _letter_width(letter)
        if room < 0:
            break
        kept += letter
    return kept + "…"


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with blanks to `width` columns, at its left side when `right`."""
    blanks = " " * max(0, width - display_width(text))
    return blanks + text if right else text + blanks


def wrap(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most `width` columns.

    Chinese breaks anywhere, words and numbers stay whole when they fit on a line, and closing
    punctuation never begins one.
    """
    line, used = "", 0
    for word in _words(text):
        size = display_width(word)
        if used + size > width and line and word not in _CLOSING:
            yield line.rstrip()
            line, used = "", 0
            if word == " ":
                continue
        while size > width:
            head = _head(word, width)
            yield head
            word = word[len(head) :]
            size = display_width(word)
        line += word
        used += size
    if line.strip():
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """Pieces that should not be broken: addresses of cells, and those of `_short_words`."""
    end = 0
    for address in _ADDRESS.finditer(text):
        yield from _short_words(text[end : address.start()])
        yield address[0]
        end = address.end()
    yield from _short_words(text[end:])


def _short_words(text: str) -> Iterator[str]:
    """Runs of narrow letters, single wide letters, blanks."""
    run = ""
    for letter in text:
        is_narrow = letter.isascii() and letter not in _BREAKS
        if is_narrow or letter in _OPENING:
            run += letter
        elif run and run[-1] in _OPENING and letter != " ":
            yield run + letter
            run = ""
        else:
            if run:
                yield run
                run = ""
            yield letter
    if run:
        yield run


def _head(word: str, width: int) -> str:
    used = 0
    for index, letter in enumerate(word):
        used += _letter_width(letter)
        if used > width:
            return word[: max(1, index)]
    return word


def paint(text: str, style: Style, *, color: bool) -> str:
    """The text in its style, or as it is without colours."""
    return f"\x1b[{style.value}m{text}\x1b[0m" if color and style.value and text else text


def line(pieces: list[Piece], *, color: bool) -> str:
    """A line of pieces, each safe for a console and in its own style, no blanks at its end."""
    safe = [(gbk_safe(text), style) for text, style in pieces]
    while safe and not safe[-1][0].rstrip():
        safe.pop()
    if safe:
        safe[-1] = (safe[-1][0].rstrip(), safe[-1][1])
    return "".join(paint(text, style, color=color) for text, style in safe)
