"""What a file really is, by its first bytes, whatever its name says."""

import re
from typing import NamedTuple


class Kind(NamedTuple):
    """The FL1xx code for a file that is no .xlsx, and what it is, in Chinese."""

    code: str
    detail: str


ZIP_START = b"PK\x03\x04"
_CFB_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_STARTS = (
    (b"Rar!\x1a\x07", "RAR压缩包，请先解压"),
    (b"7z\xbc\xaf\x27\x1c", "7z压缩包，请先解压"),
    (b"\x1f\x8b", "gzip压缩包，请先解压"),
    (b"PK\x05\x06", "空的压缩包"),
    (b"PK\x07\x08", "分卷压缩包，请先合并解压"),
    (b"\xff\xd8\xff", "JPEG图片"),
    (b"\x89PNG", "PNG图片"),
    (b"GIF8", "GIF图片"),
    (b"BM", "BMP图片"),
    (b"II*\x00", "TIFF图片"),
    (b"MM\x00*", "TIFF图片"),
    (b"{\\rtf", "RTF文档"),
)
_OLDEST_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_BARE_BIFF = (b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")  # Excel 5.0 and later, not wrapped
_HTML = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|style|table|div|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Streams of a compound file by which its kind is known, the telling ones first.
_STREAMS = (
    ("EncryptedPackage", Kind("FL102", "文件设了打开密码")),
    ("DRMEncryptedDataSpace", Kind("FL102", "文件受权限管理（IRM）加密")),
    ("WordDocument", Kind("FL101", "实际是Word文档（.doc）")),
    ("PowerPoint Document", Kind("FL101", "实际是演示文稿（.ppt）")),
)
_LOCKED_STREAMS = ("EncryptedPackage", "DRMEncryptedDataSpace")
_WORKBOOK_STREAMS = ("Workbook", "Book")
# Members by which other zip-based formats are known.
_MEMBERS = (
    ("word/document.xml", "Word文档（.docx）"),
    ("ppt/presentation.xml", "演示文稿（.pptx）"),
    ("xl/workbook.bin", "二进制工作簿（.xlsb）"),
    ("content.xml", "ODF文件（.ods等）"),
    ("ofd.xml", "OFD版式文件"),
)


def is_legacy(data: bytes) -> bool:
    """Whether the bytes seem to be a workbook of the old binary format, .xls or .et.

    A document of another program that has a workbook embedded looks the same from here.
    """
    if data.startswith(_BARE_BIFF):
        return True
    if not data.startswith(_CFB_START) or _has_stream(data, _LOCKED_STREAMS):
        return False
    return _has_stream(data, _WORKBOOK_STREAMS)


def _has_stream(data: bytes, names: tuple[str, ...]) -> bool:
    return any((name + "\0").encode("utf-16-le") in data for name in names)


def kind_of_foreign(data: bytes) -> Kind | None:
    """What the bytes are when they do not begin as a zip; None when they do."""
    if data.startswith(ZIP_START):
        return None
    if not data:
        return Kind("FL114", "空文件，0字节")
    if data.startswith(_CFB_START):
        return kind_of_compound(data)
    if data.startswith(_OLDEST_BIFF):
        return Kind("FL113", "Excel 4.0或更早的格式（.xls）")
    for start, name in _STARTS:
        if data.startswith(start):
            return Kind("FL101", f"实际是{name}")
    if b"%PDF-" in data[:1024]:
        return Kind("FL101", "实际是PDF文件")
    return _kind_of_text(data)


def kind_of_compound(data: bytes) -> Kind:
    """What a compound file is that holds no workbook of its own."""
    for stream, kind in _STREAMS:
        if _has_stream(data, (stream,)):
            return kind
    if _lacks_directory(data):
        return Kind("FL103", "文件没有收全")
    return Kind("FL101", "OLE复合文件，里面没有工作簿")


def _lacks_directory(data: bytes) -> bool:
    """Whether a compound file ends before its directory, where its streams are named."""
    shift = int.from_bytes(data[30:32], "little")
    first = int.from_bytes(data[48:52], "little")
    return shift in (9, 12) and (first + 2) << shift > len(data)


def _kind_of_text(data: bytes) -> Kind:
    head = data[:65536].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="replace").encode()
    head = head.lstrip()
    if _HTML.match(head):
        return Kind("FL101", "实际是网页（HTML），只是改了扩展名")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return Kind("FL101", "实际是XML表格2003")
    if b"mime-version:" in head[:4096].lower():
        return Kind("FL101", "实际是单个文件网页（MHTML）")
    if head.startswith(b"<?xml"):
        return Kind("FL101", "实际是XML文件")
    if not data.strip(b"\0"):
        return Kind("FL103", "内容全是空字节，文件没有收全")
    if _is_text(head):
        return Kind("FL101", "实际是文本（如CSV），不是工作簿")
    return Kind("FL101", "认不出的文件，不是工作簿")


def _is_text(head: bytes) -> bool:
    if _CONTROL.search(head):
        return False
    return _decodes(head, "utf-8") or _decodes(head, "gb18030")


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        head.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4  # the cut may fall inside a character
    return True


def kind_of_zip(names: list[str]) -> Kind | None:
    """What a zip without a workbook is, by its members in lower case; None when it has one."""
    if "xl/workbook.xml" in names:
        return None
    for member, kind in _MEMBERS:
        if member in names:
            return Kind("FL101", f"实际是{kind}")
    if any(name.endswith((".xlsx", ".xlsm", ".xls", ".et")) for name in names):
        return Kind("FL101", "实际是装着表格的压缩包，请先解压")
    if "[content_types].xml" in names:
        return None  # the workbook may stand elsewhere in the package
    return Kind("FL101", "实际是压缩包，里面没有工作簿")
