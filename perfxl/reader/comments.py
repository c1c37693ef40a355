"""The notes of a sheet (comments of the classic kind) with the cells they belong to."""

from perfxl.model.address import from_a1
from perfxl.reader.strings import TextRuns
from perfxl.reader.xml_part import Attributes, parse


def read_comments(data: bytes, part: str) -> dict[tuple[int, int], str]:
    """Notes by cell; a note whose address is no cell is left out, it belongs nowhere."""
    comments: dict[tuple[int, int], str] = {}
    runs = TextRuns()
    reference = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal reference
        if name == "comment":
            reference = attributes.get("ref", "")
            runs.take()
        else:
            runs.start(name)

    def end(name: str) -> None:
        if name != "comment":
            runs.end(name)
            return
        try:
            comments[from_a1(reference)] = runs.take()
        except ValueError:
            return

    parse(data, part, start, end, runs.text)
    return comments
