"""`why`: where a score comes from, down to the cells."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.console import FINDINGS, emit, say, wants_color
from perfxl.cli.settings import SETTINGS_FILE, beside, load_settings
from perfxl.cli.shared_options import SCHEME, SCHEMES, format_option, output_option
from perfxl.cli.targets import refuse_bytes, spare_originals, target_of, write_target
from perfxl.engine.ledger.entry import Entry, walk
from perfxl.engine.ledger.record import Asked, TracedFile
from perfxl.engine.ledger.search import alike, find
from perfxl.errors import RefusedFile, UsageError
from perfxl.pipeline.ledger import trace_file
from perfxl.render.wording import path_text
from perfxl.scheme.pairing import name_key

FORMATS = ("text", "json", "xlsx")
_GRADES = ("等级", "评价等级", "grade")
_MOST_LISTED = 12


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.argument("indicator", metavar="[指标]", required=False)
@format_option(FORMATS, "text 给人看（默认），json 给程序，xlsx 要用 -o 写到文件")
@output_option("-o xlsx=说明.xlsx 或 -o 说明.xlsx")
@SCHEME
@SCHEMES
@click.pass_context
def why(
    ctx: click.Context,
    file: Path,
    indicator: str | None,
    format_: str,
    output: tuple[str, ...],
    scheme_id: str | None,
    schemes: Path | None,
) -> None:
    """说明得分从哪里来：标准、算式、数据，一直到单元格。

    指标可写名称、名称的一部分、路径、单元格（如 H8）、“总分”或“等级”；不写就是总分。
    """
    if not file.is_file():
        raise UsageError(f"{'要写一个文件，这是文件夹' if file.is_dir() else '找不到'}：{file}")
    targets = [target_of(word, FORMATS) for word in output]
    spare_originals(targets, [file])
    refuse_bytes(format_, targets, "-o xlsx=说明.xlsx")
    settings = load_settings(beside(file, SETTINGS_FILE))
    try:
        traced = trace_file(file, scheme_id, schemes or settings.schemes)
    except RefusedFile as refusal:
        say(f"{file} 打不开：{refusal.detail}")
        ctx.exit(FINDINGS)
    if not traced.tables:
        say(f"{file} 里没有读到评分表")
        ctx.exit(FINDINGS)
    asked = _asked(traced, indicator)
    content = _rendered(traced, asked, format_, color=wants_color())
    if isinstance(content, str):
        emit(content, utf8=format_ != "text")
    for name, path in targets:
        write_target(path, _rendered(traced, asked, name, target=path))


def _asked(traced: TracedFile, indicator: str | None) -> list[Asked]:
    """The figure that is meant; every table's total where none is named.

    Raises:
        UsageError: none is called so, or several are.
    """
    if indicator and name_key(indicator) in _GRADES:
        grades = [Asked(table, table.grade) for table in traced.tables if table.grade]
        if not grades:
            raise UsageError("这张表没有评价等级")
        return grades
    totals = [table.total for table in traced.tables]
    found = find(totals, indicator) if indicator else totals
    if not found:
        close = alike(totals, indicator or "")
        meant = f"；相近的有：{'、'.join(close)}" if close else ""
        raise UsageError(f"表里没有“{indicator}”{meant}。不写指标就看总分和全部指标")
    if len(found) > 1 and not all(entry in totals for entry in found):
        raise UsageError(_several(indicator or "", found))
    return [
        Asked(table, entry)
        for table in traced.tables
        for entry in found
        if any(one is entry for _, one in walk(table.total))
    ]


def _several(indicator: str, found: Sequence[Entry]) -> str:
    lines = [f"“{indicator}”有{len(found)}处相符，请写全名、路径或单元格："]
    for entry in found[:_MOST_LISTED]:
        place = f"{entry.place.sheet}!{entry.place.cell}" if entry.place else ""
        lines.append(f"  {path_text(entry.path) or entry.label}  {place}".rstrip())
    if len(found) > _MOST_LISTED:
        lines.append(f"  另有{len(found) - _MOST_LISTED}处")
    return "\n".join(lines)


def _rendered(
    traced: TracedFile,
    asked: Sequence[Asked],
    format_: str,
    *,
    color: bool = False,
    target: Path | None = None,
) -> str | bytes:
    # Each format's module is loaded only when asked for.
    match format_:
        case "json":
            from perfxl.render.ledger_json import render_ledger_json

            return render_ledger_json(traced, asked)
        case "xlsx":
            from perfxl.render.ledger_page import ledger_pages
            from perfxl.render.xlsx import report_workbook

            return report_workbook(ledger_pages(traced, asked), _as_seen_from(target, traced.path))
    from perfxl.render.ledger_text import render_ledger

    return render_ledger(traced, asked, color=color)


def _as_seen_from(target: Path | None, file: str) -> str:
    """The workbook's path from the folder of the file to be written."""
    if target is None:
        return ""
    whole = Path(file).resolve()
    try:
        return os.path.relpath(whole, target.resolve().parent)
    except ValueError:  # another drive
        return str(whole)
