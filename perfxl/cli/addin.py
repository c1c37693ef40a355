"""`addin`: the buttons in Excel and WPS put in place, looked after and taken out."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfxl import __version__
from perfxl.addin.system import System
from perfxl.cli.chinese import ChineseCommand, ChineseGroup
from perfxl.cli.console import DONE, FINDINGS, emit, say

if TYPE_CHECKING:
    from perfxl.addin.install import Step

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_HINT = "请关闭 Excel、WPS 再打开，功能区应有“绩效自评”；没有的，运行 perfxl addin doctor"


def this_computer() -> System:
    """The computer that the commands work on."""
    return System()


@click.group(cls=ChineseGroup)
def addin() -> None:
    """Excel、WPS 里的按钮：安装、卸载、诊断。"""


@addin.command(cls=ChineseCommand)
@click.option(
    "--folder", type=_FOLDER, metavar="文件夹",
    help="加载宏放到这里（默认放到 Excel、WPS 启动时自动打开的文件夹）",
)  # fmt: skip
@click.option("--file", "file", type=_FILE, metavar="文件", help="要装的加载宏（默认用自带的）")
@click.pass_context
def install(ctx: click.Context, folder: Path | None, file: Path | None) -> None:
    """安装按钮；装过的更新。不同的同名文件先放到一边，不会丢。"""
    from perfxl.addin.doctor import typable
    from perfxl.addin.install import install as put_in_place

    system = this_computer()
    steps = put_in_place(system, folder, file)
    _tell(steps)
    is_done = all(step.is_done for step in steps)
    if is_done and (system.is_windows or folder):
        say(typable(_HINT, system))
    ctx.exit(DONE if is_done else FINDINGS)


@addin.command(cls=ChineseCommand)
@click.pass_context
def uninstall(ctx: click.Context) -> None:
    """卸载按钮：装了什么就删什么，原来的文件放回去。"""
    from perfxl.addin.install import uninstall as take_out

    steps = take_out(this_computer())
    _tell(steps)
    if not steps:
        say("没有安装记录，什么也没有删")
    ctx.exit(DONE if all(step.is_done for step in steps) else FINDINGS)


@addin.command(cls=ChineseCommand)
@click.argument(
    "workbooks", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[表…]"
)
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text",
    help="text 给人看（默认），json 给程序",
)  # fmt: skip
@click.pass_context
def doctor(ctx: click.Context, workbooks: tuple[Path, ...], format_: str) -> None:
    """诊断：按钮需要的东西是否都在，缺什么、怎么办；写上表名可看它的网络标记。"""
    from perfxl.addin.diagnosis import diagnosis_json, diagnosis_text
    from perfxl.addin.doctor import diagnose

    diagnosis = diagnose(this_computer(), workbooks)
    if format_ == "json":
        said = {"perfxl": __version__, **diagnosis_json(diagnosis)}
        emit(json.dumps(said, ensure_ascii=False, indent=2), utf8=True)
    else:
        emit(diagnosis_text(diagnosis))
    ctx.exit(DONE if diagnosis.is_well else FINDINGS)


@addin.command(cls=ChineseCommand)
@click.option(
    "-o", "--output", "folder", type=_FOLDER, default=Path(), metavar="文件夹",
    help="放到哪里（默认当前文件夹）",
)  # fmt: skip
def build(folder: Path) -> None:
    """取出加载宏 perfxl.xlam 和带按钮的表 perfxl.xlsm，供分发。"""
    from perfxl.addin.install import make_folder
    from perfxl.addin.places import ADDIN_FILE, BUTTON_BOOK, shipped
    from perfxl.writer.output import write_new

    books = [shipped(name) for name in (ADDIN_FILE, BUTTON_BOOK)]
    make_folder(folder)
    for book in books:
        click.echo(str(write_new(folder / book.name, book.read_bytes())))


def _tell(steps: "list[Step]") -> None:
    for step in steps:
        click.echo(f"{step.what}：{step.became}　{step.path}")
        if step.note:
            say(f"  {step.note}")
