"""Single options that several commands share, so that they read the same everywhere."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

SCHEME = click.option(
    "--scheme", "scheme_id", metavar="方案", help="按此方案，编号见 perfxl scheme list"
)
SCHEMES = click.option(
    "--schemes",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="另到此文件夹找方案",
)
IN_PLACE = click.option("--in-place", is_flag=True, help="直接改原文件，另存 .bak 备份")


def format_option(formats: Sequence[str], help_: str) -> Decorator:
    """`--format`: what goes to the console, text unless told otherwise."""
    return click.option(
        "--format", "format_", type=click.Choice(formats), default="text", help=help_
    )


def output_option(example: str) -> Decorator:
    """`-o FORMAT=PATH`, any number of times."""
    return click.option(
        "-o",
        "--output",
        multiple=True,
        metavar="格式=文件",
        help=f"另写一份到文件，可多次，如 {example}",
    )
