"""What the tests of writing annotate with, and how they look into a package."""

import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal

from perfxl.model.address import Place
from perfxl.model.annotation import RESULT_MARK
from perfxl.model.page import Item, Look, Mark, MarkKind, Page

FORM = "自评表"


def mark(cell: str, kind: MarkKind = MarkKind.ERROR, note: str = "", sheet: str = FORM) -> Mark:
    """A mark on a cell of the form."""
    return Mark(Place(sheet, cell), kind, note)


MARKS = (
    mark("H5", MarkKind.ERROR, "必改 得分超过分值，请改为不超过5分"),
    mark("H6", MarkKind.ERROR, "必改 与合计不符"),  # has a note of the unit's own
    mark("H7", MarkKind.SHORT_3),
    mark("H8", MarkKind.SHORT_2),
    mark("H9", MarkKind.VERIFY, "请核实 这一格有讨论"),  # has a threaded comment
    mark("H10", MarkKind.SHORT_1),
    mark("A8", MarkKind.NOTICE, "提示 合并的格"),  # within A4:A13
)


def page(*links: Place) -> Page:
    """A small result page of every look, with a link for each place."""
    rows = [
        [Item("校验结果", Look.TITLE, 3)],
        [Item("有必改2处", Look.VERDICT_FAIL, 3)],
        [Item("序号", Look.HEAD), Item("位置", Look.HEAD), Item("单位说明", Look.HEAD)],
    ]
    rows += [
        [
            Item(Decimal(number), Look.CENTER),
            Item(f"{place.sheet}!{place.cell}", Look.LINK, 1, place),
            INPUT,
        ]
        for number, place in enumerate(links or (Place(FORM, "H5"),), 1)
    ]
    rows += [[Item(look.value, look), Item(Decimal("1.5"), look)] for look in Look]
    return Page("校验结果", (8, 30, 20), rows, {}, RESULT_MARK)


INPUT = Item("", Look.INPUT)


def _link(place: Place) -> Item:
    return Item(f"{place.sheet}!{place.cell}", Look.LINK, 1, place)


def parts(data: bytes) -> dict[str, bytes]:
    """All parts by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: archive.read(name) for name in names}


def rebuilt(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with its parts changed, or left out where `change` gives None."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts(data).items():
            changed = change(name, part)
            if changed is not None:
                archive.writestr(zipfile.ZipInfo(name), changed, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def replaced(data: bytes, part: str, old: str, new: str) -> bytes:
    """The package with a text in a part replaced once."""

    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return rebuilt(data, change)


def prefixed(data: bytes) -> bytes:
    """The package with `<x:worksheet>` and so on, as some libraries write it."""

    def change(name: str, content: bytes) -> bytes:
        if not re.fullmatch(r"xl/(workbook|styles|comments\d*|worksheets/sheet\d+)\.xml", name):
            return content
        text = re.sub(r"<(/?)(\w+)(?=[\s/>])", r"<\1x:\2", content.decode())
        return text.replace(' xmlns="', ' xmlns:x="', 1).encode()

    return rebuilt(data, change)
