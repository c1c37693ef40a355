"""Links of a sheet to the cells of other files that its figures were taken from."""

import os
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from perfxl.batch.summary.table import Source
from perfxl.render.legal_text import legal_text
from perfxl.writer.xml_text import attribute

_MOST = 60_000  # a sheet; beyond 65,530 Excel calls the file damaged
_LONGEST = 2_000
_LONGEST_TIP = 250
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
# What Excel escapes in the name of a file; the sign of escaping first.
_ESCAPED = (
    ("%", "%25"), ('"', "%22"), (" ", "%20"), ("<", "%3c"), (">", "%3e"), ("[", "%5b"),
    ("]", "%5d"), ("^", "%5e"), ("`", "%60"), ("{", "%7b"), ("}", "%7d"),
)  # fmt: skip


class Targets:
    """Files as links name them, relative to `folder`; None leaves all links out."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._paths: dict[str, str] = {}

    def of(self, source: Source) -> str:
        """The target of a link to the source's file; "" where there can be none."""
        # A # ends the file's name in a link; what lies in a zip cannot be opened from outside.
        if self._folder is None or not source.file or source.member:
            return ""
        if source.file not in self._paths:
            self._paths[source.file] = _target(source.file, self._folder)
        return "" if "#" in source.sheet else self._paths[source.file]


class Links:
    """The links of one sheet, as its own part and its relationships tell of them."""

    def __init__(self, targets: Targets) -> None:
        self._targets = targets
        self._elements: list[str] = []
        self._relations: list[str] = []

    def add(self, at: str, source: Source) -> bool:
        """Link a cell to where its figure stands; whether there is a link now."""
        target = self._targets.of(source)
        if not target or len(self._elements) >= _MOST:
            return False
        told = _within(source.sheet, source.cell)
        if len(target) + len(told) > _LONGEST:
            return False
        number = len(self._elements) + 1
        self._elements.append(f'<hyperlink ref="{at}" r:id="rId{number}"{told}/>')
        self._relations.append(
            f'<Relationship Id="rId{number}" Type="{_KIND}" Target="{target}"'
            ' TargetMode="External"/>'
        )
        return True

    @property
    def elements(self) -> str:
        """The sheet's list of links; "" of none."""
        return f"<hyperlinks>{''.join(self._elements)}</hyperlinks>" if self._elements else ""

    @property
    def relations(self) -> str:
        """The part that says where they lead; "" of none."""
        if not self._relations:
            return ""
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        body = "".join(self._relations)
        return f'{head}<Relationships xmlns="{_NAMESPACE}">{body}</Relationships>'


@lru_cache(maxsize=16_384)  # the same cells are told of in every return
def _within(sheet: str, cell: str) -> str:
    """The place within the file, and the hint that names it."""
    name = sheet.replace("'", "''")
    location = f"'{name}'!{cell or 'A1'}"
    told = f' location="{attribute(location)}"' if sheet else ""
    tip = f"{sheet}!{cell}"[:_LONGEST_TIP]
    return f'{told} tooltip="{attribute(tip)}"' if cell else told


def _target(file: str, folder: Path) -> str:
    try:
        path = Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # another drive, or a name that no file can have
        return ""
    if not path or "#" in path or path != legal_text(path):
        return ""
    for sign, code in _ESCAPED:
        path = path.replace(sign, code)
    return escape(path.replace("/", "\\"))
