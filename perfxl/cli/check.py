"""`check`, `annotate`, `clean`: what reviewers do with returned workbooks."""

from contextlib import closing
from pathlib import Path

import click

from perfxl.batch.sources import Gathered, check_source, gather, plain_files
from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.console import DONE, FINDINGS, emit, progress, say, wants_color
from perfxl.cli.options import exit_status, judging, tell_waivers
from perfxl.cli.own_files import without_own
from perfxl.cli.shared_options import IN_PLACE, format_option, output_option
from perfxl.cli.targets import refuse_bytes, spare_originals, target_of, write_target
from perfxl.errors import RefusedEdit, RefusedFile
from perfxl.model.report import Report
from perfxl.pipeline import (
    Annotated,
    Options,
    annotate_file,
    clean_file,
    report_of,
)

PATHS = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件或文件夹…"
)
FORMATS = ("text", "json", "xlsx", "html", "junit")


@click.command(cls=ChineseCommand)
@PATHS
@format_option(
    FORMATS, "text 给人看（默认），html 网页，junit 和 json 给程序，xlsx 要用 -o 写到文件"
)
@output_option("-o json=结果.json")
@judging
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[Path, ...],
    format_: str,
    output: tuple[str, ...],
    options: Options,
    fail_on: str,
) -> None:
    """校验退回的自评表：文件、文件夹、zip压缩包均可。"""
    targets = [target_of(word, FORMATS) for word in output]
    refuse_bytes(format_, targets, "-o xlsx=结果.xlsx")
    with closing(gather(paths)) as gathered:
        spare_originals(targets, {source.path for source in gathered.sources})
        _tell_passed_over(gathered)
        sources = without_own(gathered.sources, paths)
        todo = progress(sources, "校验")
        checked = [check_source(source, options) for source in todo]
    report = report_of(checked)
    content = _rendered(report, format_, options, color=wants_color())
    if isinstance(content, str):
        emit(content, utf8=format_ != "text")
    for name, path in targets:
        write_target(path, _rendered(report, name, options, color=False))
    tell_waivers(options, checked)
    ctx.exit(exit_status(report, fail_on))


def _tell_passed_over(gathered: Gathered) -> None:
    if gathered.remark:
        say(gathered.remark)


def _rendered(report: Report, format_: str, options: Options, *, color: bool) -> str | bytes:
    # Each format's module is loaded only when asked for: a plain check must start fast.
    match format_:
        case "json":
            from perfxl.render.json import render_json

            return render_json(report)
        case "html":
            from perfxl.render.html import render_html

            return render_html(report)
        case "junit":
            from perfxl.render.junit import render_junit

            return render_junit(report, options.rules)
        case "xlsx":
            from perfxl.render.report_pages import report_pages
            from perfxl.render.xlsx import report_workbook

            return report_workbook(report_pages(report))
    from perfxl.render.text import render_text

    return render_text(report, color=color)


@click.command(cls=ChineseCommand)
@PATHS
@IN_PLACE
@judging
@click.pass_context
def annotate(
    ctx: click.Context,
    paths: tuple[Path, ...],
    in_place: bool,
    options: Options,
    fail_on: str,
) -> None:
    """另存一份标注表：标色、批注、校验结果页；原文件不动。"""
    done: list[Annotated] = []
    status = DONE
    gathered = plain_files(paths, "标注")
    _tell_passed_over(gathered)
    for source in without_own(gathered.sources, paths):
        try:
            done.append(annotate_file(source.path, options, in_place=in_place))
        except RefusedEdit as refusal:
            say(f"{source.path}：没有标注——{refusal}")
            status = FINDINGS
            continue
        tell(source.path, done[-1])
    checked = [one.checked for one in done]
    tell_waivers(options, checked)
    report = report_of(checked)
    ctx.exit(max(status, exit_status(report, fail_on)))


def tell(path: Path, one: Annotated) -> None:
    """One line a file: where the copy is, and why it is not the workbook itself."""
    if one.refusal:
        say(f"{path}：不能在原表上标注——{one.refusal}。问题清单另存如下：")
    click.echo(str(one.written))


@click.command(cls=ChineseCommand)
@PATHS
@IN_PLACE
@click.pass_context
def clean(ctx: click.Context, paths: tuple[Path, ...], in_place: bool) -> None:
    """去掉标注：标色、批注和校验结果页，其余一概不动。"""
    status = DONE
    gathered = plain_files(paths, "清除标注")
    _tell_passed_over(gathered)
    for path in (source.path for source in gathered.sources):
        try:
            cleaned = clean_file(path, in_place=in_place)
        except (RefusedFile, RefusedEdit) as refusal:
            say(f"{path}：不能清除——{refusal}")
            status = FINDINGS
            continue
        if cleaned.written is None:
            say(f"{path}：没有本工具的标注，未另存")
        else:
            click.echo(str(cleaned.written))
    ctx.exit(status)
