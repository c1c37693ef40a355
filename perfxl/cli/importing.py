"""`scheme import`: a scheme folder from any scoring table in Excel."""

from pathlib import Path

import click

from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.console import FINDINGS, say
from perfxl.errors import RefusedFile, UsageError

_DEFAULT_FOLDER = Path("templates")


@click.command("import", cls=ChineseCommand)
@click.argument(
    "table", metavar="评分表", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--id", "scheme_id", required=True, metavar="编号", help="方案编号，如 x-2025")
@click.option(
    "--schemes",
    type=click.Path(path_type=Path, file_okay=False),
    default=_DEFAULT_FOLDER,
    metavar="文件夹",
    help="方案放在哪里（默认 templates）",
)
@click.option("--title", default="", metavar="标题", help="表名（默认用表上印的）")
@click.option("--region", default="", metavar="地区", help="适用地区")
@click.option("--year", type=click.IntRange(2000, 2100), metavar="年", help="评价年度")
@click.pass_context
def import_(
    ctx: click.Context,
    table: Path,
    scheme_id: str,
    schemes: Path,
    title: str,
    region: str,
    year: int | None,
) -> None:
    """从已有的评分表生成评分方案：指标、分值、表头照原表，评分标准照抄在旁，得分由人填。"""
    from perfxl.pipeline.importing import import_scheme

    try:
        done = import_scheme(table, scheme_id, schemes, title=title, region=region, year=year)
    except RefusedFile as refusal:
        raise UsageError(f"{table} 打不开：{refusal.detail}") from refusal
    for problem in done.problems:
        click.echo(problem)
    if done.added:
        say(f"原表没有的栏，已加上：{'、'.join(done.added)}")
    say(f"已写到 {done.folder}：{done.indicators}项指标。请打开两个 toml 文件逐项核对，")
    where = "" if schemes == _DEFAULT_FOLDER else f" --schemes {schemes}"
    next_ = " 和 ".join(f"perfxl scheme {word} {scheme_id}{where}" for word in ("lint", "build"))
    say(f"再运行 {next_}")
    counted = f"有{len(done.problems)}处问题" if done.problems else "没有问题"
    click.echo(f"{scheme_id}：{done.indicators}项指标，{counted}")
    ctx.exit(FINDINGS if done.problems else 0)
