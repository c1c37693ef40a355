"""`demo`: the main job on the examples that come with the schemes."""

import shutil
from pathlib import Path

import click

from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.console import say, wants_color
from perfxl.engine.selection import select_rules
from perfxl.errors import OutputError, UsageError
from perfxl.pipeline import Options, annotate_file, report_of
from perfxl.render.text import render_text


@click.command(cls=ChineseCommand)
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("perfxl-demo"),
    metavar="文件夹",
    help="示例放在哪里（默认 perfxl-demo）",
)
def demo(folder: Path) -> None:
    """试用：校验自带的两份示例，打印结论，另存标注表。"""
    from perfxl.scheme.find import example_files

    examples = example_files()
    if not examples:
        raise UsageError("没有找到自带示例，请重新安装 perfxl")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copies = [Path(shutil.copy(example, folder)) for example in examples]
    except OSError as error:
        raise OutputError(f"示例不能写到 {folder}：{error.strerror}") from error
    options = Options(select_rules((), ()))
    done = [annotate_file(copy, options) for copy in copies]
    click.echo(render_text(report_of([one.checked for one in done]), color=wants_color()))
    say("标注表已另存，请用 Excel 或 WPS 打开看看：")
    for one in done:
        say(f"  {one.written}")
