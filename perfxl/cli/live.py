"""`live`: what the macros start in live mode, for the book that is open."""

from pathlib import Path

import click

from perfxl.addin.changes import Action
from perfxl.addin.escapes import unescaped
from perfxl.addin.live.run import run_for_caller, run_live
from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.options import options_beside
from perfxl.cli.pressed import ACTION, CELL, FOLDER, SHEET, request_of


@click.command(cls=ChineseCommand)
@ACTION
@click.option("--hwnd", "window", default=0, metavar="窗口", help="Excel的窗口句柄")
@click.option("--book", required=True, metavar="文件", help="开着的表的完整路径（可用\\uXXXX转写）")
@FOLDER
@SHEET
@CELL
@click.pass_context
def live(
    ctx: click.Context, action: str, window: int, book: str, folder: Path, sheet: str, cell: str
) -> None:
    """Excel按钮用：直接读、标开着的表。不必自己用。"""
    path = Path(unescaped(book))
    request = request_of(action, path, sheet, cell)
    ctx.exit(run_live(request, folder, lambda: options_beside(path), window=window))


def for_caller(action: str, sheet: str = "", cell: str = "") -> str:
    """Carry out a button for a macro that runs Python by xlwings' RunPython.

    Returns:
        What its user is told.

    Raises:
        LiveError: nothing runs us that way, or the book cannot be read or changed.
    """
    return run_for_caller(Action(action), options_beside, sheet=sheet, cell=cell).text
