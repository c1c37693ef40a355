"""Relationships between parts: which part is the workbook, a sheet, the strings, the styles."""

import posixpath
from typing import NamedTuple
from urllib.parse import unquote

from perfxl.reader.package import Package
from perfxl.reader.xml_part import Attributes, parse


class Relation(NamedTuple):
    """A relationship: `kind` is the last segment of its type, `target` a part name.

    For an external one `target` is as the file spells it.
    """

    kind: str
    target: str
    is_external: bool


def read_relations(package: Package, part: str) -> dict[str, Relation]:
    """The relationships of a part by id ("" for the package's own); {} when it has none."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, Relation] = {}
    if not package.has(source):
        return found

    def start(element: str, attributes: Attributes) -> None:
        if element != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        is_external = attributes.get("TargetMode") == "External"
        if not is_external:
            target = _part_name(package, folder, target)
        found[attributes.get("Id", "")] = Relation(kind, target, is_external)

    parse(package.read(source), source, start)
    return found


def first_of_kind(relations: dict[str, Relation], *kinds: str) -> str:
    """The part of the first internal relationship of a kind; "" when there is none."""
    for relation in relations.values():
        if relation.kind in kinds and not relation.is_external:
            return relation.target
    return ""


def _part_name(package: Package, folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    if target.startswith("/"):
        name = posixpath.normpath(target).lstrip("/")
    else:
        name = posixpath.normpath(posixpath.join(folder, target))
    return name if package.has(name) else unquote(name)
