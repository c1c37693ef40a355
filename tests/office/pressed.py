"""A button pressed on a filled form, and what the open book holds before and afterwards."""

import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from perfxl.addin.settings import Mode
from tests.architecture.repo import ROOT
from tests.office.buttons import Buttons, program
from tests.office.marks import contents, formats, notes, sheets
from tests.office.session import Office
from workbook.build import build, sources

EXAMPLE = next((ROOT / "templates" / "guangzhou-2022" / "examples").glob("*.xlsx"))
SHEET = "自评表"


@contextmanager
def pressing(
    office: Office,
    folder: Path,
    body: str = "",
    timeout: int = 60,
    mode: Mode = Mode.AUTO,
    workbook: bytes = b"",
) -> Iterator[Buttons]:
    """The workbook with the buttons, starting a shell script's lines in place of the program."""
    opened = Buttons(office, folder, program(folder, body), timeout, mode, workbook)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def form(office: Office, folder: Path, name: str = "自评表.xlsx", **how: bool) -> Iterator[Any]:
    """A filled form, open; closed unsaved, if it still is open."""
    path = folder / name
    path.write_bytes(EXAMPLE.read_bytes())
    document = office.open(path, **how)
    try:
        yield document
    finally:
        for one in open_as(office, name):
            one.close(True)


def open_as(office: Office, name: str) -> list[Any]:
    """The open documents of that name."""
    listed = office.desktop.getComponents().createEnumeration()
    found = []
    while listed.hasMoreElements():
        document = listed.nextElement()
        # A document that was closed by a macro may be listed without its functions.
        if getattr(document, "URL", "").endswith(f"/{quote(name)}"):
            found.append(document)
    return found


def state(book: Any) -> object:
    """All that a button may change."""
    return contents(book), notes(book), formats(book), sheets(book)


def kept_folder(said: str) -> Path:
    """The folder that a message names at its end."""
    found = re.search(r"/[\w./-]*perfxl_\w+$", said, re.ASCII)
    assert found
    assert Path(found[0]).is_dir()
    return Path(found[0])


def drop_kept(said: str) -> None:
    """Delete the folder that a message names; the program may still leave a file in it."""
    folder = kept_folder(said)
    until = time.monotonic() + 20
    while folder.exists():
        assert time.monotonic() < until
        shutil.rmtree(folder, ignore_errors=True)


def changed_macros(*changes: tuple[str, str], **modules: str) -> bytes:
    """The workbook with texts of its macros replaced, each found once, and with more modules."""
    texts: Mapping[str, str] = sources()
    for old, new in changes:
        assert sum(text.count(old) for text in texts.values()) == 1, old
        texts = {name: text.replace(old, new) for name, text in texts.items()}
    return build({**texts, **modules})["perfxl.xlsm"]
