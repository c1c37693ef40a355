"""The check of a return as plain JSON, read back field by field: it holds data, never code."""

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from perfxl.batch.sources import Source
from perfxl.pipeline.returned import Returned

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def to_json(returned: Returned) -> bytes:
    """UTF-8 JSON of a check, without the place where the file lies.

    Raises:
        ValueError: a text holds letters that no encoding holds.
    """
    return _adapter().dump_json(_placed(returned, "", None))


def from_json(data: bytes | str, source: Source) -> Returned:
    """The check that `to_json` was given, as of a file that lies at a source's place.

    Raises:
        ValueError: it is not the JSON of a check.
    """
    return _placed(_adapter().validate_json(data), str(source.path), source.member)


def _placed(returned: Returned, path: str, member: str | None) -> Returned:
    entries = tuple(replace(e, path=path, member=member) for e in returned.checked.entries)
    return replace(returned, checked=replace(returned.checked, entries=entries))


@cache
def _adapter() -> "TypeAdapter[Returned]":
    from pydantic import TypeAdapter

    return TypeAdapter(Returned)
