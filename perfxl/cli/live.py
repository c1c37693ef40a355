"""`live`: what the macros start in live mode, for the book that is open."""

from pathlib import Path

import click

from perfxl.addin.actions import Request
from perfxl.addin.changes import Action
from perfxl.addin.escapes import unescaped
from perfxl.addin.live.run import run_for_caller, run_live
from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.options import options_beside
from perfxl.errors import UsageError


@click.command(cls=ChineseCommand)
@click.argument("action", metavar="动作", type=click.Choice([one.value for one in Action]))
@click.option("--hwnd", "window", default=0, metavar="窗口", help="Excel的窗口句柄")
@click.option("--book", required=True, metavar="文件", help="开着的表的完整路径（可用\\uXXXX转写）")
@click.option(
    "--dir",
    "folder",
    required=True,
    metavar="文件夹",
    type=click.Path(path_type=Path),
    help="结果写到这个文件夹",
)
@click.option("--sheet", default="", metavar="工作表", help="正在看的工作表（可用\\uXXXX转写）")
@click.option("--cell", default="", metavar="单元格", help="选中的单元格，如 H8")
@click.pass_context
def live(
    ctx: click.Context, action: str, window: int, book: str, folder: Path, sheet: str, cell: str
) -> None:
    """Excel按钮用：直接读、标开着的表。不必自己用。"""
    if not folder.is_dir():
        raise UsageError(f"--dir 的文件夹不存在：{folder}")
    path = Path(unescaped(book))
    request = Request(Action(action), path, unescaped(sheet), cell.replace("$", ""))
    ctx.exit(run_live(request, folder, lambda: options_beside(path), window=window))


def for_caller(action: str, sheet: str = "", cell: str = "") -> str:
    """Carry out a button for a macro that runs Python by xlwings' RunPython.

    Returns:
        What its user is told.

    Raises:
        LiveError: nothing runs us that way, or the book cannot be read or changed.
    """
    return run_for_caller(Action(action), options_beside, sheet=sheet, cell=cell).text
