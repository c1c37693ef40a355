"""`fill`: figures and formulas into a form."""

from collections.abc import Iterator
from pathlib import Path

import click

from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.console import FINDINGS, say
from perfxl.cli.shared_options import IN_PLACE, SCHEME, SCHEMES
from perfxl.engine.selection import select_rules
from perfxl.errors import RefusedEdit, RefusedFile, UsageError
from perfxl.pipeline import Options
from perfxl.pipeline.filling import Filling, fill_file

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(cls=ChineseCommand)
@click.argument("form", metavar="自评表", type=_FILE)
@click.option(
    "--data", multiple=True, type=_FILE, metavar="文件", help="数据：CSV或Excel，可写多个"
)
@click.option("--map", "mapping", type=_FILE, metavar="文件", help="对照文件：哪一项取哪一行哪一栏")
@click.option("--overwrite", is_flag=True, help="已经填了的也改")
@IN_PLACE
@SCHEME
@SCHEMES
@click.pass_context
def fill(
    ctx: click.Context,
    form: Path,
    data: tuple[Path, ...],
    mapping: Path | None,
    overwrite: bool,
    in_place: bool,
    scheme_id: str | None,
    schemes: Path | None,
) -> None:
    """填数：把决算、采购等数据填进自评表，补上合计、执行率、等级的公式，算出得分。"""
    from perfxl.scheme.figure_mapping import load_mapping

    if mapping and not data:
        raise UsageError("写了 --map，没有写 --data：请写明数据在哪个文件")
    options = Options(select_rules((), ()), scheme_id=scheme_id, schemes_folder=schemes)
    try:
        filling = fill_file(
            form,
            data,
            options,
            mapping=load_mapping(mapping) if mapping else None,
            overwrite=overwrite,
            in_place=in_place,
        )
    except RefusedFile as refusal:
        raise UsageError(f"{form} 打不开：{refusal.detail}") from refusal
    except RefusedEdit as refusal:
        raise UsageError(f"{form} 不能填写：{refusal}") from refusal
    for line in _told(filling):
        click.echo(line)
    if filling.written:
        say(f"已另存 {filling.written}" if filling.written != form else f"已写入 {form}")
    click.echo(_verdict(filling))
    ctx.exit(0 if filling.is_complete else FINDINGS)


def _told(filling: Filling) -> Iterator[str]:
    yield from _section(
        "已填",
        [
            f"{one.label}　{one.place.sheet}!{one.place.cell} = {one.value}　（{one.source}"
            + (f"；{one.note}" if one.note else "")
            + "）"
            for one in filling.put
        ],
    )
    yield from _section(
        "已写公式",
        [
            f"{one.label}　{one.place.sheet}!{one.place.cell} {one.source} → {one.value}"
            + (f"（{one.note}）" if one.note else "")
            for one in filling.formulas
        ],
    )
    yield from _section(
        "算出的得分",
        [
            f"{one.label}　{one.place.sheet}!{one.place.cell} = {one.value}分"
            for one in filling.scores
        ],
    )
    yield from _section(
        "没有改动（已经填了别的；要改请加 --overwrite）",
        [
            f"{one.label}　{one.place.sheet}!{one.place.cell} 写的是“{one.stands}”，"
            f"{'算得' if not one.why else '数据为'}{one.offered}"
            + (f"（{one.why}）" if one.why else "")
            for one in filling.kept
        ],
    )
    yield from _section("没有写公式", filling.blocked)
    yield from _section("取不准", filling.unclear)
    yield from _section(
        "没有数据", [f"{one.name}（{one.unit or '选择'}）" for one in filling.missing]
    )
    yield from _section(
        "没有用上的数据",
        [f"{one.row}{f'·{one.column}' if one.column else ''}　{one.file} {one.place}"
         for one in filling.unused],
    )  # fmt: skip


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{title}：{len(lines)}项"
        yield from (f"  {line}" for line in lines)


def _verdict(filling: Filling) -> str:
    left = len(filling.kept) + len(filling.blocked) + len(filling.unclear) + len(filling.missing)
    if filling.written is None:
        return f"没有可填的，未另存文件{f'；有{left}项请人工处理' if left else ''}"
    done = f"填了{len(filling.put)}项，写了{len(filling.formulas)}处公式"
    return f"{done}，还有{left}项请人工处理" if left else f"{done}，没有遗漏"
