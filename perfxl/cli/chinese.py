"""click in Chinese: usage, help headings and the sentences of its errors."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

import click

_NO_COMMAND = re.compile(r"No such command '(.+?)'")
_REQUIRED = re.compile(r"\brequired\]\Z")  # what click puts behind an option's help
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.+)\)")

_PATHS = {
    "does not exist": "不存在",
    "is a directory": "是文件夹，这里要写文件",
    "is a file": "是文件，这里要写文件夹",
    "is not readable": "没有权限读取",
    "is not writable": "没有权限写入",
}


class ChineseCommand(click.Command):
    """A command whose help is headed in Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write 用法."""
        pieces = [
            {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}.get(piece, piece)
            for piece in self.collect_usage_pieces(ctx)
        ]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write 选项, and below it 命令 where there are any."""
        records = [param.get_help_record(ctx) for param in self.get_params(ctx)]
        shown = [(word, _REQUIRED.sub("必填]", told)) for word, told in filter(None, records)]
        if shown:
            with formatter.section("选项"):
                formatter.write_dl(shown)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The --help option, described in Chinese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本帮助"
        return option


class ChineseGroup(ChineseCommand, click.Group):
    """A group whose commands are Chinese too."""

    command_class = ChineseCommand
    group_class = type

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write 命令."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [
            (name, command.get_short_help_str(80))
            for name, command in commands
            if command is not None and not command.hidden
        ]
        if rows:
            with formatter.section("命令"):
                formatter.write_dl(rows)


def sentence(error: click.ClickException) -> str:
    """What is wrong with the words typed, and what to type instead."""
    match error:
        case click.NoSuchOption():
            return f"没有选项“{error.option_name}”{_meant(error.possibilities or ())}"
        case click.MissingParameter():
            return f"缺少参数：{_name(error)}"
        case click.BadParameter():
            kind = error.param.type if error.param else None
            if isinstance(kind, click.Choice):
                return f"{_name(error)}只能是：{'、'.join(map(str, kind.choices))}"
            if isinstance(kind, click.DateTime):
                return f"{_name(error)}要写成日期，如 2024-12-31"
            if isinstance(kind, click.Path):
                return f"{_name(error)}不对：{_path_trouble(error.message)}"
            if isinstance(kind, click.IntRange):
                most = "以上" if kind.max is None else f"至{kind.max}"
                return f"{_name(error)}要写成整数，{kind.min}{most}"
            return f"{_name(error)}不对：{error.message}"
        case click.BadOptionUsage():
            return f"选项“{error.option_name}”要跟一个值"
        case click.FileError():
            return f"打不开文件：{error.ui_filename}"
    return _by_message(error)


def _path_trouble(message: str) -> str:
    """What is wrong with a path: nope.xlsx 不存在."""
    for words, told in _PATHS.items():
        if match := re.search(rf"'(.*)' {words}", message, re.DOTALL):
            return f"{match[1]} {told}"
    return message


def _by_message(error: click.ClickException) -> str:
    """Errors that click tells apart by their English words only (in every version we allow)."""
    if match := _NO_COMMAND.match(error.message):
        context = error.ctx if isinstance(error, click.UsageError) else None
        group = context.command if context else None
        known = group.list_commands(context) if context and isinstance(group, click.Group) else []
        return f"没有命令“{match[1]}”{_meant(get_close_matches(match[1], known, n=1))}"
    if match := _EXTRA.match(error.message):
        return f"多出的参数：{match[1]}"
    return error.message


def _meant(close: Sequence[str]) -> str:
    return f"；是不是“{close[0]}”？" if close else ""


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "参数")
    if isinstance(error.param, click.Argument):
        return str(error.param.metavar or error.param.human_readable_name)
    return "/".join(error.param.opts)
