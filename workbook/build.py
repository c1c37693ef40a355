"""Builds perfxl.xlsm and perfxl.xlam from the macros' text; the same text gives the same bytes.

    python workbook/build.py [FOLDER]

The macros are `vba/*.bas`, the ribbon is `ribbon/customUI14.xml`. pyOpenVBA makes the project,
XlsxWriter the workbook and its buttons; see docs/decisions/0016.
"""

import re
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from pyopenvba import ExcelFile

HERE = Path(__file__).parent
OWN_SHEET = "使用说明"
LAST_NAME = "perfxl_last"  # the cell that keeps the last message
_CREATED = datetime(2026, 1, 1)
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_RIBBON_PART = "customUI/customUI14.xml"
_RIBBON_RELATION = (
    '<Relationship Id="rIdRibbon" Type="http://schemas.microsoft.com/office/2007/relationships/'
    f'ui/extensibility" Target="{_RIBBON_PART}"/></Relationships>'
)
_MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_TYPE = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_DOCUMENT_MODULES = ("ThisWorkbook", "Sheet1")

_NAVY, _BAND, _GREY, _LINE, _PALE = "#1F3864", "#DCE6F2", "#7F7F7F", "#BFBFBF", "#FFFDE7"
_FONT, _HEADING = "微软雅黑", "黑体"


class Button(NamedTuple):
    """A button of the sheet: caption, macro, and what it does."""

    caption: str
    macro: str
    told: str


BUTTONS = (
    Button("校验", "PerfxlCheck", "给问题和失分标色、加批注，列出“校验结果”页；表上的数不改动。"),
    Button("下一处", "PerfxlNext", "跳到下一处问题，原因和改法写在那一格的批注里。"),
    Button("填充公式", "PerfxlFill", "补上合计、执行率、等级的公式；填了别的数的格子不改。"),
    Button("得分说明", "PerfxlWhy", "先在自评表里选中一个得分，说明它按什么标准、由哪些数算来。"),
    Button("清除标记", "PerfxlClean", "去掉标色、批注和“校验结果”页；别人的批注和格式不动。"),
    Button("导出结果", "PerfxlExport", "把校验报告（网页）另存在自评表旁边，不覆盖旧的。"),
    Button("帮助/诊断", "PerfxlDoctor", "看校验程序装在哪里、能不能用；求助时请把这一段发给同事。"),
)  # fmt: skip
_STEPS = (
    "1. 打开要处理的自评表并保存；本表也开着，不必关。",
    "2. 有功能区“绩效自评”的，在自评表里按功能区的按钮；没有的（如WPS），回到本页按下面的按钮。",
    "3. 看标色和批注，逐处改好，再按“校验”，直到没有“必改”。报送前不必清除标记。",
)


def main(folder: Path = HERE) -> None:
    """Write both workbooks into a folder."""
    for name, data in build().items():
        (folder / name).write_bytes(data)


def build(modules: dict[str, str] | None = None) -> dict[str, bytes]:
    """Both workbooks by name; out of the repository's macros unless others are given."""
    project = vba_project(sources() if modules is None else modules)
    ribbon = (HERE / "ribbon" / "customUI14.xml").read_bytes()
    book = _finished(_workbook(project, _guide), ribbon)
    addin = _finished(_workbook(project, _blank), ribbon)
    return {"perfxl.xlsm": book, "perfxl.xlam": _as_addin(addin)}


def sources() -> dict[str, str]:
    """The text of the macros by module, as it stands in the repository."""
    files = sorted((HERE / "vba").glob("*.bas"))
    return {path.stem: path.read_bytes().decode("ascii") for path in files}


def vba_project(modules: dict[str, str]) -> bytes:
    """A vbaProject.bin of a workbook with one sheet and these modules."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "project.xlsm"
        with ExcelFile.create_new(path) as book:
            project = book.vba_project()
            for name in book.module_names():
                if name not in _DOCUMENT_MODULES:
                    project.delete_module(name)
            for name, text in modules.items():
                project.add_module(name, text)
            book.save()
        with zipfile.ZipFile(path) as package:
            return package.read("xl/vbaProject.bin")


def _workbook(project: bytes, draw: Any) -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": "绩效自评", "comments": "自评表校验按钮", "created": _CREATED})
    book.add_vba_project(BytesIO(project), is_stream=True)
    sheet = book.add_worksheet(OWN_SHEET)
    # Excel ties document modules to sheets by these names.
    book.set_vba_name("ThisWorkbook")
    sheet.set_vba_name("Sheet1")
    draw(book, sheet)
    book.close()
    return stream.getvalue()


def _blank(book: Any, sheet: Any) -> None:
    """An add-in's sheet, which nobody sees; it only keeps the last message."""
    book.define_name(LAST_NAME, f"='{OWN_SHEET}'!$B$2")
    sheet.write("B1", "按钮在功能区“绩效自评”里。")


def _guide(book: Any, sheet: Any) -> None:
    """The sheet with the buttons."""
    look = _looks(book)
    sheet.hide_gridlines(2)
    sheet.set_column("A:A", 2)
    sheet.set_column("B:B", 16)
    sheet.set_column("C:C", 78)
    sheet.set_column("D:D", 2)
    sheet.set_row(0, 8)
    sheet.set_row(1, 34)
    sheet.merge_range("B2:C2", "部门整体支出绩效自评表　校验", look["title"])
    for row, text in enumerate(_STEPS, 2):
        sheet.set_row(row, 21)
        sheet.merge_range(row, 1, row, 2, text, look["step"])
    sheet.set_row(5, 10)
    sheet.set_row(6, 22)
    sheet.write("B7", "按这里", look["head"])
    sheet.write("C7", "做什么", look["head"])
    for row, button in enumerate(BUTTONS, 7):
        sheet.set_row(row, 34)
        sheet.write_blank(row, 1, None, look["key"])
        sheet.write(row, 2, button.told, look["told"])
        sheet.insert_button(
            row,
            1,
            {
                "macro": button.macro,
                "caption": button.caption,
                "description": button.caption,
                "width": 101,
                "height": 33,
                "x_offset": 8,
                "y_offset": 6,
            },
        )
    last = 7 + len(BUTTONS)
    sheet.set_row(last, 10)
    sheet.set_row(last + 1, 22)
    sheet.merge_range(last + 1, 1, last + 1, 2, "上次的结果", look["head"])
    sheet.set_row(last + 2, 150)
    sheet.merge_range(last + 2, 1, last + 2, 2, "还没有按过按钮。", look["last"])
    book.define_name(LAST_NAME, f"='{OWN_SHEET}'!$B${last + 3}")
    sheet.set_row(last + 3, 36)
    sheet.merge_range(
        last + 3,
        1,
        last + 3,
        2,
        "按钮没有反应：请启用宏（打开时点“启用内容”）；文件是从聊天软件收来的，先在文件“属性”里勾“解除锁定”。",
        look["foot"],
    )
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(0.59, 0.59, 0.59, 0.59)
    sheet.print_area(0, 0, last + 3, 3)
    sheet.set_selection("C2")


def _looks(book: Any) -> dict[str, Any]:
    def made(**more: Any) -> Any:
        return book.add_format({"font_name": _FONT, "font_size": 10.5, "valign": "vcenter",
                                "text_wrap": True, **more})  # fmt: skip

    edge = {"border": 1, "border_color": _LINE}
    return {
        "title": made(font_name=_HEADING, font_size=18, font_color="#FFFFFF", bg_color=_NAVY,
                      indent=1),
        "step": made(font_color="#1F1F1F", indent=1),
        "head": made(font_name=_HEADING, bg_color=_BAND, font_color=_NAVY, indent=1, **edge),
        "key": made(**edge),
        "told": made(indent=1, **edge),
        "last": made(bg_color=_PALE, align="left", valign="top", indent=1, **edge),
        "foot": made(font_size=9, font_color=_GREY, indent=1),
    }  # fmt: skip


def _finished(data: bytes, ribbon: bytes) -> bytes:
    """The package with the ribbon, its members in one order and of one age."""
    parts = _parts(data)
    root = parts["_rels/.rels"].decode()
    parts["_rels/.rels"] = root.replace("</Relationships>", _RIBBON_RELATION).encode()
    assert b'Extension="xml"' in parts["[Content_Types].xml"]
    parts[_RIBBON_PART] = ribbon
    return _packed(parts)


def _as_addin(data: bytes) -> bytes:
    """A workbook declared to be an add-in: it opens unseen."""
    parts = _parts(data)
    types = parts["[Content_Types].xml"]
    assert types.count(_MACRO_TYPE) == 1
    parts["[Content_Types].xml"] = types.replace(_MACRO_TYPE, _ADDIN_TYPE)
    return _packed(parts)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in parts.items():
            # Stored, not deflated: compressors differ between versions of zlib.
            package.writestr(zipfile.ZipInfo(name, _EARLIEST), data, zipfile.ZIP_STORED)
    return stream.getvalue()


def macros(text: str) -> Sequence[str]:
    """The public procedures of a module's text."""
    return re.findall(r"^Public Sub (\w+)\(", text, re.MULTILINE)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
