"""`new`: the standard workbook of a scheme, ready to be filled in."""

from pathlib import Path

import click

from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.console import say
from perfxl.cli.shared_options import SCHEMES
from perfxl.errors import UsageError


@click.command(cls=ChineseCommand)
@click.argument("scheme_id", metavar="方案")
@click.option("--unit", default="", metavar="单位", help="单位全称，写进各页标题；不写则由单位填")
@click.option(
    "--year", type=click.IntRange(2000, 2100), default=None, metavar="年度", help="评价年度"
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    metavar="文件",
    help="写到哪里（默认 自评表.xlsx）；已有不同的同名文件时另起名，不覆盖",
)
@SCHEMES
def new(
    scheme_id: str, unit: str, year: int | None, output: Path | None, schemes: Path | None
) -> None:
    """按方案生成一份空白自评表，公式、下拉、自检都在表里。"""
    from perfxl.pipeline.forms import new_form
    from perfxl.scheme.find import scheme_folder
    from perfxl.writer.output import write_new

    target = output or Path("自评表.xlsx")
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"“{target.name}”：自评表只能存为 .xlsx 文件")
    data = new_form(scheme_folder(scheme_id, schemes), unit=unit.strip(), year=year)
    say(f"已写好：{write_new(target, data)}")
