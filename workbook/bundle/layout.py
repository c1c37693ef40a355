"""What an officer's package holds, and how it is zipped: the same files give the same bytes."""

import io
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from perfxl import __version__
from workbook.bundle.contents import ROOT
from workbook.bundle.manual import MANUALS, manual_page

HERE = Path(__file__).resolve().parent
SCRIPTS = ("install.cmd", "uninstall.cmd", "校验.cmd", "命令行.cmd")
WORKBOOKS = ("perfxl.xlam", "perfxl.xlsm")
_DATE = (2020, 1, 1, 0, 0, 0)
Item = tuple[str, bytes]  # a path inside the package, and what it holds


def common_items(root: Path = ROOT) -> Iterator[Item]:
    """What every package holds: scripts, their messages, the workbooks, the manuals."""
    for script in SCRIPTS:
        yield script, crlf((HERE / script).read_bytes())
    for message in sorted((HERE / "messages").glob("*.txt")):
        yield f"messages/{message.name}", crlf(message.read_bytes())
    for name in WORKBOOKS:
        if (root / "workbook" / name).is_file():
            yield name, (root / "workbook" / name).read_bytes()
    yield from _manuals(root)


def _manuals(root: Path) -> Iterator[Item]:
    for name in MANUALS:
        yield f"说明/{name}.html", manual_page(name, root / "docs").encode()


def folder_items(folder: Path, inside: str) -> Iterator[Item]:
    """Every file below a folder, under a path inside the package."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield f"{inside}/{path.relative_to(folder).as_posix()}", path.read_bytes()


def write_package(target: Path, items: Iterable[Item]) -> int:
    """Zip a package under one folder that is named for the version; its size in bytes.

    Names are UTF-8 and flagged so, which is what Windows reads Chinese names by.
    """
    top = f"perfxl-{__version__}"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in items:
            entry = zipfile.ZipInfo(f"{top}/{name}", _DATE)
            # Wheels are zipped already.
            entry.compress_type = (
                zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            )
            archive.writestr(entry, data)
    return target.stat().st_size


def write_linux_package(target: Path, program: Path, root: Path = ROOT) -> int:
    """Pack the program's folder and the manuals as .tar.gz; its size in bytes.

    A zip would lose what may be run and double what is linked.
    """
    top = f"perfxl-{__version__}"
    with tarfile.open(target, "w:gz", compresslevel=9) as archive:
        archive.add(program, f"{top}/perfxl")
        for name, data in _manuals(root):
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return target.stat().st_size


def missing_workbooks(root: Path = ROOT) -> list[str]:
    """The workbooks with buttons that are not there to be packed."""
    return [name for name in WORKBOOKS if not (root / "workbook" / name).is_file()]


def crlf(data: bytes) -> bytes:
    """Text with Windows' line ends, whatever a checkout made of them."""
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
