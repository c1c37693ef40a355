"""Paths without a verb, as when files are dropped on the program: check, annotate, open."""

import sys
from collections.abc import Sequence
from os.path import commonpath
from pathlib import Path

import click

from perfxl.addin.system import System
from perfxl.batch.sources import WORKBOOKS, Source, check_source, gather
from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.console import progress, say
from perfxl.cli.options import exit_status, judging
from perfxl.cli.own_files import without_own
from perfxl.errors import OutputError, RefusedEdit
from perfxl.pipeline import Checked, Options, annotate_file, report_of

REPORT_NAME = "校验结果.html"


def this_computer() -> System:
    """The computer whose programs open the result."""
    return System()


def are_paths(first: str) -> bool:
    """Whether the first word typed is a file or folder, or is written like one."""
    path = Path(first)
    return path.exists() or path.suffix.lower() in {*WORKBOOKS, ".zip"}


@click.command(cls=ChineseCommand, hidden=True)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件…")
@judging
@click.pass_context
def dropped(ctx: click.Context, paths: tuple[Path, ...], options: Options, fail_on: str) -> None:
    """校验、标注，打开结果；一个文件打开标注表，几个文件打开汇总的网页。"""
    checked, written = _work_through(paths, options)
    report = report_of(checked)
    if len(checked) == 1 and written:
        result = written[0]
    else:
        from perfxl.render.html import render_html
        from perfxl.writer.output import write_new

        result = write_new(_together(paths) / REPORT_NAME, render_html(report).encode())
    from perfxl.render.text import render_text

    click.echo(render_text(report).splitlines()[-1])
    click.echo(f"结果：{result}")
    if trouble := this_computer().open(result):
        say(f"没能自动打开（{trouble}），请自己打开上面这个文件")
        wait_for_a_key()
    ctx.exit(exit_status(report, fail_on))


def _work_through(paths: Sequence[Path], options: Options) -> tuple[list[Checked], list[Path]]:
    """Check everything; annotate what is a file of its own, for zips the page of results does."""
    checked: list[Checked] = []
    written: list[Path] = []
    gathered = gather(paths)
    try:
        if gathered.remark:
            say(gathered.remark)
        for source in progress(without_own(gathered.sources, paths), "校验"):
            one, copy = _look_at(source, options)
            checked.append(one)
            written += [copy] if copy else []
    finally:
        gathered.close()
    return checked, written


def _look_at(source: Source, options: Options) -> tuple[Checked, Path | None]:
    if source.member:
        return check_source(source, options), None
    try:
        done = annotate_file(source.path, options)
    except (RefusedEdit, OutputError) as refusal:
        say(f"{source.path}：没有标注——{refusal}")
        return check_source(source, options), None
    if done.refusal:
        say(f"{source.path}：不能在原表上标注——{done.refusal}。问题清单另存为 {done.written}")
    return done.checked, done.written


def _together(paths: Sequence[Path]) -> Path:
    """The folder that holds everything that was dropped."""
    folders = [path if path.is_dir() else path.parent for path in map(Path.absolute, paths)]
    try:
        return Path(commonpath(folders))
    except ValueError:  # on different drives
        return folders[0]


def wait_for_a_key() -> None:
    """Keep the window that was opened for the program, so that what it says can be read."""
    if sys.stdin is not None and sys.stdin.isatty():
        click.pause("按任意键关闭……", err=True)
