"""Edits to a package, gathered against its parts as they are and applied all at once."""

from dataclasses import dataclass, field

from perfxl.errors import RefusedEdit
from perfxl.writer.package import Package
from perfxl.writer.xml_scan import Node, start_tag, with_attribute, without_attribute


@dataclass(frozen=True, slots=True)
class Cut:
    """Bytes `start` to `end` of a part give way to `new`."""

    start: int
    end: int
    new: bytes


@dataclass(frozen=True, slots=True)
class PartEdit:
    """What was done to one part, for the journal."""

    part: str
    before: bytes
    after: bytes
    cuts: tuple[Cut, ...]


@dataclass(slots=True)
class _Touched:
    """An element that gets attributes or further children."""

    node: Node
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[bytes] = field(default_factory=list)


def splice(data: bytes, cuts: list[Cut]) -> bytes:
    """The part with its cuts made; cuts are sorted and must not overlap."""
    out: list[bytes] = []
    at = 0
    for cut in cuts:
        if cut.start < at:
            raise RefusedEdit("标注内容互相冲突，未作任何改动")
        out += (data[at : cut.start], cut.new)
        at = cut.end
    out.append(data[at:])
    return b"".join(out)


class Draft:
    """Gathers edits; every offset means the part before any of them."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.added: list[str] = []
        self._cuts: dict[str, list[Cut]] = {}
        self._touched: dict[tuple[str, int], _Touched] = {}
        self._dropped: set[str] = set()

    def read(self, part: str) -> bytes:
        """The part as it was before this draft."""
        return self.package.read(part)

    def cut(self, part: str, start: int, end: int, new: str = "") -> None:
        """Replace, remove or (with start == end) insert."""
        self._cuts.setdefault(part, []).append(Cut(start, end, new.encode()))

    def remove(self, part: str, node: Node) -> None:
        """Take an element out."""
        self.cut(part, node.start, node.end)

    def append(self, part: str, node: Node, xml: str) -> None:
        """Add children at the end of an element, opening it when it is `<a/>`."""
        self._touch(part, node).children.append(xml.encode())

    def set_attribute(self, part: str, node: Node, name: str, value: str | None) -> None:
        """Set an attribute, or remove it with None."""
        self._touch(part, node).attributes[name] = value

    def add(self, part: str, data: bytes) -> None:
        """Add a new part."""
        self.package.put(part, data)
        self.added.append(part)

    def drop(self, part: str) -> None:
        """Take a part out; edits to it are forgotten."""
        self._dropped.add(part)

    def commit(self) -> list[PartEdit]:
        """Apply everything and say what was done to each part."""
        for (part, _), touched in self._touched.items():
            if part not in self._dropped:
                cuts = self._cuts.setdefault(part, [])
                cuts.extend(self._cuts_for(part, touched))
        edits = []
        for part in self._dropped:
            self._cuts.pop(part, None)
            self.package.drop(part)
        for part, cuts in self._cuts.items():
            before = self.package.read(part)
            cuts.sort(key=lambda cut: (cut.start, cut.end))
            after = splice(before, cuts)
            self.package.put(part, after)
            edits.append(PartEdit(part, before, after, tuple(cuts)))
        return edits

    def _touch(self, part: str, node: Node) -> _Touched:
        return self._touched.setdefault((part, node.start), _Touched(node))

    def _cuts_for(self, part: str, touched: _Touched) -> list[Cut]:
        node = touched.node
        old = tag = start_tag(self.read(part), node.start)
        for name, value in touched.attributes.items():
            tag = (
                without_attribute(tag, name) if value is None else with_attribute(tag, name, value)
            )
        children = b"".join(touched.children)
        if children and node.is_empty:
            element = old[1:-2].split(None, 1)[0]
            tag = tag[:-2].rstrip() + b">" + children + b"</" + element + b">"
            return [Cut(node.start, node.open_end, tag)]
        cuts = [Cut(node.start, node.open_end, tag)] if tag != old else []
        return [*cuts, Cut(node.close, node.close, children)] if children else cuts
