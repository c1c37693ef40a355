"""Files of our own making that a folder holds beside the returns."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from perfxl.batch.sources import Source
from perfxl.cli.console import say
from perfxl.pipeline.own import is_findings_workbook, unchanged_original


def without_own(sources: Iterable[Source], named: Sequence[Path]) -> list[Source]:
    """The sources without what we made of others of them, each said on stderr.

    Passed over are workbooks of findings and copies that hold the same as the original beside
    them. A file named by itself is never passed over.
    """
    return [
        source
        for source in sources
        if source.member or source.path in named or not _is_own(source.path)
    ]


def _is_own(path: Path) -> bool:
    if is_findings_workbook(path):
        say(f"{path}：是本工具另存的问题清单，已略过")
        return True
    original = unchanged_original(path)
    if original:
        say(f"{path}：与旁边的原表“{original.name}”内容相同，已略过")
    return original is not None
