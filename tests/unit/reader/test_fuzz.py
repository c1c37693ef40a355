"""Spoiled bytes: a file is read or refused, never anything else."""

import random
import re

import pytest

from perfxl.errors import RefusedFile
from perfxl.reader.workbook import read_book
from tests.unit.reader.packing import SHEET, STRINGS, WORKBOOK, WORKBOOK_RELS, Parts, pack, parts

CODE = re.compile(r"FL1\d\d\Z")
ROWS = "".join(
    f'<row r="{row}"><c r="A{row}" t="s" s="0"><v>1</v></c><c r="B{row}"><f t="shared" si="0">'
    f'{"A1+1" if row == 1 else ""}</f><v>{row}</v></c><c r="D{row}" t="inlineStr"><is><r><t>甲</t>'
    "</r></is></c></row>"
    for row in range(1, 30)
)
PIECES = tuple(
    b'" < > & ]]> <!DOCTYPE\tx> -1 99999999999 \x00 \xff A1 r=" t="s" </c> <row> <c/> &#0; <!-- '
    b"xmlns=''".split(b" ")
)


def outcome(data: bytes) -> str:
    """read, or the code of the refusal."""
    try:
        read_book(data)
    except RefusedFile as refused:
        return refused.code if CODE.match(refused.code) and refused.detail else "unexplained"
    return "read"


def sample() -> Parts:
    """A workbook with most of what is parsed."""
    columns = '<cols><col min="1" max="3" width="9" hidden="1"/></cols>'
    return parts(ROWS, before=columns, after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')


@pytest.mark.parametrize("seed", range(4))
def test_spoiled_bytes_are_read_or_refused(seed: int) -> None:
    """Bytes of the zip overwritten, cut out or doubled, its directory more often than not."""
    pick = random.Random(seed)
    whole = pack(sample(), 0)
    directory = whole.index(b"PK\x01\x02")
    seen = set()
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(pick.randint(1, 3)):
            at = pick.randrange(pick.choice((0, directory)), len(data) - 8)
            noise = bytes(pick.randrange(256) for _ in range(pick.randint(1, 4)))
            kept = pick.choice((len(noise), len(noise), len(noise), 0, 64))
            data[at : at + kept] = noise
        seen.add(outcome(bytes(data)))
    assert {"read", "FL103"} <= seen
    assert "unexplained" not in seen
    assert len(seen) > 3


@pytest.mark.parametrize("part", [SHEET, STRINGS, WORKBOOK, WORKBOOK_RELS])
def test_spoiled_xml_is_read_or_refused(part: str) -> None:
    """Pieces of markup put where they do not belong, in a package that is sound."""
    pick = random.Random(part)
    members = sample()
    content = members[part]
    seen = set()
    for _ in range(300):
        at = pick.randrange(len(content))
        until = at + pick.choice((0, 0, 1, 5, 40))
        spoiled = content[:at] + pick.choice(PIECES) + content[until:]
        seen.add(outcome(pack({**members, part: spoiled}, 0)))
    assert {"read", "FL108"} <= seen
    assert "unexplained" not in seen


@pytest.mark.parametrize("piece", ['"', "'", "[", "A", "$A$1:"])
def test_formula_of_one_piece_is_read__as_long_as_may_be(piece: str) -> None:
    """Quotation marks that never close among them: no search may grow with the square."""
    text = piece * (32_000 // len(piece))
    master = f'<row r="1"><c r="A1"><f t="shared" si="0">{text}</f></c>'
    follower = '<c r="B1"><f t="shared" si="0"/></c></row>'
    assert outcome(pack(parts(master + follower))) == "read"
