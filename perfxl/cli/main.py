"""The command `perfxl`: its verbs, its exit statuses, and no traceback for anybody."""

import sys
from collections.abc import Sequence

import click

from perfxl import __version__
from perfxl.cli.chinese import ChineseGroup, sentence
from perfxl.cli.console import FAILED, USAGE, prepare, say
from perfxl.errors import PerfxlError, UsageError

# Verb → module and name in it; a verb's code is imported when it is called.
_VERBS = {
    "check": ("check", "check", "校验退回的自评表：文件、文件夹、zip均可"),
    "annotate": ("check", "annotate", "另存一份标注表：标色、批注、校验结果页"),
    "clean": ("check", "clean", "去掉标注，其余一概不动"),
    "fill": ("fill", "fill", "填数：数据填进自评表，补公式，算得分"),
    "why": ("why", "why", "说明得分从哪里来：标准、算式、数据、单元格"),
    "diff": ("diff", "diff", "对比初报和复报：问题改了没有，别处动了没有"),
    "rules": ("catalogue", "rules", "列出全部校验规则"),
    "explain": ("catalogue", "explain", "说明一条规则"),
    "scheme": ("catalogue", "scheme", "评分方案：列出、查看、核对、生成空白表"),
    "new": ("new", "new", "按方案生成一份空白自评表"),
    "distribute": ("distribute", "distribute", "下发：每个单位一份自评表，附台账"),
    "collect": ("collect", "collect", "收表：认出每份是谁的、取哪一份、谁还没报"),
    "addin": ("addin", "addin", "Excel、WPS 里的按钮：安装、卸载、诊断"),
    "job": ("job", "job", "Excel按钮用：按另存的副本办一件事"),
    "live": ("live", "live", "Excel按钮用：直接在开着的表上办一件事"),
    "demo": ("demo", "demo", "试用：校验自带的两份示例"),
}
# Not typed and not listed: what paths without a verb stand for.
_DROPPED = "dropped"


class _Verbs(ChineseGroup):
    """Loads a verb's module on demand, so that no call pays for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from importlib import import_module

        if cmd_name not in {*_VERBS, _DROPPED}:
            return None
        module, name, _ = _VERBS.get(cmd_name, (_DROPPED, _DROPPED, ""))
        command: click.Command = getattr(import_module(f"perfxl.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, short) for name, (_, _, short) in _VERBS.items()])


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="perfxl", message="%(prog)s %(version)s",
                      help="显示版本")  # fmt: skip
def cli() -> None:
    """部门整体支出绩效自评表：校验、标注、清除标注。"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status (0, 1, 2 or 3)."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    status = run(words)
    if status >= USAGE and _with_verb(words) != words:
        from perfxl.cli.dropped import wait_for_a_key

        wait_for_a_key()
    sys.exit(status)


def _with_verb(words: list[str]) -> list[str]:
    """The words typed; before paths without a verb, the one that they stand for."""
    if not words or words[0] in _VERBS or words[0].startswith("-"):
        return words
    from perfxl.cli.dropped import are_paths

    return [_DROPPED, *words] if are_paths(words[0]) else words


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; every error is a Chinese sentence."""
    prepare()
    try:
        result = cli.main(
            _with_verb(sys.argv[1:] if arguments is None else list(arguments)),
            prog_name="perfxl",
            standalone_mode=False,
        )
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.ctx.get_help() if error.ctx else "")
        return USAGE
    except click.ClickException as error:
        say(f"错误：{sentence(error)}")
        say("用法请看：perfxl --help")
        return USAGE
    except UsageError as error:
        say(f"错误：{error}")
        return USAGE
    except PerfxlError as error:
        say(f"没有做成：{error}")
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        say("已中断")
        return FAILED
    except BrokenPipeError:
        return FAILED
    except Exception as error:  # the last door: a crash is said, never shown as a traceback
        say(f"perfxl 自身出错（{type(error).__name__}: {error}），请把文件和这句话发给维护者")
        return FAILED
