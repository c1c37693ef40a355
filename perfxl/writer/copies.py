"""Copies of one workbook that differ in a few texts: compiled once, stitched together for each.

The parts that hold a placeholder are cut there and their stretches compressed for good; all other
parts are laid down as they lie. A copy costs a checksum and some hundred bytes of compression.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from perfxl.errors import RefusedEdit
from perfxl.writer.package import Package
from perfxl.writer.xml_text import content, legal

_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_DEFLATED = 8
_EPOCH_DATE = 0x21  # 1980-01-01: copies carry no clock
_LEVEL = 6
_LAST_BLOCK = b"\x03\x00"  # an empty block that ends a stream
_NAMES = "xl/workbook.xml"  # here texts stand inside string constants of formulas

Piece = tuple[bytes, bytes]
"""A stretch of a part: as it is, and compressed up to a byte's edge."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part by its pieces; between two of them stands the text of the name in `slots`."""

    name: bytes
    pieces: tuple[Piece, ...]
    slots: tuple[str, ...]
    is_constant: bool  # its texts stand in string constants, where quotes are doubled


class Template:
    """A workbook to be copied.

    Args:
        data: the workbook; its texts hold the placeholders.
        placeholders: what each text is called → what stands in the workbook for it. Texts of
            ASCII letters, digits and hyphens that occur nowhere else.

    Raises:
        RefusedEdit: a placeholder does not occur, so that copies would all be the same.
    """

    def __init__(self, data: bytes, placeholders: Mapping[str, str]) -> None:
        package = Package(data)
        self._parts = [_cut(name, package.read(name), placeholders) for name in package.names()]
        found = {slot for part in self._parts for slot in part.slots}
        if missing := set(placeholders) - found:
            raise RefusedEdit(f"模板里没有“{'、'.join(sorted(missing))}”的位置")

    def copy(self, texts: Mapping[str, str]) -> bytes:
        """The workbook with these texts in place of the placeholders.

        The same texts always give the same bytes.
        """
        chunks: list[bytes] = []
        records: list[bytes] = []
        size = 0
        for part in self._parts:
            packed, crc, length = _joined(part, texts)
            common = (20, 0, _DEFLATED, 0, _EPOCH_DATE, crc, sum(map(len, packed)), length)
            records.append(
                _CENTRAL.pack(0x02014B50, 20, *common, len(part.name), 0, 0, 0, 0, 0, size)
                + part.name
            )
            head = _LOCAL.pack(0x04034B50, *common, len(part.name), 0) + part.name
            chunks += (head, *packed)
            size += len(head) + common[6]
        directory = b"".join(records)
        count = len(records)
        end = _END.pack(0x06054B50, 0, 0, count, count, len(directory), size, 0)
        return b"".join((*chunks, directory, end))


def _cut(name: str, data: bytes, placeholders: Mapping[str, str]) -> _Part:
    pieces: list[bytes] = []
    slots: list[str] = []
    rest = data
    while True:
        found = [
            (at, key) for key, text in placeholders.items() if (at := rest.find(text.encode())) >= 0
        ]
        if not found:
            break
        at, key = min(found)
        pieces.append(rest[:at])
        slots.append(key)
        rest = rest[at + len(placeholders[key]) :]
    pieces.append(rest)
    return _Part(
        name.encode("ascii"), tuple((piece, _packed(piece)) for piece in pieces), tuple(slots),
        name == _NAMES,
    )  # fmt: skip


def _joined(part: _Part, texts: Mapping[str, str]) -> tuple[Sequence[bytes], int, int]:
    """The part's compressed stretches in order, its checksum and its length."""
    (plain, packed), *others = part.pieces
    chunks, crc, length = [packed], zlib.crc32(plain), len(plain)
    for slot, (plain, packed) in zip(part.slots, others, strict=True):
        put = (_constant(texts[slot]) if part.is_constant else content(texts[slot])).encode()
        crc = zlib.crc32(plain, zlib.crc32(put, crc))
        length += len(put) + len(plain)
        chunks += (_packed(put), packed)
    chunks.append(_LAST_BLOCK)
    return chunks, crc, length


def _constant(text: str) -> str:
    """A text within the quotes of a string constant."""
    return escape(legal(text).replace('"', '""'))


def _packed(data: bytes) -> bytes:
    """Compressed without looking back and up to a byte's edge, so that stretches can be joined."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return deflate.compress(data) + deflate.flush(zlib.Z_FULL_FLUSH) if data else b""
