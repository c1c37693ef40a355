"""XML parts by expat: no DOCTYPE, UTF-8 or UTF-16, element names without their prefixes."""

import re
from collections.abc import Callable
from functools import partial
from typing import NoReturn
from xml.parsers import expat

from perfxl.errors import RefusedFile

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# Elements of these namespaces are handed on by their local names, of others by the full one.
_KNOWN = frozenset(
    (
        MAIN,
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
        "http://purl.oclc.org/ooxml/officeDocument/customProperties",
    )
)
_DEFAULT_MAIN = f' xmlns="{MAIN}"'.encode()
_RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_ENCODINGS = frozenset(("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"))
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def parse(
    data: bytes,
    part: str,
    start: Start,
    end: End | None = None,
    text: Text | None = None,
    *,
    namespaces: bool = False,
) -> None:
    """Read a part, calling back for its elements and text.

    Where the main namespace is simply the default one, as nearly always, expat is spared the
    work on namespaces; prefixed and Strict files take the slower way to the same names, and
    so does a part whose attributes with a prefix are wanted (`namespaces`).

    Raises:
        RefusedFile: a DOCTYPE (FL107), or not well-formed or wrongly encoded (FL108).
    """
    # Looked for first, so that no entity is ever expanded; the handler serves UTF-16.
    if b"<!DOCTYPE" in data:
        _refuse_doctype(part)
    is_plain = not namespaces and _is_plain(data)
    parser = expat.ParserCreate(None, None if is_plain else " ")
    parser.buffer_text = True
    parser.XmlDeclHandler = partial(_check_declaration, part)
    parser.StartDoctypeDeclHandler = partial(_refuse_doctype, part)
    parser.StartElementHandler = start if is_plain else _with_local_names(start)
    if end:
        parser.EndElementHandler = end if is_plain else _with_local_name(end)
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        detail = f"部件{part}第{error.lineno}行第{error.offset + 1}列起不合XML语法"
        raise RefusedFile("FL108", detail, part=part) from None


def _is_plain(data: bytes) -> bool:
    return data.count(b"xmlns=") == 1 and data.count(MAIN.encode()) == 1 and _DEFAULT_MAIN in data


def _refuse_doctype(part: str, *_: object) -> NoReturn:
    raise RefusedFile("FL107", f"部件{part}声明了DOCTYPE", part=part)


def _check_declaration(part: str, _version: str, encoding: str | None, _alone: int) -> None:
    if encoding and encoding.lower() not in _ENCODINGS:
        detail = f"部件{part}的编码是{encoding[:20]}，应为UTF-8"
        raise RefusedFile("FL108", detail, part=part)


def _local(name: str) -> str:
    uri, _, local = name.rpartition(" ")
    return local if uri in _KNOWN else name


def _with_local_names(start: Start) -> Start:
    return lambda name, attributes: start(_local(name), attributes)


def _with_local_name(end: End) -> End:
    return lambda name: end(_local(name))


def relation_id(attributes: Attributes) -> str:
    """The value of r:id where namespaces were processed; "" when there is none."""
    for uri in _RELATIONSHIPS:
        value = attributes.get(f"{uri} id")
        if value is not None:
            return value
    return ""


def is_true(value: str | None) -> bool:
    """An xsd:boolean; absent is false."""
    return value in ("1", "true")


def whole(value: str | None) -> int | None:
    """A non-negative integer of at most nine digits, else None."""
    if value is None or len(value) > 9 or not (value.isascii() and value.isdigit()):
        return None
    return int(value)


def unescape(text: str) -> str:
    """Undo `_x000D_` and the like; what would become a control character stays as spelled."""
    return _ESCAPE.sub(_unescaped, text) if "_x" in text else text


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    if (code < 32 and code not in (9, 10, 13)) or 0xD800 <= code <= 0xDFFF or code >= 0xFFFE:
        return match[0]
    return chr(code)
