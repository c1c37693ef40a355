"""XML parts as trees of byte offsets, so that an edit touches only the bytes it means."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from perfxl.errors import RefusedEdit

_START_TAG = re.compile(rb"<[^\s<>/]+(?:\s+[^\s=<>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")
_DECLARED = re.compile(rb"""\A<\?xml[^>]*?\bencoding\s*=\s*["']([^"']+)["']""")
_PREFIX = re.compile(rb"<([^\s<>/:]+):")
_SHEET_DATA = re.compile(rb"<(?:[\w.-]+:)?sheetData(?:\s[^>]*)?>")
_SHEET_DATA_END = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
_UTF8 = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_DEEPEST = 200


@dataclass(slots=True, eq=False)
class Node:
    """An element: where its tags lie in the part.

    `start` to `open_end` is the start tag, `close` to `end` the end tag; for `<a/>` the last
    three are equal. `attributes` with a namespace are keyed `uri name`. Most nodes are only
    counted, so all but `start` is worked out when asked for.
    """

    name: str
    uri: str
    attributes: dict[str, str]
    start: int
    data: bytes
    children: list["Node"] = field(default_factory=list)
    text: str = ""
    closed_at: int = 0  # as the parser tells it: behind `<a/>`, or at `</a>`

    @property
    def open_end(self) -> int:
        """Behind the start tag."""
        return self.start + len(start_tag(self.data, self.start))

    @property
    def is_empty(self) -> bool:
        """Whether it is written `<a/>`."""
        return start_tag(self.data, self.start).endswith(b"/>")

    @property
    def close(self) -> int:
        """Where the end tag begins."""
        return self.open_end if self.is_empty else self.closed_at

    @property
    def end(self) -> int:
        """Behind the element."""
        return self.open_end if self.is_empty else self.data.index(b">", self.closed_at) + 1

    def child(self, name: str) -> "Node | None":
        """The first child of that name."""
        return next((node for node in self.children if node.name == name), None)

    def every(self, name: str) -> list["Node"]:
        """All descendants of that name, in document order."""
        found = []
        for node in self.children:
            if node.name == name:
                found.append(node)
            if node.children:
                found.extend(node.every(name))
        return found


def scan(
    data: bytes, *, depth: int = _DEEPEST, text: bool = False, skip: tuple[int, int] = (0, 0)
) -> Node:
    """The root of the part's elements down to `depth` (the root is 1).

    Args:
        data: a UTF-8 part.
        depth: how deep to look.
        text: whether to collect character data (each node gets its own, not its children's).
        skip: a stretch left unread; it must hold whole elements only.

    Raises:
        RefusedEdit: not well-formed, not UTF-8, or with a DOCTYPE.
    """
    _require_utf8(data)
    builder = _Builder(data, depth, skip)
    parser = builder.parser
    if text:
        parser.CharacterDataHandler = builder.characters
    try:
        parser.Parse(memoryview(data)[: skip[0]] if skip[0] else b"", False)
        parser.Parse(memoryview(data)[skip[1] :], True)
    except expat.ExpatError:
        raise RefusedEdit("文件内部的 XML 有误，请用 Excel 或 WPS 打开并另存后再标注") from None
    return builder.roots[0]


def scan_sheet(data: bytes, *, text: bool = False) -> Node:
    """`scan` of a worksheet without the cells in its `sheetData`, which is most of the work."""
    if b"<!" not in data:  # no comment or CDATA in which a tag could hide
        first = _SHEET_DATA.search(data)
        if first and not first[0].endswith(b"/>"):
            ends = [match.start() for match in _SHEET_DATA_END.finditer(data, first.end())]
            if len(ends) == 1:
                return scan(data, text=text, skip=(first.end(), ends[0]))
    return scan(data, text=text)


def start_tag(data: bytes, at: int) -> bytes:
    """The start tag that begins at an offset."""
    match = _START_TAG.match(data, at)
    if not match:
        raise RefusedEdit("文件内部的 XML 写法少见，请用 Excel 或 WPS 打开并另存后再标注")
    return match[0]


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """A start tag with an attribute set; the rest of it stays as it is."""
    pattern = rb"(\s" + name.encode() + rb"\s*=\s*)(?:\"[^\"]*\"|'[^']*')"
    new, count = re.subn(pattern, lambda m: m[1] + b'"' + value.encode() + b'"', tag, count=1)
    if count:
        return new
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + b" " + name.encode() + b'="' + value.encode() + b'"' + tag[end:]


def without_attribute(tag: bytes, name: str) -> bytes:
    """A start tag without an attribute."""
    return re.sub(rb"\s+" + name.encode() + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", tag, count=1)


def namespace_for(data: bytes, root: Node) -> str:
    """What an inserted element must declare: nothing, or the namespace when the root is prefixed.

    Some libraries write `<x:worksheet>`; ours then says ` xmlns="…"` itself.
    """
    return f' xmlns="{root.uri}"' if _PREFIX.match(data, root.start) else ""


class _Builder:
    """Collects nodes from expat's events."""

    def __init__(self, data: bytes, depth: int, skip: tuple[int, int]) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.roots: list[Node] = []
        self._data = data
        self._limit = depth
        self._depth = 0
        self._open: list[Node] = []
        self._skip = skip

    def characters(self, text: str) -> None:
        """Add character data to the innermost open node."""
        if self._open:
            self._open[-1].text += text

    def _index(self) -> int:
        index = self.parser.CurrentByteIndex
        first, last = self._skip
        return index + last - first if last and index >= first else index

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._limit:
            return
        uri, _, local = name.rpartition(" ")
        node = Node(local, uri, attributes, self._index(), self._data)
        (self._open[-1].children if self._open else self.roots).append(node)
        self._open.append(node)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._depth >= self._limit:
            return
        self._open.pop().closed_at = self._index()

    def _doctype(self, *_: object) -> None:
        raise RefusedEdit("文件内部含有 DOCTYPE 声明，为安全起见不予标注")


def _require_utf8(data: bytes) -> None:
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf")[:200])
    is_utf8 = declared is None or declared[1].lower() in _UTF8
    if not is_utf8 or data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        raise RefusedEdit("文件内部不是 UTF-8 编码，请用 Excel 或 WPS 打开并另存后再标注")
