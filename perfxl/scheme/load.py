"""From the files of a scheme's folder to the scheme at work."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfxl.errors import SchemeError
from perfxl.model.finding import Basis
from perfxl.model.grade import Grade, GradeBand
from perfxl.scheme.model import CapMode, Scheme, SchemeGroup, SchemeIndicator
from perfxl.tomlfile.read import read_toml

if TYPE_CHECKING:
    from perfxl.scheme.files import LayoutFile, SchemeFile

SCHEME_FILE = "scheme.toml"
LAYOUT_FILE = "layout.toml"


def load_scheme(folder: Path, *, is_shipped: bool = False) -> Scheme:
    """The scheme of a folder.

    Args:
        folder: holds scheme.toml.
        is_shipped: the file came with perfxl and our tests have validated it; validating it once
            more, with all that must be imported for it, would double the time of a short check.

    Raises:
        SchemeError: scheme.toml is missing or wrong; names file, key, what is there and what
            should be.
    """
    path = folder / SCHEME_FILE
    data = _read(path)
    if not is_shipped:
        _validate(path, data)
    try:
        return _scheme(data)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        _validate(path, data)  # says what is wrong
        raise


def load_scheme_file(folder: Path) -> "SchemeFile":
    """scheme.toml as it stands, with what only people read (descriptions, standards)."""
    from perfxl.scheme.validate import scheme_file

    path = folder / SCHEME_FILE
    return scheme_file(path, _read(path))


def load_layout(folder: Path) -> "LayoutFile":
    """layout.toml: sheets, columns and headings of the template.

    Raises:
        SchemeError: the file is missing or wrong.
    """
    from perfxl.scheme.validate import layout_file

    path = folder / LAYOUT_FILE
    return layout_file(path, _read(path))


def load_aliases(folder: Path, *, is_shipped: bool = False) -> dict[str, list[str]]:
    """The headings that a scheme adds to the common vocabulary; none without a layout.toml."""
    path = folder / LAYOUT_FILE
    if not path.is_file():
        return {}
    if not is_shipped:
        return load_layout(folder).aliases
    aliases: dict[str, list[str]] = _read(path).get("aliases", {})
    return aliases


def _validate(path: Path, data: Mapping[str, Any]) -> None:
    from perfxl.scheme.validate import scheme_file

    scheme_file(path, data)


def _read(path: Path) -> dict[str, Any]:
    return read_toml(path, "评分方案", SchemeError)


def _scheme(data: Mapping[str, Any]) -> Scheme:
    # What is optional has its default in Scheme; only what the file says is passed on.
    optional = {key: data[key] for key in ("score_decimals", "bands_assumed") if key in data}
    return Scheme(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        roots=tuple([_group(group, ()) for group in data["group"]]),
        total_score=Decimal(data["total_score"]),
        cap_mode=CapMode(data["caps"]),
        bands=tuple(
            [GradeBand(Grade(b["grade"]), Decimal(b["lower"])) for b in data.get("bands", ())]
        ),
        required_columns=tuple(data.get("required_columns", ())),
        basis=tuple([Basis(**item) for item in data.get("basis", ())]),
        year=data["year"],
        unknowns=tuple(data.get("unknowns", ())),
        **optional,
    )


def _group(data: Mapping[str, Any], above: tuple[str, ...]) -> SchemeGroup:
    path = (*above, data["name"])
    children: tuple[SchemeGroup | SchemeIndicator, ...] = (
        *(_group(child, path) for child in data.get("group", ())),
        *(_indicator(child, path) for child in data.get("indicator", ())),
    )
    return SchemeGroup(path, Decimal(data["max_score"]), children, tuple(data.get("aliases", ())))


def _indicator(data: Mapping[str, Any], above: tuple[str, ...]) -> SchemeIndicator:
    return SchemeIndicator(
        path=(*above, data["name"]),
        max_score=Decimal(data["max_score"]),
        aliases=tuple(data.get("aliases", ())),
        part=data.get("part", ""),
    )
