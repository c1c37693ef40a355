"""Options that several commands share."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from perfxl.cli.console import say
from perfxl.cli.settings import (
    SETTINGS_FILE,
    Settings,
    Typed,
    beside,
    common_rules,
    load_settings,
    profiles,
    refuse_rules_of_round_alone,
    rules_of_round,
)
from perfxl.cli.shared_options import SCHEME, SCHEMES
from perfxl.model.finding import Severity
from perfxl.model.report import Report
from perfxl.pipeline import Checked, Options
from perfxl.scheme.find import scheme_folder
from perfxl.waivers.account import account
from perfxl.waivers.load import WAIVERS_FILE, load_waivers

Command = Callable[..., Any]

FAIL_ON = click.Choice(["error", "verify", "notice", "never"])

_JUDGING = (
    click.option("--select", multiple=True, metavar="代码", help="只用这些规则，如 AR102 或 AR"),
    click.option("--ignore", multiple=True, metavar="代码", help="不用这些规则"),
    SCHEME,
    SCHEMES,
    click.option(
        "--fail-on",
        type=FAIL_ON,
        help="有此级别及以上的问题时退出码为1：error 必改（默认）、verify 请核实、"
        "notice 提示、never 不论",
    ),
    click.option(
        "--config",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="文件",
        help="设置文件（默认用所查文件旁边的 perfxl.toml）",
    ),
    click.option(
        "--waivers",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="文件",
        help="豁免清单（默认用所查文件旁边的 waivers.toml）",
    ),
    click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="日期",
        help="按哪一天算，如 2024-12-31（默认今天）：豁免是否到期；收表时还有迟报、未报的天数",
    ),
)


def judging(command: Command) -> Command:
    """What is judged by: the options above, and perfxl.toml and waivers.toml where there are any.

    The command, which takes `paths`, gets `options: Options` and `fail_on: str`; an unknown code
    is a UsageError, and so are rules over rounds alone. What is typed wins over the file.
    """
    return _judging(command, is_round=False)


def judging_round(command: Command) -> Command:
    """As `judging`, with the rules over a round's collection in the options."""
    return _judging(command, is_round=True)


def _judging(command: Command, *, is_round: bool) -> Command:

    @wraps(command)
    def with_options(
        *args: Any,
        paths: tuple[Path, ...],
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        scheme_id: str | None,
        schemes: Path | None,
        fail_on: str | None,
        config: Path | None,
        waivers: Path | None,
        as_of: datetime | None,
        **rest: Any,
    ) -> Any:
        first = paths[0] if paths else Path()
        settings = load_settings(config or beside(first, SETTINGS_FILE))
        if settings.path:
            say(f"设置：{settings.path}")
        typed = Typed(_codes(select), _codes(ignore))
        if not is_round:
            refuse_rules_of_round_alone(settings, typed)
        options = _options(
            settings,
            typed,
            scheme_id,
            schemes or settings.schemes,
            waivers or settings.waivers or beside(first, WAIVERS_FILE),
            as_of.date() if as_of else date.today(),
        )
        if is_round:
            options = replace(options, round_rules=rules_of_round(settings, typed))
        return command(
            *args, paths=paths, options=options, fail_on=fail_on or settings.fail_on, **rest
        )

    decorated: Command = with_options
    for option in reversed(_JUDGING):
        decorated = option(decorated)
    return decorated


def _options(
    settings: Settings,
    typed: Typed,
    scheme_id: str | None,
    schemes: Path | None,
    waivers: Path | None,
    as_of: date,
) -> Options:
    options = Options(
        rules=common_rules(settings, typed),
        scheme_id=scheme_id,
        schemes_folder=schemes,
        reason_threshold=settings.reason_threshold,
        profiles=profiles(settings, typed, lambda name: scheme_folder(name, schemes)),
        waivers=load_waivers(waivers) if waivers else (),
        as_of=as_of,
    )
    if waivers:
        say(f"豁免：{waivers}（{len(options.waivers)}条）")
    return options


def options_beside(path: Path) -> Options:
    """What a workbook is judged by when nothing is typed: the files beside it, else what holds.

    Raises:
        UsageError: one of the files is wrong.
    """
    settings = load_settings(beside(path, SETTINGS_FILE))
    waivers = settings.waivers or beside(path, WAIVERS_FILE)
    return _options(settings, Typed((), ()), None, settings.schemes, waivers, date.today())


def tell_waivers(options: Options, checked: Iterable[Checked]) -> None:
    """Say which waivers were of no use, one line each."""
    for line in account(options.waivers, [use for one in checked for use in one.waiver_uses]):
        say(line)


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
