"""The workbook part and what hangs on it: sheets, relations, content types."""

import posixpath
import re
from dataclasses import dataclass

from perfxl.errors import RefusedEdit
from perfxl.writer.draft import Draft
from perfxl.writer.package import Package
from perfxl.writer.xml_scan import Node, namespace_for, scan, scan_sheet
from perfxl.writer.xml_text import attribute

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "[Content_Types].xml"
_STRICT = "http://purl.oclc.org/"
_EMPTY_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_PACKAGE_RELATIONS}"></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: `kind` is the last word of its type, `target` a part name or a URL."""

    id: str
    kind: str
    target: str
    is_external: bool
    node: Node


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A tab: `part` is "" when its relation is broken."""

    name: str
    index: int
    part: str
    is_worksheet: bool
    is_visible: bool
    node: Node


class Workbook:
    """The workbook of a package, read once; edits go through the draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        package = draft.package
        top = relations(package, "")
        _refuse_signed(package, top)
        self.part = _main_part(package, top)
        self.root = scan(package.read(self.part), text=True)
        if self.root.uri.startswith(_STRICT):
            raise RefusedEdit("文件是 Strict Open XML 格式，请另存为普通 .xlsx 后再标注")
        if self.root.name != "workbook":
            raise RefusedEdit("不是 Excel 工作簿，不能标注")
        self._relations: dict[str, dict[str, Relation]] = {"": top}
        self._outlines: dict[str, Node] = {}
        self.relations = self.relations_of(self.part)
        self.sheets = self._read_sheets()
        self._taken: dict[str, set[str]] = {}
        self._gone: dict[str, set[str]] = {}
        self._new_relations: dict[str, list[str]] = {}
        self._types = scan(package.read(_CONTENT_TYPES))
        self._defaults = {
            node.attributes.get("Extension", "").lower() for node in self._types.children
        }

    @property
    def sheets_node(self) -> Node:
        """The element that lists the tabs."""
        node = self.root.child("sheets")
        if node is None:
            raise RefusedEdit("工作簿没有工作表，不能标注")
        return node

    def relations_of(self, part: str) -> dict[str, Relation]:
        """A part's relations by id, as they were before this draft; "" is the package."""
        if part not in self._relations:
            self._relations[part] = relations(self.draft.package, part)
        return self._relations[part]

    def outline(self, part: str) -> Node:
        """A sheet's elements without its cells."""
        if part not in self._outlines:
            self._outlines[part] = scan_sheet(self.draft.read(part))
        return self._outlines[part]

    def related(self, kind: str) -> str | None:
        """The part that the workbook's relation of a kind leads to."""
        for relation in self.relations.values():
            if relation.kind == kind and not relation.is_external:
                return self.draft.package.find(relation.target)
        return None

    def add_relation(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another one; returns the new id."""
        rels = rels_part(part)
        taken = self._taken.setdefault(rels, set(self.relations_of(part)))
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        taken.add(new_id := f"rId{number}")
        xml = (
            f'<Relationship{{}} Id="{new_id}" Type="{OFFICE_RELATIONS}/{kind}"'
            f' Target="{attribute(_relative(part, target))}"/>'
        )
        known = self.draft.package.find(rels)
        if known is None:
            self._new_relations.setdefault(rels, []).append(xml.format(""))
        else:
            data = self.draft.read(known)
            root = scan(data)
            self.draft.append(known, root, xml.format(namespace_for(data, root)))
        return new_id

    def drop_relation(self, part: str, relation: Relation) -> None:
        """Take a relation out, and the part that lists them when it was the last."""
        rels = self.draft.package.find(rels_part(part))
        if rels is None:
            return
        gone = self._gone.setdefault(rels, set())
        gone.add(relation.id)
        self.draft.remove(rels, relation.node)
        if len(gone) == len(self.relations_of(part)):
            self.drop_override(rels)  # LibreOffice lists these parts too
            self.draft.drop(rels)

    def flush_relations(self) -> None:
        """Add the relation parts that did not exist before."""
        for rels, entries in self._new_relations.items():
            text = _EMPTY_RELATIONS.replace("></Rel", ">" + "".join(entries) + "</Rel")
            self.draft.add(rels, text.encode())

    def add_override(self, part: str, content_type: str) -> None:
        """Declare the content type of a new part."""
        self._add_type(f'<Override{{}} PartName="/{part}" ContentType="{content_type}"/>')

    def add_default(self, extension: str, content_type: str) -> None:
        """Declare the content type of an extension unless it is known."""
        if extension not in self._defaults:
            self._defaults.add(extension)
            self._add_type(f'<Default{{}} Extension="{extension}" ContentType="{content_type}"/>')

    def drop_override(self, part: str) -> None:
        """Take a part's content type out."""
        for node in self._types.children:
            name = node.attributes.get("PartName", "")
            if node.name == "Override" and name.lstrip("/").lower() == part.lower():
                self.draft.remove(_CONTENT_TYPES, node)

    def free_part(self, pattern: str) -> tuple[str, int]:
        """A part name that is not taken, from a pattern with `{}`, and its number."""
        number = 1
        while self.draft.package.find(pattern.format(number)) is not None:
            number += 1
        return pattern.format(number), number

    def _add_type(self, xml: str) -> None:
        declared = namespace_for(self.draft.read(_CONTENT_TYPES), self._types)
        self.draft.append(_CONTENT_TYPES, self._types, xml.format(declared))

    def _read_sheets(self) -> list[SheetEntry]:
        sheets = []
        for index, node in enumerate(self.sheets_node.children):
            relation = self.relations.get(node.attributes.get(f"{OFFICE_RELATIONS} id", ""))
            part = self.draft.package.find(relation.target) if relation else None
            sheets.append(
                SheetEntry(
                    name=node.attributes.get("name", ""),
                    index=index,
                    part=part or "",
                    is_worksheet=bool(part and relation and relation.kind == "worksheet"),
                    is_visible=node.attributes.get("state", "visible") == "visible",
                    node=node,
                )
            )
        return sheets


def relations(package: Package, part: str) -> dict[str, Relation]:
    """A part's relations by id; empty when it has none."""
    rels = package.find(rels_part(part))
    if rels is None:
        return {}
    found = {}
    for node in scan(package.read(rels)).children:
        attributes = node.attributes
        is_external = attributes.get("TargetMode") == "External"
        target = attributes.get("Target", "")
        found[attributes.get("Id", "")] = Relation(
            id=attributes.get("Id", ""),
            kind=attributes.get("Type", "").rsplit("/", 1)[-1],
            target=target if is_external else _resolve(part, target),
            is_external=is_external,
            node=node,
        )
    return found


def rels_part(part: str) -> str:
    """Where a part's relations lie."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def relation_attribute(data: bytes, root: Node, relation_id: str) -> str:
    """The attribute `r:id` for an inserted element, declaring `r` where the root does not."""
    tag = data[root.start : root.open_end]
    bound = re.search(
        rb"xmlns:([\w.-]+)\s*=\s*[\"']" + re.escape(OFFICE_RELATIONS.encode()) + rb"[\"']", tag
    )
    if bound:
        return f'{bound[1].decode()}:id="{relation_id}"'
    return f'xmlns:r="{OFFICE_RELATIONS}" r:id="{relation_id}"'


def _main_part(package: Package, top: dict[str, Relation]) -> str:
    for relation in top.values():
        if relation.kind == "officeDocument":
            part = package.find(relation.target)
            if part is None:
                break
            if part.lower().endswith(".bin"):
                raise RefusedEdit("这是 .xlsb 格式，不能直接改动，请先另存为 .xlsx")
            return part
    raise RefusedEdit("不是 Excel 工作簿（找不到工作簿部件），不能标注")


def _refuse_signed(package: Package, top: dict[str, Relation]) -> None:
    is_signed = any(name.lower().startswith("_xmlsignatures/") for name in package.names())
    if is_signed or any(
        relation.kind == "origin" and "digital-signature" in relation.node.attributes["Type"]
        for relation in top.values()
    ):
        raise RefusedEdit("文件带有数字签名，改动会使签名失效，未作标注")


def _resolve(part: str, target: str) -> str:
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _relative(part: str, target: str) -> str:
    return posixpath.relpath("/" + target, "/" + posixpath.dirname(part))
