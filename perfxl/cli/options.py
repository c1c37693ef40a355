"""Options that several commands share."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from perfxl.engine.selection import select_rules
from perfxl.model.finding import Severity
from perfxl.model.report import Report
from perfxl.pipeline import Options

Command = Callable[..., Any]

FAIL_ON = click.Choice(["error", "verify", "notice", "never"])

_JUDGING = (
    click.option("--select", multiple=True, metavar="代码", help="只用这些规则，如 AR102 或 AR"),
    click.option("--ignore", multiple=True, metavar="代码", help="不用这些规则"),
    click.option(
        "--scheme", "scheme_id", metavar="方案", help="按此方案校验，编号见 perfxl scheme list"
    ),
    click.option(
        "--schemes",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="文件夹",
        help="另到此文件夹找方案",
    ),
    click.option(
        "--fail-on",
        type=FAIL_ON,
        default="error",
        help="有此级别及以上的问题时退出码为1：error 必改（默认）、verify 请核实、"
        "notice 提示、never 不论",
    ),
)


def judging(command: Command) -> Command:
    """--select, --ignore, --scheme, --schemes and --fail-on.

    The command gets them as `options: Options` and `fail_on: str`; an unknown code is a UsageError.
    """

    @wraps(command)
    def with_options(
        *args: Any,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        scheme_id: str | None,
        schemes: Path | None,
        **rest: Any,
    ) -> Any:
        rules = select_rules(_codes(select), _codes(ignore))
        return command(*args, options=Options(rules, scheme_id, schemes), **rest)

    decorated: Command = with_options
    for option in reversed(_JUDGING):
        decorated = option(decorated)
    return decorated


def _codes(values: tuple[str, ...]) -> list[str]:
    return [code.strip() for value in values for code in value.split(",") if code.strip()]


def exit_status(report: Report, fail_on: str) -> int:
    """3 when the tool itself failed, 1 with findings at or above `fail_on`, else 0."""
    if report.failures:
        return 3
    if fail_on == "never":
        return 0
    worst = Severity(fail_on).rank
    return int(any(report.count(severity) for severity in Severity if severity.rank <= worst))
