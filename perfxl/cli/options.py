"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from perfxl.engine.selection import select_rules
from perfxl.model.finding import Severity
from perfxl.model.report import Report
from perfxl.pipeline import Options

F = TypeVar("F", bound=Callable[..., Any])

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


def judging(command: F) -> F:
    """--select, --ignore, --scheme, --schemes, --fail-on."""
    for option in reversed(_JUDGING):
        command = option(command)
    return command


def options_of(
    select: tuple[str, ...], ignore: tuple[str, ...], scheme_id: str | None, schemes: Path | None
) -> Options:
    """The pipeline's options from the words typed; codes may be separated by commas.

    Raises:
        UsageError: an unknown code.
    """
    rules = select_rules(_codes(select), _codes(ignore))
    return Options(rules, scheme_id, schemes)


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
