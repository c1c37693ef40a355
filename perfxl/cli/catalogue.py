"""`rules`, `explain`, `scheme`: what perfxl knows."""

import json
from difflib import get_close_matches
from pathlib import Path

import click

from perfxl.cli.build import build
from perfxl.cli.chinese import ChineseCommand, ChineseGroup
from perfxl.cli.console import FINDINGS, emit
from perfxl.cli.importing import import_
from perfxl.cli.shared_options import SCHEMES, format_option
from perfxl.errors import UsageError
from perfxl.rules.registry import catalogue, find_rule

FORMAT = format_option(("text", "json"), "输出格式")


@click.command(cls=ChineseCommand)
@FORMAT
def rules(format_: str) -> None:
    """列出全部校验规则。"""
    from perfxl.render.catalogue import render_rules_json, render_rules_text

    render = render_rules_json if format_ == "json" else render_rules_text
    emit(render(catalogue()), utf8=format_ == "json")


@click.command(cls=ChineseCommand)
@click.argument("code", metavar="代码")
def explain(code: str) -> None:
    """说明一条规则：查什么、依据、示例、如何修改。"""
    from perfxl.render.catalogue import render_explanation

    rule = find_rule(code)
    if rule is None:
        close = get_close_matches(code.upper(), [r.code for r in catalogue()], n=3, cutoff=0.5)
        meant = f"；相近的有：{'、'.join(close)}" if close else ""
        raise UsageError(f"没有规则“{code}”{meant}。全部规则见 perfxl rules")
    click.echo(render_explanation(rule))


@click.group(cls=ChineseGroup)
def scheme() -> None:
    """评分方案：列出、查看、核对、生成空白表。"""


@scheme.command("list")
@FORMAT
@SCHEMES
def list_(format_: str, schemes: Path | None) -> None:
    """列出可用的方案。"""
    from perfxl.scheme.find import list_schemes
    from perfxl.scheme.show import scheme_summary

    known = list_schemes(schemes)
    if format_ == "json":
        said = {"schemes": [scheme_summary(s) for s in known]}
        emit(json.dumps(said, ensure_ascii=False, indent=2), utf8=True)
        return
    for one in known:
        click.echo(f"{one.id:<24}{one.title}")


@scheme.command()
@click.argument("scheme_id", metavar="方案")
@FORMAT
@SCHEMES
def show(scheme_id: str, format_: str, schemes: Path | None) -> None:
    """查看一个方案：指标、分值、等级、依据、未知之处。"""
    from perfxl.scheme.find import get_scheme
    from perfxl.scheme.show import describe, scheme_to_json

    one = get_scheme(scheme_id, schemes)
    if format_ == "json":
        emit(json.dumps(scheme_to_json(one), ensure_ascii=False, indent=2), utf8=True)
    else:
        click.echo(describe(one))


@scheme.command()
@click.argument("scheme_id", metavar="方案")
@SCHEMES
@click.pass_context
def lint(ctx: click.Context, scheme_id: str, schemes: Path | None) -> None:
    """核对一个方案：分值加总、等级划分、重名、评分标准、版式；提示不影响结果。"""
    from perfxl.scheme.find import scheme_folder
    from perfxl.scheme.lint import doubts, lint_scheme
    from perfxl.scheme.lint_layout import lint_layout
    from perfxl.scheme.load import LAYOUT_FILE, load_layout, load_scheme, load_scheme_file

    folder = scheme_folder(scheme_id, schemes)
    one = load_scheme(folder)
    problems = lint_scheme(one)
    if (folder / LAYOUT_FILE).is_file():
        problems += lint_layout(one, load_layout(folder))
    for problem in problems:
        click.echo(problem)
    told = doubts(one, load_scheme_file(folder))
    for doubt in told:
        click.echo(f"提示：{doubt}")
    verdict = f"有{len(problems)}处问题" if problems else "没有问题"
    click.echo(f"{one.id}：{verdict}" + (f"，{len(told)}条提示" if told else ""))
    ctx.exit(FINDINGS if problems else 0)


scheme.add_command(import_)
scheme.add_command(build)
