"""`diff`: a resubmission against the return that was sent back."""

from pathlib import Path

import click

from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.console import DONE, FAILED, FINDINGS, emit, wants_color
from perfxl.cli.options import judging
from perfxl.cli.shared_options import format_option, output_option
from perfxl.cli.targets import refuse_bytes, spare_originals, target_of, write_target
from perfxl.engine.difference.record import Difference
from perfxl.errors import UsageError
from perfxl.model.finding import Severity
from perfxl.pipeline import Options
from perfxl.pipeline.comparing import compare_files

FORMATS = ("text", "json", "xlsx")


@click.command(cls=ChineseCommand)
@click.argument("paths", nargs=2, type=click.Path(path_type=Path), metavar="初报 复报")
@format_option(FORMATS, "text 给人看（默认），json 给程序，xlsx 要用 -o 写到文件")
@output_option("-o xlsx=对比.xlsx 或 -o 对比.xlsx")
@judging
@click.pass_context
def diff(
    ctx: click.Context,
    paths: tuple[Path, ...],
    format_: str,
    output: tuple[str, ...],
    options: Options,
    fail_on: str,
) -> None:
    """对比初报和复报：问题改了没有，有没有改动别处。

    没有对应问题的改动（得分、分值、目标值、公式等）逐处列出，算“请核实”。
    """
    for path in paths:
        if not path.is_file():
            raise UsageError(f"{'要写一个文件，这是文件夹' if path.is_dir() else '找不到'}：{path}")
    targets = [target_of(word, FORMATS) for word in output]
    spare_originals(targets, paths)
    refuse_bytes(format_, targets, "-o xlsx=对比.xlsx")
    before, after = paths
    difference = compare_files(before, after, options)
    content = _rendered(difference, format_, color=wants_color())
    if isinstance(content, str):
        emit(content, utf8=format_ != "text")
    for name, path in targets:
        write_target(path, _rendered(difference, name, color=False))
    ctx.exit(_status(difference, fail_on))


def _status(difference: Difference, fail_on: str) -> int:
    if difference.failures:
        return FAILED
    if fail_on == "never":
        return DONE
    worst = Severity(fail_on).rank
    counts = (difference.count(severity) for severity in Severity if severity.rank <= worst)
    return FINDINGS if any(counts) else DONE


def _rendered(difference: Difference, format_: str, *, color: bool) -> str | bytes:
    # Each format's module is loaded only when asked for.
    match format_:
        case "json":
            from perfxl.render.difference_json import render_difference_json

            return render_difference_json(difference)
        case "xlsx":
            from perfxl.render.difference_pages import difference_pages
            from perfxl.render.xlsx import report_workbook

            return report_workbook(difference_pages(difference))
    from perfxl.render.difference_text import render_difference

    return render_difference(difference, color=color)
