"""`scheme build`: the blank workbook that is kept in a scheme's folder."""

from pathlib import Path

import click

from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.console import FINDINGS, say
from perfxl.cli.shared_options import SCHEMES

FORM_FILE = "form.xlsx"


@click.command(cls=ChineseCommand)
@click.argument("scheme_id", metavar="方案", required=False)
@click.option("--check", "is_check", is_flag=True, help="只看是否已是最新，不写文件")
@SCHEMES
@click.pass_context
def build(ctx: click.Context, scheme_id: str | None, is_check: bool, schemes: Path | None) -> None:
    """生成方案文件夹里的空白表 form.xlsx；不写方案则全部生成。"""
    from perfxl.pipeline.forms import new_form
    from perfxl.scheme.find import scheme_folder, scheme_folders
    from perfxl.writer.output import write_file

    folders = [scheme_folder(scheme_id, schemes)] if scheme_id else scheme_folders(schemes)
    stale = 0
    for folder in folders:
        data, target = new_form(folder), folder / FORM_FILE
        if target.is_file() and target.read_bytes() == data:
            say(f"{folder.name}：已是最新")
        elif is_check:
            stale += 1
            say(f"{folder.name}：{FORM_FILE} 不是最新，请运行 perfxl scheme build {folder.name}")
        else:
            write_file(target, data)
            say(f"{folder.name}：已写好 {target}")
    ctx.exit(FINDINGS if stale else 0)
