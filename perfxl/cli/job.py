"""`job`: what the macros start in file mode, with a saved copy of the open book."""

from pathlib import Path

import click

from perfxl.addin.actions import Request
from perfxl.addin.changes import Action
from perfxl.addin.escapes import unescaped
from perfxl.addin.job import run_job
from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.options import options_beside
from perfxl.errors import UsageError


@click.command(cls=ChineseCommand)
@click.argument("action", metavar="动作", type=click.Choice([one.value for one in Action]))
@click.argument("file", metavar="[文件]", required=False, type=click.Path(path_type=Path))
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
    if not folder.is_dir():
        raise UsageError(f"--dir 的文件夹不存在：{folder}")
    path = Path(unescaped(original)) if original else file or folder
    request = Request(Action(action), path, unescaped(sheet), cell.replace("$", ""))
    ctx.exit(run_job(request, file, folder, lambda: options_beside(path)))
