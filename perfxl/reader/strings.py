"""Rich or plain text: the shared strings, and the runs of an inline string or a note."""

from perfxl.reader.xml_part import Attributes, parse, unescape


class TextRuns:
    """Gathers the `t` elements of one item, leaving out phonetic readings.

    `text` takes all character data; only what stands inside a `t` is kept.
    """

    __slots__ = ("_is_phonetic", "_kept", "_run", "text")

    def __init__(self) -> None:
        """Begin with nothing gathered."""
        self._run: list[str] = []
        self._kept: list[str] = []
        self._is_phonetic = False
        self.text = self._run.append

    def start(self, name: str) -> None:
        """An element begins."""
        if name == "t":
            self._run.clear()
        elif name == "rPh":
            self._is_phonetic = True

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "t":
            if not self._is_phonetic:
                self._kept.extend(self._run)
            self._run.clear()
        elif name == "rPh":
            self._is_phonetic = False

    def take(self) -> str:
        """The text gathered since the last call."""
        kept = self._kept
        text = kept[0] if len(kept) == 1 else "".join(kept)
        kept.clear()
        self._run.clear()
        self._is_phonetic = False
        return unescape(text)


def read_strings(data: bytes, part: str) -> list[str]:
    """The shared strings in order; the counts that the file declares are not believed."""
    strings: list[str] = []
    runs = TextRuns()

    def start(name: str, _attributes: Attributes) -> None:
        runs.start(name)

    def end(name: str) -> None:
        if name == "si":
            strings.append(runs.take())
        else:
            runs.end(name)

    parse(data, part, start, end, runs.text)
    return strings
