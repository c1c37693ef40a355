"""A return that carries all that Excel and WPS can put into one; every part of it must survive.

XlsxWriter writes what it can; `rich_parts` adds what only Excel and WPS write.
"""

import io
import struct
import zlib
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.forms.book import CREATED
from tests.forms.rich_parts import add_foreign_parts

FORM = "自评表"
LISTS = "选项"
GUIDE = "填报说明"
FIRST_ROW, LAST_ROW = 4, 23  # of the indicators, counted from 1

_HEADS = (
    "一级指标",
    "分值",
    "二级指标",
    "分值",
    "三级指标",
    "分值",
    "指标解释",
    "得分",
    "未达标原因",
    "改进措施",
)
_BASE = {"font_name": "宋体", "font_size": 10, "border": 1, "text_wrap": True, "valign": "vcenter"}


def write_rich(path: Path) -> Path:
    """Write the workbook; a name that ends in .xlsm gets a macro part. Returns the path."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw)
    book.set_properties({"created": CREATED, "title": "自评表", "author": "某局"})
    book.set_custom_property("版本", "2022-A")
    formats = {
        "body": book.add_format(_BASE),
        "head": book.add_format({**_BASE, "bold": True, "bg_color": "#D9E1F2"}),
        "input": book.add_format({**_BASE, "locked": False, "bg_color": "#FFFDE7"}),
        "score": book.add_format({**_BASE, "num_format": "0.00", "locked": False}),
    }
    guide, form, lists = (book.add_worksheet(name) for name in (GUIDE, FORM, LISTS))
    guide.write("A1", "先看说明，再填自评表", formats["head"])
    guide.write_comment("A1", "另一张表上的批注", {"author": "某局"})
    lists.write_column("A1", ["优", "良", "中", "差"])
    lists.hide()
    _write_table(form, formats)
    _decorate(book, form, formats)
    _draw(book, form)
    book.define_name("自评得分", f"={FORM}!$H${FIRST_ROW}:$H${LAST_ROW}")
    if path.suffix == ".xlsm":
        # The head of a compound file is all that a copied part needs.
        macros = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4088)
        book.add_vba_project(io.BytesIO(macros), is_stream=True)
    book.close()
    path.write_bytes(add_foreign_parts(raw.getvalue(), "xl/worksheets/sheet2.xml", seal()))
    return path


def seal() -> bytes:
    """A red ring as PNG, standing for a seal."""
    size, middle = 96, 47.5
    rows = bytearray()
    for y in range(size):
        rows.append(0)
        for x in range(size):
            distance = ((x - middle) ** 2 + (y - middle) ** 2) ** 0.5
            rows += b"\xdc\x00\x00\xff" if 38 < distance < 46 else b"\x00\x00\x00\x00"
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _write_table(form: Worksheet, formats: dict[str, Format]) -> None:
    form.merge_range("A1:J1", "2022年度部门整体支出绩效自评表", formats["head"])
    form.write("A2", "单位：某局")
    form.write_row(2, 0, _HEADS, formats["head"])
    total = 0.0
    for row in range(FIRST_ROW, LAST_ROW + 1):
        number = row - FIRST_ROW + 1
        form.write(row - 1, 4, f"指标{number}", formats["body"])
        form.write(row - 1, 5, 5, formats["body"])
        form.write(row - 1, 6, f"指标{number}的解释与评分标准，共计五分。", formats["body"])
        score = 5 if number % 4 else 3.5
        total += score
        form.write(row - 1, 7, score, formats["score"])
        form.write_blank(row - 1, 8, None, formats["input"])
        form.write_blank(row - 1, 9, None, formats["input"])
    for first, last, name in ((4, 13, "履职效能"), (14, 23, "管理效率")):
        form.merge_range(f"A{first}:A{last}", name, formats["body"])
        form.merge_range(f"B{first}:B{last}", 50, formats["body"])
        form.merge_range(f"C{first}:C{last}", f"{name}二级", formats["body"])
        form.merge_range(f"D{first}:D{last}", 50, formats["body"])
    bottom = LAST_ROW + 1
    form.merge_range(f"A{bottom}:G{bottom}", "总分", formats["head"])
    form.write_formula(f"H{bottom}", f"=SUM(H{FIRST_ROW}:H{LAST_ROW})", formats["score"], total)
    form.write_rich_string(
        "I5", "未达标：", formats["head"], "仅完成3.5个月", "，原因是上架延期", formats["input"]
    )
    form.set_column("G:G", 34)
    form.set_column("I:J", 24)
    form.set_row(5, 42)


def _decorate(book: Workbook, form: Worksheet, formats: dict[str, Format]) -> None:
    """Formats, validations, notes and settings of the form's own."""
    scores = f"H{FIRST_ROW}:H{LAST_ROW}"
    low = book.add_format({"bg_color": "#FFC7CE"})
    form.conditional_format(scores, {"type": "data_bar", "data_bar_2010": True})
    form.conditional_format(
        scores, {"type": "formula", "criteria": f"=$H{FIRST_ROW}<$F{FIRST_ROW}", "format": low}
    )
    form.conditional_format("F4:F23", {"type": "icon_set", "icon_style": "3_traffic_lights"})
    form.data_validation(
        scores, {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
    )
    form.write_comment("H6", "审核意见：请补充佐证材料", {"author": "审核人"})
    form.write_comment("J8", "单位填报说明", {"author": "填报人", "visible": True})
    form.write_comment("H9", "已有讨论", {"author": "审核人"})
    form.insert_button("L3", {"macro": "CheckAll", "caption": "一键校验"})
    form.write_url("A27", "https://example.org/", string="填报说明")
    form.add_sparkline("K4", {"range": f"{FORM}!F4:H4"})
    form.ignore_errors({"number_stored_as_text": "E4:E23"})
    form.autofilter("A3:J23")
    form.freeze_panes(3, 0)
    form.protect("")
    form.set_landscape()
    form.print_area("A1:J27")
    form.repeat_rows(0, 2)
    form.write_blank("M12", None, formats["input"])


def _draw(book: Workbook, form: Worksheet) -> None:
    """Picture, chart, text box, header picture."""
    image = {"image_data": io.BytesIO(seal()), "description": "印章"}
    form.insert_image("H26", "seal.png", image)
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "得分",
            "categories": f"={FORM}!$E$4:$E$13",
            "values": f"={FORM}!$H$4:$H$13",
            "trendline": {"type": "linear"},
            "data_labels": {"value": True},
        }
    )
    form.insert_chart("L6", chart)
    form.insert_textbox("L22", "黄色单元格必填", {"fill": {"color": "#FFF2CC"}})
    header = {"image_left": "seal.png", "image_data_left": io.BytesIO(seal())}
    form.set_header("&L&G&C自评表", header)
