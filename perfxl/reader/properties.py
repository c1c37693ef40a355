"""Custom document properties (docProps/custom.xml), one of the two homes of our stamp."""

from perfxl.reader.xml_part import Attributes, parse, unescape


def read_properties(data: bytes, part: str) -> dict[str, str]:
    """The properties' values as texts by name."""
    properties: dict[str, str] = {}
    name = ""
    texts: list[str] = []

    def start(element: str, attributes: Attributes) -> None:
        nonlocal name
        if element == "property":
            name = attributes.get("name", "")
        texts.clear()

    def end(element: str) -> None:
        if element == "property":
            properties.setdefault(name, "")
        elif texts and name:
            properties[name] = unescape("".join(texts))
        texts.clear()

    parse(data, part, start, end, texts.append)
    properties.pop("", None)
    return properties
