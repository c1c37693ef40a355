"""`job`: what the macros start in file mode, with a saved copy of the open book."""

from pathlib import Path

import click

from perfxl.addin.escapes import unescaped
from perfxl.addin.job import run_job
from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.options import options_beside
from perfxl.cli.pressed import ACTION, CELL, FOLDER, SHEET, request_of


@click.command(cls=ChineseCommand)
@ACTION
@click.argument("file", metavar="[文件]", required=False, type=click.Path(path_type=Path))
@FOLDER
@SHEET
@CELL
@click.option("--original", default="", metavar="文件", help="原表的完整路径（可用\\uXXXX转写）")
@click.pass_context
def job(
    ctx: click.Context,
    action: str,
    file: Path | None,
    folder: Path,
    sheet: str,
    cell: str,
    original: str,
) -> None:
    """Excel按钮用：读另存的副本，把要改的写到文件夹。不必自己用。"""
    path = Path(unescaped(original)) if original else file or folder
    request = request_of(action, path, sheet, cell)
    ctx.exit(run_job(request, file, folder, lambda: options_beside(path)))
