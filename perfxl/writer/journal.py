"""The journal of an annotation: enough to put every edited part back byte for byte.

It lies as an XML comment in our own result sheet. Another program that saves the file drops the
comment, and with it the claim that only we touched the parts.
"""

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Sequence

from perfxl.model.annotation import JOURNAL_MARK
from perfxl.writer.draft import Cut, PartEdit, splice
from perfxl.writer.package import Package

_OPEN = f"<!--{JOURNAL_MARK}".encode()
_CLOSE = b"-->"
_LARGEST = 64 * 1024 * 1024
# A part as [name, hash after, hash before, [[offset, length, original bytes], …]].
_Record = tuple[str, str, str, list[tuple[int, int, str]]]


def comment(edits: Sequence[PartEdit], added: Sequence[str]) -> bytes:
    """The journal as an XML comment."""
    text = json.dumps(
        {"parts": [_record(edit) for edit in edits], "added": list(added)},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return _OPEN + base64.b64encode(zlib.compress(text.encode(), 9)) + _CLOSE


def undo(package: Package, sheet_part: str) -> bool:
    """Take the annotation back by the journal in the result sheet's part.

    Returns:
        False, with nothing changed, when there is no journal or a part is no longer as we left it.
    """
    journal = _read(package.read(sheet_part))
    if journal is None:
        return False
    records, added = journal
    restored: dict[str, bytes] = {}
    for part, after, before, cuts in records:
        if package.find(part) is None or _hash(package.read(part)) != after:
            return False
        data = _restore(package.read(part), cuts)
        if data is None or _hash(data) != before:
            return False
        restored[part] = data
    for part, data in restored.items():
        package.put(part, data)
    for part in added:
        package.drop(part)
    return True


def _record(edit: PartEdit) -> _Record:
    shift = 0
    cuts = []
    for cut in edit.cuts:
        original = base64.b64encode(edit.before[cut.start : cut.end]).decode()
        cuts.append((cut.start + shift, len(cut.new), original))
        shift += len(cut.new) - (cut.end - cut.start)
    return edit.part, _hash(edit.after), _hash(edit.before), cuts


def _restore(data: bytes, cuts: list[tuple[int, int, str]]) -> bytes | None:
    back = [Cut(at, at + size, base64.b64decode(original)) for at, size, original in cuts]
    return splice(data, back) if all(cut.end <= len(data) for cut in back) else None


def _read(sheet: bytes) -> tuple[list[_Record], list[str]] | None:
    """The journal of a sheet part, or None when it has none that can be read."""
    start = sheet.rfind(_OPEN)
    end = sheet.find(_CLOSE, start)
    if start < 0 or end < 0:
        return None
    try:
        packed = base64.b64decode(sheet[start + len(_OPEN) : end], validate=True)
        journal = json.loads(zlib.decompressobj().decompress(packed, _LARGEST))
        return journal["parts"], journal["added"]
    except (binascii.Error, zlib.error, ValueError, KeyError, TypeError):
        return None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
