"""How the macros tell `job` and `live` which button was pressed, where, and where to answer."""

from pathlib import Path

import click

from perfxl.addin.actions import Request
from perfxl.addin.changes import Action
from perfxl.addin.escapes import unescaped
from perfxl.errors import UsageError


def _existing(_ctx: click.Context, _option: click.Parameter, folder: Path) -> Path:
    if not folder.is_dir():
        raise UsageError(f"--dir 的文件夹不存在：{folder}")
    return folder


ACTION = click.argument("action", metavar="动作", type=click.Choice([one.value for one in Action]))
FOLDER = click.option(
    "--dir",
    "folder",
    required=True,
    metavar="文件夹",
    type=click.Path(path_type=Path),
    callback=_existing,
    help="结果写到这个文件夹",
)
SHEET = click.option(
    "--sheet", default="", metavar="工作表", help="正在看的工作表（可用\\uXXXX转写）"
)
CELL = click.option("--cell", default="", metavar="单元格", help="选中的单元格，如 H8")


def request_of(action: str, path: Path, sheet: str, cell: str) -> Request:
    """What was pressed, out of the words of the command; `path` is the open book's own."""
    return Request(Action(action), path, unescaped(sheet), cell.replace("$", ""))
