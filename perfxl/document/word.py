"""A 退回单 as a Word file, from a template that a bureau may have put into its own words."""

import io
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from perfxl.document.notice import Notice
from perfxl.document.package import repacked
from perfxl.errors import UsageError

TEMPLATE = Path(__file__).with_name("notice.docx")


def notice_docx(notice: Notice, template: Path | None = None) -> bytes:
    """The 退回单 as a Word file; the same notice and template give the same bytes.

    Texts are only ever texts: what a workbook said cannot become a field or markup.

    Args:
        notice: what to print.
        template: fields as in `notice.docx` beside this module; that one when None.

    Raises:
        UsageError: the template cannot be opened, or a field in it is wrong.
    """
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    path = template or TEMPLATE
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    context = _storable({**asdict(notice), "kind": notice.kind.value})
    buffer = io.BytesIO()
    try:
        document = DocxTemplate(str(path))
        document.render(context, environment, autoescape=True)
        document.save(buffer)
    except (PackageNotFoundError, BadZipFile, KeyError, OSError, SyntaxError, ValueError):
        raise UsageError(f"{path}：不是能打开的 Word 模板（.docx）") from None
    except TemplateError as error:
        raise UsageError(f"{path}：退回单模板里的字段写错了：{error.message}") from None
    return repacked(buffer.getvalue())


def _storable(value: Any) -> Any:
    """The value with texts freed of what XML cannot hold."""
    match value:
        case str():
            return "".join(c for c in value if _is_storable(c))
        case dict():
            return {key: _storable(item) for key, item in value.items()}
        case tuple() | list():
            return [_storable(item) for item in value]
    return value


def _is_storable(letter: str) -> bool:
    return letter in "\n\t" or (
        letter >= " " and not 0xD800 <= ord(letter) < 0xE000 and letter not in "\ufffe\uffff"
    )
