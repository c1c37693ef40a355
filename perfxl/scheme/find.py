"""Where schemes are looked for; the only module that knows.

In this order, the first folder of an id winning: the folder that the user names, `templates` in
the current folder, the installed package's copy, `templates` beside the package (a checkout).
"""

import difflib
from functools import cache
from pathlib import Path

import perfxl
from perfxl.errors import SchemeError
from perfxl.scheme.load import SCHEME_FILE, load_aliases, load_scheme
from perfxl.scheme.model import Scheme
from perfxl.scheme.vocabulary import Vocabulary, load_vocabulary

_PACKAGE = Path(perfxl.__file__).resolve().parent
_SHIPPED = (_PACKAGE / "_templates", _PACKAGE.parent / "templates")


def scheme_folders(extra: Path | None = None) -> list[Path]:
    """The folders of all schemes, in order of id; `extra` is searched first.

    `extra` holds scheme folders or is one itself.

    Raises:
        SchemeError: `extra` does not exist or holds no scheme.
    """
    found: dict[str, Path] = {}
    if extra is not None:
        found.update(_named_by_user(extra))
    for root in (Path("templates"), *_SHIPPED):
        for folder in _schemes_in(root):
            found.setdefault(folder.name, folder)
    return [found[name] for name in sorted(found)]


def list_schemes(extra: Path | None = None) -> list[Scheme]:
    """All schemes, in order of id.

    Raises:
        SchemeError: a scheme's file is wrong; it names the file.
    """
    return [_load(folder) for folder in scheme_folders(extra)]


def get_scheme(id: str, extra: Path | None = None) -> Scheme:
    """The scheme of an id.

    Raises:
        SchemeError: there is none of this id (names the nearest), or its file is wrong.
    """
    return _load(scheme_folder(id, extra))


def scheme_folder(id: str, extra: Path | None = None) -> Path:
    """The folder of a scheme, for what lies beside scheme.toml.

    Raises:
        SchemeError: there is none of this id; names the nearest.
    """
    folders = {folder.name: folder for folder in scheme_folders(extra)}
    wanted = id.strip().casefold()
    if wanted in folders:
        return folders[wanted]
    close = difflib.get_close_matches(wanted, folders, n=1)
    if close:
        raise SchemeError(f"没有评分方案“{id}”，是否 {close[0]}？")
    raise SchemeError(f"没有评分方案“{id}”；现有：{'、'.join(folders) or '无'}")


def scheme_vocabulary(extra: Path | None = None) -> Vocabulary:
    """The common vocabulary and what the layouts of all schemes add to it.

    Raises:
        SchemeError: a layout's file is wrong; it names the file.
    """
    return _vocabulary_of(tuple(folder.resolve() for folder in scheme_folders(extra)))


def example_files() -> list[Path]:
    """The filled-in workbooks that came with perfxl, by scheme and name."""
    folders = {f.name: f for root in reversed(_SHIPPED) for f in _schemes_in(root)}
    return [
        path for name in sorted(folders) for path in sorted(folders[name].glob("examples/*.xlsx"))
    ]


@cache
def _vocabulary_of(folders: tuple[Path, ...]) -> Vocabulary:
    vocabulary = load_vocabulary()
    for folder in folders:
        if aliases := load_aliases(folder, is_shipped=_is_shipped(folder)):
            vocabulary = vocabulary.with_aliases(aliases)
    return vocabulary


def _load(folder: Path) -> Scheme:
    return load_scheme(folder, is_shipped=_is_shipped(folder))


def _is_shipped(folder: Path) -> bool:
    return folder.resolve().parent in _SHIPPED


def _named_by_user(extra: Path) -> dict[str, Path]:
    if not extra.is_dir():
        raise SchemeError(f"{extra}：没有这个方案文件夹")
    if (extra / SCHEME_FILE).is_file():
        whole = extra.resolve()
        return {whole.name: whole}
    found = {folder.name: folder for folder in _schemes_in(extra)}
    if not found:
        raise SchemeError(f"{extra}：其中没有评分方案（每个方案一个文件夹，内有 {SCHEME_FILE}）")
    return found


def _schemes_in(root: Path) -> list[Path]:
    """Folders below a root that hold a scheme; none where the root is missing or closed to us."""
    try:
        return [child for child in sorted(root.iterdir()) if (child / SCHEME_FILE).is_file()]
    except OSError:
        return []
