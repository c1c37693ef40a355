"""How our own workbooks say what they are.

Each key is written twice: as a defined name that holds a string constant, and as a property of
the same name in docProps/custom.xml. Office programs keep the names; some of them drop custom
parts, others drop unused names, so either copy is enough. Where both remain, the names count.
"""

from collections.abc import Mapping
from dataclasses import dataclass

_LONGEST = 255  # what Excel allows for a string constant in a defined name


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a workbook built by us carries.

    Attributes:
        scheme_id: the scheme's id.
        version: the scheme's version.
        unit: the unit that the copy was made for, or "".
        issue: the round or resubmission that the copy belongs to, or "".
        fingerprint: a digest of the template's fixed cells, or "".
        code: the code of the unit that the copy was made for, or "".
        due: the day by which the copy is due as 2025-03-31, or "".
    """

    scheme_id: str
    version: str
    unit: str = ""
    issue: str = ""
    fingerprint: str = ""
    code: str = ""
    due: str = ""


# Attribute of Stamp → name in the workbook. A contract with every copy sent out: never changed.
STAMP_NAMES: dict[str, str] = {
    "scheme_id": "_perfxl_scheme",
    "version": "_perfxl_version",
    "unit": "_perfxl_unit",
    "issue": "_perfxl_issue",
    "fingerprint": "_perfxl_fingerprint",
    "code": "_perfxl_code",
    "due": "_perfxl_due",
}


def read_stamp(names: Mapping[str, str], properties: Mapping[str, str]) -> Stamp | None:
    """The stamp of a workbook, None when it carries none (or not even its scheme).

    Args:
        names: defined names with what they refer to, such as `"abc"` or `="abc"`.
        properties: custom properties with their texts.
    """
    folded = {name.casefold(): value for name, value in names.items()}
    values = {
        attribute: (text_of(folded.get(name, "")) or properties.get(name, "")).strip()
        for attribute, name in STAMP_NAMES.items()
    }
    return Stamp(**values) if values["scheme_id"] else None


def stamp_values(stamp: Stamp) -> dict[str, str]:
    """Names with their plain texts, those with a text only; for custom properties.

    Raises:
        ValueError: a text is longer than a defined name can hold.
    """
    values = {name: getattr(stamp, attribute) for attribute, name in STAMP_NAMES.items()}
    for name, value in values.items():
        if len(value) > _LONGEST:
            raise ValueError(f"{name}: more than {_LONGEST} characters")
    return {name: value for name, value in values.items() if value}


def stamp_constants(stamp: Stamp) -> dict[str, str]:
    """Names with what they refer to, as formula text without `=`: for defined names."""
    return {name: constant_text(value) for name, value in stamp_values(stamp).items()}


def constant_text(text: str) -> str:
    """A text as a string constant of a formula."""
    return '"' + text.replace('"', '""') + '"'


def text_of(reference: str) -> str:
    """The text of a string constant; "" for anything else, such as a cell or #REF!."""
    text = reference.strip().removeprefix("=").strip()
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return ""
    return text[1:-1].replace('""', '"')
